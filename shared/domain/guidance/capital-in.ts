import type { Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import type { Charter } from '../charter/charter.ts';
import type { Fen } from '../money.ts';
import { EMPTY_PARTNER } from './partner.ts';
import { capitalArrived, type TimerStep } from './timers.ts';

/**
 * What capital paid in means for a guidance fund: the partner's preferred return runs from the day the bank booked it, and
 * the time in which it must be invested begins. Nothing for other funds.
 */
export const paidInBy = (
  state: Snapshot,
  charter: Charter,
  contributor: string,
  amountFen: Fen,
  on: BusinessDate,
): TimerStep => {
  if (charter.kind !== 'guidance') return { changes: [], digests: [] };
  const before = state.read('partner', contributor) ?? EMPTY_PARTNER;
  const partner = { ...before, paidIn: [...before.paidIn, { on, amountFen }] };
  const timer = capitalArrived(state, charter, on);
  return { ...timer, changes: [{ type: 'partner', id: contributor, state: partner }, ...timer.changes] };
};
