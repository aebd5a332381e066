import type { MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import type { Worklists } from '#shared/application/close.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { gradedOf, gradeVersionKey, reminderOf, worklists } from '#shared/storage/keys.ts';

/** The worklists of a ledger in memory, read as the index would have them. */
export const worklistsOf = (ledger: MemoryLedger): Worklists => {
  const inList = (list: string) =>
    [...ledger.state.values()]
      .filter((item) => item['wl'] === list)
      .map((item) => String(item['wlSort']))
      .sort();
  return {
    funds: async () => inList(worklists.funds),
    openLoans: async (fundId) => inList(worklists.loans(fundId)),
    openPayments: async (fundId) => inList(worklists.payments(fundId)),
    expiredCases: async (fundId, date) =>
      inList(worklists.cases(fundId))
        .filter((key) => key < date)
        .map((key) => key.slice(key.indexOf('#') + 1)),
    reminders: async (fundId, date) =>
      inList(worklists.reminders(fundId))
        .filter((key) => key < addDays(date, 1))
        .map(reminderOf),
    olderGrades: async (fundId, charterVersion, date) =>
      inList(worklists.grades(fundId))
        .filter((key) => key < gradeVersionKey(charterVersion))
        .flatMap((key) => gradedOf(key, date)),
  };
};
