import { carryOut } from '#shared/application/work.ts';
import { envelope } from '#shared/contracts/commands.ts';
import { bookOf, kernelOf } from '#shared/runtime/container.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const kernel = kernelOf(bookOf().ledger);

export const handler = createFifoHandler(envelope, (fundId, commands) => carryOut(kernel, fundId, commands));
