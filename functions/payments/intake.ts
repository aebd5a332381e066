import { S3Client } from '@aws-sdk/client-s3';
import { readBankFile } from '#shared/adapters/bank/channel.ts';
import { createBankFiles } from '#shared/adapters/s3/bank-files.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { bookOf, fundQueue } from '#shared/runtime/container.ts';
import { readEnv, text } from '#shared/runtime/env.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';
import { objectCreated } from '#shared/runtime/object-created.ts';

const { BANK_BUCKET } = readEnv({ BANK_BUCKET: text });
const files = createBankFiles(new S3Client({}), BANK_BUCKET);
const queue = fundQueue();
const { ledger } = bookOf();

export const handler = createFifoHandler(objectCreated, async (_group, events) => {
  for (const key of events.flat())
    await queue.send(await readBankFile(key, await files.get(key), (fundId) => accountsOf(ledger, fundId)));
});
