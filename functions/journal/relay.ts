import { relay } from '#shared/application/queue.ts';
import { fundQueue, importsQueue, paymentsQueue } from '#shared/runtime/container.ts';
import { createJournalHandler } from '#shared/runtime/stream.ts';

const queues = { fund: fundQueue(), payments: paymentsQueue(), imports: importsQueue() };

export const handler = createJournalHandler((entries) => relay(entries, queues));
