import type { Envelope } from '#shared/contracts/messages.ts';
import type { Kernel } from './execute.ts';
import { type Kinds, kindOf } from './kinds/kind.ts';
import { SYSTEM } from './system.ts';

/**
 * Carries out the commands of one fund that a queue brought, in order, in as few transactions as possible. A business
 * refusal is an outcome and recorded in the book; what throws stays on the queue.
 * @throws BOOK_BUSY, and whatever the store throws
 */
export const carryOut = async (
  kernel: Kernel,
  kinds: Kinds,
  fundId: string,
  envelopes: readonly Envelope[],
): Promise<void> => {
  const commands = envelopes.map((e) => kindOf(kinds, e.kind).prepare(fundId, e.id, e.payload, SYSTEM));
  await kernel.execute(fundId, commands, { recordRefusals: true });
};
