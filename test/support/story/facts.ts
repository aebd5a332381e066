import type { AccountCode } from '#shared/domain/book/accounts.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { type Line, netDebitFen } from '#shared/domain/book/voucher.ts';
import type { EntityType, StateOf } from '#shared/domain/entities.ts';
import { decodeEntity } from '#shared/storage/codecs/items.ts';
import type { World } from '../world.ts';

/** What the store and the book say, read without the code that wrote it. */
export interface Facts {
  readonly entries: readonly Entry[];
  readonly lines: readonly Line[];
  /** Every entity of a type, by id. */
  readonly all: <T extends EntityType>(type: T) => ReadonlyMap<string, StateOf<T>>;
  /** Debit less credit of an account; of one instrument or contributor only, where it is named. */
  readonly net: (account: AccountCode, of?: string) => bigint;
}

export const factsOf = (world: World): Facts => {
  const entries = world.entries();
  const lines = entries.flatMap((e) => e.lines ?? []);
  const entities = [...world.ledger.state.values()].flatMap((item) => ('type' in item ? [decodeEntity(item)] : []));
  return {
    entries,
    lines,
    all: (type) =>
      new Map(entities.flatMap((e) => (e.type === type ? [[e.id, e.state as StateOf<typeof type>] as const] : []))),
    net: (account, of) =>
      netDebitFen(
        lines.filter((l) => of === undefined || l.dims?.instrument === of || l.dims?.contributor === of),
        account,
      ),
  };
};

/** What must hold, by name, and what holds: a check fails with the name. */
export type Claims = Record<string, readonly [actual: unknown, expected: unknown]>;

/** Claims that do not hold, as text; bigint and all. */
export const broken = (claims: Claims): readonly string[] =>
  Object.entries(claims).flatMap(([name, [actual, expected]]) =>
    show(actual) === show(expected) ? [] : [`${name}: ${show(actual)}, not ${show(expected)}`],
  );

const show = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)) ?? 'undefined';
