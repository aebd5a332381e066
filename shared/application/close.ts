import type { Envelope } from '#shared/contracts/messages.ts';
import { type BookHead, closedThroughOf, versionOn } from '#shared/domain/book/head.ts';
import { addDays, type BusinessDate, endOfMonth, minDate, monthOf } from '#shared/domain/calendar.ts';
import { chunks } from '#shared/domain/chunks.ts';
import { type EntityRef, ref } from '#shared/domain/entities.ts';
import { CLOSE_LOANS_MAX } from '#shared/domain/lending/close.ts';
import { instructIdOf } from '#shared/domain/payments/payment.ts';
import { hashOf } from '#shared/domain/wire.ts';
import { awaitedPayment } from './awaited.ts';
import { guidanceMessages } from './close-guidance.ts';
import { message } from './message.ts';
import type { Ledger, StoredEntity } from './ports.ts';
import type { CommandQueue } from './queue.ts';
import { chartersOf, loadAll } from './read.ts';

/** Who waits for the nightly job. Read from an index, so a little late; nothing is decided by it, only asked. */
export interface Worklists {
  readonly funds: () => Promise<readonly string[]>;
  readonly openLoans: (fundId: string) => Promise<readonly string[]>;
  /** Payments released and not yet settled. */
  readonly openPayments: (fundId: string) => Promise<readonly string[]>;
  /** Cases whose last day for deciding is before `date`. */
  readonly expiredCases: (fundId: string, date: BusinessDate) => Promise<readonly string[]>;
  /** Filings and claims that want looking at on `date` or earlier. */
  readonly reminders: (
    fundId: string,
    date: BusinessDate,
  ) => Promise<readonly { readonly type: 'filing' | 'claim'; readonly id: string }[]>;
  /** Enterprises with a grade still good on `date` that an earlier charter version than this one gave. */
  readonly olderGrades: (fundId: string, charterVersion: number, date: BusinessDate) => Promise<readonly string[]>;
}

interface CloseDeps {
  readonly ledger: Ledger;
  readonly worklists: Worklists;
  readonly queue: CommandQueue<Envelope>;
}

/**
 * Asks one fund's worker for everything that is due by `today`: closing all days that are over and not closed yet (however
 * many were missed), letting expired cases lapse, instructing payments whose instruction was lost, enquiring after those
 * nobody answered, and what a guidance fund has due. Only asks; fired twice it sends the same commands.
 */
export const askForClose = async (deps: CloseDeps, fundId: string, today: BusinessDate): Promise<void> => {
  const { head } = await deps.ledger.load(fundId, []);
  // The register of enterprises has no charter, no money, and no days to close.
  if (head.charters.length === 0) return;
  const [loanIds, payIds, caseIds] = await Promise.all([
    deps.worklists.openLoans(fundId),
    deps.worklists.openPayments(fundId),
    deps.worklists.expiredCases(fundId, today),
  ]);
  const payers = [...loanIds.map((id) => ref('loan', id)), ...payIds.map((id) => ref('payment', id))];
  const [guidance, payments, reminders] = await Promise.all([
    guidanceMessages(deps.ledger, head, today),
    paymentMessages(deps.ledger, fundId, today, payers),
    reminderMessages(deps.worklists, fundId, head, today),
  ]);
  await deps.queue.send([
    ...caseIds.map((caseId) => message(fundId, 'case.lapse', `lapse:${caseId}:${today}`, { caseId })),
    ...guidance,
    // A book without a voucher has nothing to catch up.
    ...closeMessages(fundId, closedThroughOf(head) ?? addDays(today, -2), today, loanIds),
    ...payments,
    ...reminders,
  ]);
};

/**
 * Asks every fund's worker for what is due by `today`. A fund that cannot be asked does not hold up the others.
 * @throws AggregateError after the last fund, with what went wrong and where
 */
export const askAllForClose = async (deps: CloseDeps, today: BusinessDate): Promise<void> => {
  const failures: Error[] = [];
  for (const fundId of await deps.worklists.funds()) {
    try {
      await askForClose(deps, fundId, today);
    } catch (cause) {
      failures.push(new Error(`${fundId} could not be asked for its close: ${String(cause)}`, { cause }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map((f) => f.message).join('; '));
};

/**
 * Filings whose grade comes due, claims whose time limit is over, and, once another scoring model is in force, the enterprises to
 * be regraded from the facts on record.
 */
const reminderMessages = async (
  worklists: Worklists,
  fundId: string,
  head: BookHead,
  today: BusinessDate,
): Promise<readonly Envelope[]> => {
  const charterVersion = versionOn(head, today);
  const [due, graded] = await Promise.all([
    worklists.reminders(fundId, today),
    worklists.olderGrades(fundId, charterVersion, today),
  ]);
  return [
    ...due.map(({ type, id }) =>
      type === 'filing'
        ? message(fundId, 'filing.age', `age:${id}:${today}`, { filingId: id })
        : message(fundId, 'claim.remind', `remind:${id}:${today}`, { claimId: id }),
    ),
    ...graded.map((enterpriseId) =>
      message(fundId, 'grade.renew', `renew:${enterpriseId}:${charterVersion}`, { enterpriseId, charterVersion }),
    ),
  ];
};

/**
 * One round of steps per month, so that no step grows with the time the job was down. Each night asks anew: a step that was
 * refused once, because the one before it was given up, must not stay refused.
 */
const closeMessages = (
  fundId: string,
  closedThrough: BusinessDate,
  today: BusinessDate,
  loanIds: readonly string[],
): readonly Envelope[] => {
  const yesterday = addDays(today, -1);
  const messages: Envelope[] = [];
  let from = closedThrough;
  while (from < yesterday) {
    const through = minDate(endOfMonth(monthOf(addDays(from, 1))), yesterday);
    const rounds = chunks(loanIds, CLOSE_LOANS_MAX);
    for (const [i, some] of (rounds.length === 0 ? [[]] : rounds).entries()) {
      const last = i >= rounds.length - 1;
      const id = `close:${today}:${through}:${hashOf([some, last]).slice(0, 12)}`;
      messages.push(message(fundId, 'day.close', id, { through, loanIds: some, last }));
    }
    from = through;
  }
  return messages;
};

/**
 * Payments that hang: those released whose instruction may have been lost on the way, which are asked for again under the
 * id that is theirs for ever, and those that have waited for an answer longer than the charter allows.
 */
const paymentMessages = async (
  ledger: Ledger,
  fundId: string,
  today: BusinessDate,
  payers: readonly EntityRef[],
): Promise<readonly Envelope[]> => {
  const found = [...(await loadAll(ledger, fundId, payers)).entities.values()];
  const awaited = found.flatMap((entity) => awaitedPayment(entity) ?? []);
  const charter = await chartersOf(
    ledger,
    fundId,
    awaited.map((a) => a.charterVersion),
  );
  const overdue = awaited.filter(
    (a) => addDays(a.instructedOn, charter(a.charterVersion).payments.doubtAfterDays) <= today,
  );
  return [
    ...found.flatMap((entity) => instructMessages(fundId, entity)),
    ...overdue.map(({ paymentId }) =>
      message(fundId, 'payment.doubt', `doubt:${paymentId}:${today}`, { paymentId, date: today }),
    ),
  ];
};

const instructMessages = (fundId: string, { type, id, state }: StoredEntity): readonly Envelope[] => {
  if (type === 'loan' && state.status === 'contracted')
    return [message(fundId, 'loan.instruct', instructIdOf(id, state.payment.attempt), { loanId: id })];
  if (type === 'payment' && state.status === 'released')
    return [message(fundId, 'payment.instruct', instructIdOf(id, state.attempt), { payId: id })];
  return [];
};
