import { ensure } from '#shared/errors/fund-error.ts';
import type { Charter } from '../charter/charter.ts';
import type { Fen } from '../money.ts';

/*
 * Money that goes to the contributors, a payment to each: a refund of capital, or a distribution.
 */

/** Every contributor has exactly one account. @throws PAYEES_INCOMPLETE */
export const requirePayees = (payees: readonly { readonly contributor: string }[], { capital }: Charter): void => {
  const wanted = capital.contributors.map((c) => c.id).sort();
  const given = payees.map((p) => p.contributor).sort();
  ensure(wanted.join(' ') === given.join(' '), 'PAYEES_INCOMPLETE', {
    wanted: wanted.join(' '),
    given: given.join(' '),
  });
};

/** The payment to one contributor, and what has become of it. */
export interface PayeePart {
  readonly contributor: string;
  readonly amountFen: Fen;
  readonly payId: string;
  readonly outcome: 'open' | 'paid' | 'cancelled';
}

/** Notes what became of one of the payments: all is done once none of them is open. */
export const settleParts = (
  before: readonly PayeePart[],
  payId: string,
  outcome: PayeePart['outcome'],
): { readonly parts: readonly PayeePart[]; readonly status: 'approved' | 'done' } => {
  const parts = before.map((p) => (p.payId === payId ? { ...p, outcome } : p));
  return { parts, status: parts.every((p) => p.outcome !== 'open') ? 'done' : 'approved' };
};
