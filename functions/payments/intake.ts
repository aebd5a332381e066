import { readBankFile } from '#shared/adapters/bank/channel.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { bankObjects, bookOf, fundQueue } from '#shared/runtime/container.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';
import { objectCreated } from '#shared/runtime/object-created.ts';

const files = bankObjects();
const queue = fundQueue();
const { ledger } = bookOf();

export const handler = createFifoHandler(objectCreated, async (_group, events) => {
  for (const key of events.flat())
    await queue.send(await readBankFile(key, await files.get(key), (fundId) => accountsOf(ledger, fundId)));
});
