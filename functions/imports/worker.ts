import { S3Client } from '@aws-sdk/client-s3';
import { createImportFiles } from '#shared/adapters/s3/import-files.ts';
import { importStep } from '#shared/application/imports/step.ts';
import { importMessage } from '#shared/contracts/commands.ts';
import { bookOf } from '#shared/runtime/container.ts';
import { readEnv, text } from '#shared/runtime/env.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const { ledger, kernel } = bookOf();
const { BANK_BUCKET } = readEnv({ BANK_BUCKET: text });
const files = createImportFiles(new S3Client({}), BANK_BUCKET);

export const handler = createFifoHandler(importMessage, async (fundId, messages) => {
  for (const { payload } of messages)
    await importStep({ ledger, kernel, files }, fundId, payload.jobId, payload.fromRow);
});
