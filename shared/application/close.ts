import { type CommandKind, ENVELOPE_VERSION, type Envelope } from '#shared/contracts/commands.ts';
import { addDays, type BusinessDate, endOfMonth, monthOf } from '#shared/domain/calendar.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { CLOSE_LOANS_MAX } from '#shared/domain/lending/close.ts';
import { paymentIdOf } from '#shared/domain/lending/loan.ts';
import { hashOf } from '#shared/domain/wire.ts';
import { type Ledger, TRANSACTION_ITEMS_MAX } from './ports.ts';
import type { CommandQueue } from './queue.ts';

/** Who waits for the nightly job. Read from an index, so a little late; nothing is decided by it, only asked. */
export interface Worklists {
  readonly funds: () => Promise<readonly string[]>;
  readonly openLoans: (fundId: string) => Promise<readonly string[]>;
  /** Cases whose last day for deciding is before `date`. */
  readonly expiredCases: (fundId: string, date: BusinessDate) => Promise<readonly string[]>;
}

const message = (fundId: string, kind: CommandKind, id: string, payload: Envelope['payload']): Envelope => ({
  v: ENVELOPE_VERSION,
  id,
  kind,
  fundId,
  payload,
});

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/**
 * Asks one fund's worker for everything that is due by `today`: closing all days that are over and not closed yet (however
 * many were missed), letting expired cases lapse, and enquiring after payments nobody answered. Only asks; fired twice it
 * sends the same commands.
 */
export const askForClose = async (
  deps: { readonly ledger: Ledger; readonly worklists: Worklists; readonly queue: CommandQueue<Envelope> },
  fundId: string,
  today: BusinessDate,
): Promise<void> => {
  const [loanIds, caseIds] = await Promise.all([
    deps.worklists.openLoans(fundId),
    deps.worklists.expiredCases(fundId, today),
  ]);
  const { head } = await deps.ledger.load(fundId, []);
  await deps.queue.send([
    ...caseIds.map((caseId) => message(fundId, 'case.lapse', `lapse:${caseId}:${today}`, { caseId })),
    ...closeMessages(fundId, head.closedThrough, today, loanIds),
    ...(await doubtMessages(deps.ledger, fundId, today, loanIds)),
  ]);
};

/** One round of steps per month, so that no step grows with the time the job was down. */
const closeMessages = (
  fundId: string,
  closedThrough: BusinessDate | undefined,
  today: BusinessDate,
  loanIds: readonly string[],
): readonly Envelope[] => {
  const yesterday = addDays(today, -1);
  const messages: Envelope[] = [];
  let from = closedThrough;
  while (from === undefined || from < yesterday) {
    const monthEnd: BusinessDate = from === undefined ? yesterday : endOfMonth(monthOf(addDays(from, 1)));
    const through: BusinessDate = monthEnd < yesterday ? monthEnd : yesterday;
    const rounds = chunks(loanIds, CLOSE_LOANS_MAX);
    for (const [i, some] of (rounds.length === 0 ? [[]] : rounds).entries()) {
      const last = i >= rounds.length - 1;
      const id = `close:${through}:${hashOf([some, last]).slice(0, 12)}`;
      messages.push(message(fundId, 'day.close', id, { through, loanIds: some, last }));
    }
    from = through;
  }
  return messages;
};

/** Payments that have waited for an answer longer than the charter allows. */
const doubtMessages = async (
  ledger: Ledger,
  fundId: string,
  today: BusinessDate,
  loanIds: readonly string[],
): Promise<readonly Envelope[]> => {
  const messages: Envelope[] = [];
  for (const some of chunks(loanIds, TRANSACTION_ITEMS_MAX - 2)) {
    const { head, entities } = await ledger.load(
      fundId,
      some.map((id) => ref('loan', id)),
    );
    for (const id of some) {
      const loan = entities.get(refKey(ref('loan', id)));
      if (loan?.type !== 'loan' || (loan.state.status !== 'instructed' && loan.state.status !== 'unknown')) continue;
      const version = head.charters.find((c) => c.version === loan.state.charterVersion)?.version ?? 0;
      const { payment } = loan.state;
      const charter = (await ledger.load(fundId, [ref('charter', String(version))])).entities.get(`charter#${version}`);
      const waitDays = charter?.type === 'charter' ? charter.state.payments.doubtAfterDays : 1;
      if (payment.instructedOn === undefined || addDays(payment.instructedOn, waitDays) > today) continue;
      const paymentId = paymentIdOf(id, payment.attempt);
      messages.push(message(fundId, 'payment.doubt', `doubt:${paymentId}:${today}`, { paymentId, date: today }));
    }
  }
  return messages;
};
