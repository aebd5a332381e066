import type { Envelope } from '#shared/contracts/messages.ts';
import { type BookHead, versionOn } from '#shared/domain/book/head.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { TIMERS } from '#shared/domain/charter/guidance.ts';
import { ref } from '#shared/domain/entities.ts';
import { monthsToAccrue } from '#shared/domain/guidance/fee-base.ts';
import { alertsDue } from '#shared/domain/guidance/timers.ts';
import { message } from './message.ts';
import type { Ledger } from './ports.ts';
import { snapshotOf } from './snapshot.ts';

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
  const version = versionOn(head, today);
  if (version === 0) return [];
  const charterRef = ref('charter', String(version));
  const timers = TIMERS.map((timer) => ref('timer', timer));
  const loaded = await ledger.load(fundId, [charterRef, ref('management-fee', 'all'), ...timers]);
  const { read } = snapshotOf(loaded);
  const charter = read('charter', charterRef.id);
  if (charter?.kind !== 'guidance') return [];
  const capitalSince = read('timer', 'first-investment')?.startedOn;
  const months =
    capitalSince === undefined
      ? []
      : monthsToAccrue(read('management-fee', 'all')?.accruedThrough, capitalSince, today);
  return [
    ...months.map((month) => message(fundId, 'management-fee.accrue', `management-fee:${month}`, { month })),
    ...charter.timers.flatMap(({ timer, alertDays }) => {
      const running = read('timer', timer);
      if (running === undefined) return [];
      return alertsDue(running, alertDays, today).map((days) =>
        message(fundId, 'timer.alert', `timer:${timer}:${running.startedOn}:${days}`, { timer, days }),
      );
    }),
  ];
};
