import { availableFen } from '#shared/domain/book/head.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import type { AcquisitionState } from '#shared/domain/equity/acquisition.ts';
import { reissuedIdOf } from '#shared/domain/guarantee/reissue.ts';
import { outstandingFen } from '#shared/domain/lending/loan.ts';
import { sumFen } from '#shared/domain/money.ts';
import { Violation } from '../timeline.ts';
import type { Books, Transaction } from './books.ts';

/** Looks at one transaction; `books` hold everything up to and with it. */
export type Rule = (books: Books, transaction: Transaction) => void;

export const demand = (holds: boolean, what: string): void => {
  if (!holds) throw new Violation(what);
};

const equal = (what: string, actual: bigint, expected: bigint): void =>
  demand(actual === expected, `${what}: ${actual}, expected ${expected}`);

/** Entries are numbered 1..n and never change; so are the vouchers of each period and type. */
export const numbering = (): Rule => {
  const vouchers = new Map<string, number>();
  let seq = 0;
  return (_books, { entries, overwritten, head }) => {
    demand(overwritten.length === 0, `entry ${overwritten[0]?.seq} was changed`);
    for (const entry of entries) {
      seq += 1;
      demand(entry.seq === seq, `entry ${entry.seq} comes after ${seq - 1}`);
      if (entry.voucher === undefined) continue;
      const { period, type, number } = entry.voucher;
      const last = vouchers.get(`${period} ${type}`) ?? 0;
      demand(number === last + 1, `voucher ${period} ${type} ${number} comes after ${last}`);
      vouchers.set(`${period} ${type}`, number);
    }
    demand(head === undefined || head.seq === seq, `the head says ${head?.seq}, the Journal ends at ${seq}`);
  };
};

/** Every voucher balances; nothing is posted into a day that is closed. */
export const posting = (): Rule => {
  let closedThrough = '';
  return (_books, { entries }) => {
    for (const entry of entries) {
      demand(netDebitFen(entry.lines ?? []) === 0n, `voucher ${entry.seq} does not balance`);
      demand(entry.businessDate > closedThrough, `entry ${entry.seq} counts on ${entry.businessDate}, a closed day`);
      if (entry.type === 'day.closed') closedThrough = entry.businessDate;
    }
  };
};

/** A command takes effect in one transaction, once; a refused one in none. */
export const once = (): Rule => {
  const known = new Map<string, 'applied' | 'refused'>();
  return (_books, { entries }) => {
    const here = new Map<string, 'applied' | 'refused'>();
    for (const { commandId, type, facts } of entries) {
      if (type === 'command.refused' && facts?.['code'] === 'COMMAND_ID_REUSED') continue;
      const what = type === 'command.refused' ? 'refused' : 'applied';
      demand(known.get(commandId) === undefined, `${commandId} was ${known.get(commandId)}, and is ${what} again`);
      here.set(commandId, what);
    }
    for (const [id, what] of here) known.set(id, what);
  };
};

const HELD_LOANS = new Set(['contracted', 'payment-rejected']);
const HELD_PAYMENTS = new Set(['held', 'released', 'rejected']);
const ON_THE_WAY = new Set(['instructed', 'unknown']);

/** What an approved acquisition will cost beside what it ends with; once it is contracted, payments hold it. */
const priceFen = ({ costFen, consideration }: AcquisitionState): bigint =>
  consideration.kind === 'money' ? costFen : 0n;

/** The guarded balances are what the entities and the vouchers say, and never below zero. */
export const guardedBalances = (): Rule => (books) => {
  const { head } = books;
  if (head === undefined) return;
  const [loans, payments] = [books.of('loan'), books.of('payment')];
  const contracted = new Set(loans.map((l) => l.state.caseId));
  const promised = books
    .of('case')
    .filter((c) => c.state.subject === 'loan' && c.state.status === 'approved' && !contracted.has(c.id));
  for (const name of ['bankFen', 'inTransitFen', 'heldFen', 'paidInFen', 'coveredFen'] as const)
    demand(head[name] >= 0n, `${name} is ${head[name]}`);
  demand(availableFen(head) >= 0n, `available is ${availableFen(head)}`);
  equal(
    'held',
    head.heldFen,
    sumFen([
      ...promised.map((c) => c.state.amountFen),
      ...loans.filter((l) => HELD_LOANS.has(l.state.status)).map((l) => l.state.principalFen),
      ...payments.filter((p) => HELD_PAYMENTS.has(p.state.status)).map((p) => p.state.amountFen),
      ...books.of('acquisition').flatMap(({ state: a }) => (a.status === 'approved' ? [priceFen(a)] : [])),
    ]),
  );
  equal(
    'in transit',
    head.inTransitFen,
    sumFen([
      ...loans.filter((l) => ON_THE_WAY.has(l.state.status)).map((l) => l.state.principalFen),
      ...payments.filter((p) => ON_THE_WAY.has(p.state.status)).map((p) => p.state.amountFen),
    ]),
  );
  equal('bank less in transit', head.bankFen - head.inTransitFen, books.net('1002'));
  equal('paid in', head.paidInFen, -books.net('2711') - books.net('4001'));
};

/** The sub-ledgers, which are the entities themselves, add up to their accounts. */
export const subLedgers = (): Rule => (books) => {
  const loans = books.of('loan').map((l) => l.state);
  const active = loans.filter((l) => l.status === 'active');
  const lentFen = sumFen([
    ...loans.filter((l) => ON_THE_WAY.has(l.status)).map((l) => l.principalFen),
    ...active.map(outstandingFen),
  ]);
  equal('loans', books.net('1303.01') + books.net('1303.02'), lentFen);
  equal('overdue', books.net('1303.02'), sumFen(active.map((l) => l.overdueFen)));
  equal('provision', -books.net('1304'), sumFen(active.map((l) => l.provisionFen)));
  const receipts = books.of('receipt').map((r) => r.state);
  const open = (side: 'credit' | 'debit') => sumFen(receipts.filter((r) => r.side === side).map((r) => r.openFen));
  equal('unmatched receipts, and what is owed', -books.net('2241'), open('credit') + owedFen(books));
  // What a bank has collected for the fund it owes the fund.
  const collected = books.of('recovery').filter((r) => r.state.booked && r.state.by === 'bank');
  const dueFen = sumFen(collected.map((r) => r.state.fundFen - r.state.receivedFen));
  equal('unmatched payments, and what banks have collected', books.net('1221'), open('debit') + dueFen);
};

/**
 * Compensation and parts of recoveries that wait to be paid, management fees, and what buyers have paid before a sale is complete.
 * A payment given up is still owed until another takes its place.
 */
const owedFen = (books: Books): bigint => {
  const payments = books.of('payment');
  const ids = new Set(payments.map((p) => p.id));
  const waits = payments.filter(
    ({ id, state }) => HELD_PAYMENTS.has(state.status) || (state.status === 'cancelled' && !ids.has(reissuedIdOf(id))),
  );
  const advances = books.of('exit').filter((e) => e.state.status === 'approved');
  return sumFen([
    ...waits.flatMap((p) => p.state.debits.filter((l) => l.account === '2241').map((l) => l.amountFen)),
    ...books.of('management-fee').map((f) => f.state.owedFen),
    ...advances.map((e) => e.state.receivedFen),
  ]);
};

const OPEN_CASES = new Set(['submitted', 'returned', 'voting', 'on-notice', 'approving', 'approved']);
const CLAIMS = new Set(['contracted', 'instructed', 'unknown', 'active', 'payment-rejected', 'written-off']);

/** An enterprise's place under its limit is what it has applied for and what it owes. */
export const exposure = (): Rule => (books) => {
  const loans = books.of('loan');
  const contracted = new Set(loans.map((l) => l.state.caseId));
  const taken = new Map<string, bigint>();
  const take = (id: string, fen: bigint): unknown => taken.set(id, (taken.get(id) ?? 0n) + fen);
  for (const { state } of loans) if (CLAIMS.has(state.status)) take(state.enterpriseId, state.principalFen);
  const cases = new Map(books.of('case').map((c) => [c.id, c.state]));
  for (const { id, state } of books.of('proposal')) {
    const status = cases.get(id)?.status;
    if (state.content.subject !== 'loan' || status === undefined) continue;
    if (OPEN_CASES.has(status) && !contracted.has(id))
      take(state.content.application.applicant.id, state.content.application.amountFen);
  }
  for (const { id, state } of books.of('enterprise'))
    equal(`exposure of ${id}`, state.exposureFen, taken.get(id) ?? 0n);
};
