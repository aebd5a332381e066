import type { MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import type { AccountCode } from '#shared/domain/book/accounts.ts';
import { type Line, netDebitFen } from '#shared/domain/book/voucher.ts';
import type { World } from './world.ts';

/** Every line of the book. */
export const linesOf = (world: Pick<World, 'entries'>): readonly Line[] =>
  world.entries().flatMap((e) => e.lines ?? []);

/** Debit less credit of an account, in fen; of one instrument only, when it is named. */
export const netFen = (world: Pick<World, 'entries'>, account: AccountCode, instrument?: string): bigint =>
  netDebitFen(
    linesOf(world).filter((l) => instrument === undefined || l.dims?.instrument === instrument),
    account,
  );

/** Lines of the last entry of a type, as text: `debit 1002 100`. */
export const lastLines = (world: Pick<World, 'entries'>, type: string): readonly string[] =>
  (world.entries().findLast((e) => e.type === type)?.lines ?? []).map(
    (l) => `${l.side} ${l.account} ${l.amountFen}${l.red === true ? ' red' : ''}`,
  );

/** What a ledger holds: every item by its key, as text. */
export const heldBy = (ledger: MemoryLedger): ReadonlyMap<string, string> =>
  new Map([...ledger.journal, ...ledger.state].map(([key, item]) => [key, JSON.stringify(item)]));

/** Keys under which two ledgers, or one ledger before and after, hold different bytes; empty when they are the same. */
export const differences = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort();
