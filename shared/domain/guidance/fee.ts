import { ensure } from '#shared/errors/fund-error.ts';
import { requireSystem } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { feeAccrued } from '../book/templates-guidance.ts';
import { endOfMonth } from '../calendar.ts';
import { guidanceRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import type { Fen } from '../money.ts';
import { openDate } from '../payments/dates.ts';
import { parseRate, simpleYearly } from '../rate.ts';
import { feeBase } from './fee-base.ts';

/** 管理费: what the fund owes its manager. */
export interface ManagementFeeState {
  /** The last month accrued, yyyy-mm. */
  readonly accruedThrough: string;
  /** Accrued and not in a payment yet, in fen. */
  readonly owedFen: Fen;
}

export const feeDigest = (fee: ManagementFeeState): Digest => ({
  type: 'management-fee',
  id: 'all',
  fields: { accruedThrough: fee.accruedThrough, owedFen: String(fee.owedFen) },
});

export interface AccrueFeePayload {
  /** A month that is over, yyyy-mm. */
  readonly month: string;
}

/**
 * Accrues the management fee of a month on what was paid in, or is invested; never on what is only committed. A month that
 * was accrued, or in which there was nothing to reckon on, leaves nothing to do.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, CLOSE_OUT_OF_RANGE for a month that is not over
 */
export const accrueFee: CommandSpec<AccrueFeePayload> = {
  kind: 'management-fee.accrue',
  primary: () => ref('management-fee', 'all'),
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { month } = payload;
    const last = endOfMonth(month);
    ensure(last < today, 'CLOSE_OUT_OF_RANGE', { month });
    const charter = guidanceRules(rules.on(last), 'management-fee');
    const { base, annualRate } = charter.managementFee;
    const before = state.read('management-fee', 'all');
    if (month <= (before?.accruedThrough ?? '')) return { entries: [], changes: [] };
    const fenDays = feeBase(state, charter, month);
    const amountFen = simpleYearly(fenDays, parseRate(annualRate));
    if (amountFen === 0n) return { entries: [], changes: [] };
    const after: ManagementFeeState = { accruedThrough: month, owedFen: (before?.owedFen ?? 0n) + amountFen };
    return {
      entries: [
        {
          type: 'management-fee.accrued',
          businessDate: openDate(state, last),
          summary: `计提管理费 ${month}`,
          lines: feeAccrued(amountFen),
          links: { 'management-fee': 'all' },
          facts: { month, base, annualRate, fenDays: String(fenDays) },
          digests: [feeDigest(after)],
        },
      ],
      changes: [{ type: 'management-fee', id: 'all', state: after }],
    };
  },
};
