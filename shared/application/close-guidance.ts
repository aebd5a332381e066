import type { Envelope } from '#shared/contracts/messages.ts';
import type { BookHead } from '#shared/domain/book/head.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { TIMERS } from '#shared/domain/charter/guidance.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { monthsToAccrue } from '#shared/domain/guidance/fee.ts';
import { alertsDue } from '#shared/domain/guidance/timers.ts';
import { message } from './message.ts';
import type { Ledger } from './ports.ts';

/**
 * What a guidance fund has due by `today` beside its closes: management fees of months that are over, and alerts of time
 * limits that come closer. Nothing for other funds.
 */
export const guidanceMessages = async (
  ledger: Ledger,
  head: BookHead,
  today: BusinessDate,
): Promise<readonly Envelope[]> => {
  const { fundId } = head;
  const inForce = head.charters.findLast((c) => c.effectiveFrom <= today);
  if (inForce === undefined) return [];
  const charterRef = ref('charter', String(inForce.version));
  const feeRef = ref('management-fee', 'all');
  const timerRefs = TIMERS.map((timer) => ref('timer', timer));
  const { entities } = await ledger.load(fundId, [charterRef, feeRef, ...timerRefs]);
  const charter = entities.get(refKey(charterRef));
  if (charter?.type !== 'charter' || charter.state.kind !== 'guidance') return [];
  const { timers } = charter.state;
  const fee = entities.get(refKey(feeRef));
  const accruedThrough = fee?.type === 'management-fee' ? fee.state.accruedThrough : undefined;
  return [
    ...monthsToAccrue(accruedThrough, today).map((month) =>
      message(fundId, 'management-fee.accrue', `management-fee:${month}`, { month }),
    ),
    ...timers.flatMap(({ timer, alertDays }) => {
      const found = entities.get(refKey(ref('timer', timer)));
      if (found?.type !== 'timer') return [];
      return alertsDue(found.state, alertDays, today).map((days) =>
        message(fundId, 'timer.alert', `timer:${timer}:${found.state.startedOn}:${days}`, { timer, days }),
      );
    }),
  ];
};
