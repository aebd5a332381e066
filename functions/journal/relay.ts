import { relay } from '#shared/application/queue.ts';
import { fundQueue, importsQueue, paymentsQueue } from '#shared/runtime/container.ts';
import { createJournalHandler, entryOf } from '#shared/runtime/stream.ts';

const queues = { fund: fundQueue(), payments: paymentsQueue(), imports: importsQueue() };

export const handler = createJournalHandler(entryOf, (entries) => relay(entries, queues));
