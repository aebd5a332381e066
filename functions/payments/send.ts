import { S3Client } from '@aws-sdk/client-s3';
import { createFileBank } from '#shared/adapters/bank/channel.ts';
import { createBankFiles } from '#shared/adapters/s3/bank-files.ts';
import { sendPayments } from '#shared/application/pay.ts';
import { paymentMessage } from '#shared/contracts/commands.ts';
import { bookOf } from '#shared/runtime/container.ts';
import { readEnv, text } from '#shared/runtime/env.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const { BANK_BUCKET } = readEnv({ BANK_BUCKET: text });
const bank = createFileBank(createBankFiles(new S3Client({}), BANK_BUCKET));
const { ledger } = bookOf();

export const handler = createFifoHandler(paymentMessage, (fundId, messages) =>
  sendPayments(ledger, bank, fundId, messages),
);
