import { createImportFiles } from '#shared/adapters/s3/import-files.ts';
import { importStep } from '#shared/application/imports/step.ts';
import { importMessage } from '#shared/contracts/messages.ts';
import { bankObjects, bookOf, kernelOf } from '#shared/runtime/container.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const { ledger } = bookOf();
const kernel = kernelOf(ledger);
const files = createImportFiles(bankObjects());

export const handler = createFifoHandler(importMessage, async (fundId, messages) => {
  for (const { payload } of messages)
    await importStep({ ledger, kernel, files }, fundId, payload.jobId, payload.fromRow);
});
