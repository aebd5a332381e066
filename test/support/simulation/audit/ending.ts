import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { sumFen } from '#shared/domain/money.ts';
import type { SimulatedBank } from '../bank.ts';
import type { Bucket } from '../bucket.ts';
import { fundMessage } from '../functions.ts';
import type { Books } from './books.ts';
import { demand } from './rules.ts';

export interface Ending {
  readonly fundId: string;
  readonly books: Books;
  readonly bank: SimulatedBank;
  readonly bucket: Bucket;
  readonly today: string;
  /** Bodies of all commands that ever were on the fund's queue. */
  readonly commands: readonly string[];
}

/** Days after which a payment that is on its way must have been asked about. */
const DOUBT_DAYS = 2;

/** Once faults have stopped for some days, everything has come to its end. */
export const everythingEnded = ({ fundId, books, bank, bucket, today, commands }: Ending): void => {
  everyCommandEnded(books, commands);
  const yesterday = addDays(parseDate(today), -1);
  demand(books.head?.closedThrough === yesterday, `closed through ${books.head?.closedThrough}, not ${yesterday}`);
  everyPaymentEnded(fundId, books, bucket, today);
  everyReminderHeeded(books, yesterday);
  everyLineBooked(books, bank);
};

/** What the nightly job asks for again although it was done. */
const MAY_BE_IDLE: readonly string[] = ['day.close', 'filing.age', 'claim.remind'];

/** A command leaves an entry, a refusal, or nothing where there was nothing to do: a day that was closed, a file that came twice. */
const everyCommandEnded = (books: Books, commands: readonly string[]): void => {
  const done = new Set(books.entries.map((e) => e.commandId));
  const statements = new Set(books.of('statement').map((s) => s.id));
  for (const body of commands) {
    const { id, kind, payload } = fundMessage.parse(JSON.parse(body));
    const known = kind === 'statement.record' && statements.has(String(payload['statementId']));
    demand(done.has(id) || known || MAY_BE_IDLE.includes(kind), `${kind} ${id} was sent and never came to an end`);
  }
};

const everyPaymentEnded = (fundId: string, books: Books, bucket: Bucket, today: string): void => {
  const payments = [
    ...books.of('loan').map(({ id, state }) => ({ id, status: state.status, ...state.payment })),
    ...books.of('payment').map(({ id, state }) => ({ ...state, id })),
  ];
  for (const { id, status, attempt, instructedOn } of payments) {
    demand(status !== 'contracted' && status !== 'released', `${id} was released and never instructed`);
    if (status !== 'instructed' && status !== 'unknown') continue;
    const recent = instructedOn !== undefined && addDays(instructedOn, DOUBT_DAYS) >= today;
    demand(status === 'unknown' || recent, `${id} waits for the bank since ${instructedOn} and nobody asked`);
    demand(bucket.objects.has(`outbox/${fundId}/${id}-P${attempt}.xml`), `${id} was never sent to the bank`);
    const asked = [...bucket.objects.keys()].some((key) => key.includes(`/enquiries/${id}-P${attempt}.`));
    demand(status === 'instructed' || asked, `${id} is unknown and nobody asked`);
  }
};

/** What was to be looked at on a day has been looked at. */
const everyReminderHeeded = (books: Books, yesterday: string): void => {
  for (const { id, state } of [...books.of('filing'), ...books.of('claim')])
    demand(
      state.remindOn === undefined || state.remindOn >= yesterday,
      `nobody has looked at ${id}, due on ${state.remindOn}`,
    );
};

/** The book shows the bank's balance, but for lines that were refused because nothing was there to cover them. */
const everyLineBooked = (books: Books, bank: SimulatedBank): void => {
  const booked = new Set(books.entries.map((e) => e.facts?.['bankReference']));
  const uncovered = books.entries.filter(
    (e) =>
      e.type === 'command.refused' && e.commandId.startsWith('bank:') && e.facts?.['code'] === 'FUNDS_INSUFFICIENT',
  ).length;
  const missing = [...bank.lines.values()].filter((line) => !booked.has(line.reference));
  demand(
    missing.length === uncovered,
    `${missing.length} bank lines are not booked: ${missing.map((l) => l.reference).join(' ')}`,
  );
  const missingFen = sumFen(missing.map((l) => (l.side === 'credit' ? l.amountFen : -l.amountFen)));
  const shownFen = (books.head?.bankFen ?? 0n) + missingFen;
  demand(shownFen === bank.balanceFen, `the book shows ${shownFen} at the bank, the bank ${bank.balanceFen}`);
};
