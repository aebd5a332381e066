import { machineKinds } from '#shared/application/kinds/machine.ts';
import { carryOut } from '#shared/application/work.ts';
import { envelopeOf } from '#shared/contracts/messages.ts';
import { bookOf, kernelOf } from '#shared/runtime/container.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const kernel = kernelOf(bookOf().ledger);

export const handler = createFifoHandler(envelopeOf(machineKinds), (fundId, commands) =>
  carryOut(kernel, machineKinds, fundId, commands),
);
