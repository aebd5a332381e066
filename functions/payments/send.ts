import { createFileBank } from '#shared/adapters/bank/channel.ts';
import { sendPayments } from '#shared/application/pay.ts';
import { paymentMessage } from '#shared/contracts/messages.ts';
import { bankObjects, bookOf } from '#shared/runtime/container.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const bank = createFileBank(bankObjects());
const { ledger } = bookOf();

export const handler = createFifoHandler(paymentMessage, (fundId, messages) =>
  sendPayments(ledger, bank, fundId, messages),
);
