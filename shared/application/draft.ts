import { CAPITAL_ACCOUNTS } from '#shared/domain/book/accounts.ts';
import type { Command, Decision, EntityChange, Rules, Snapshot } from '#shared/domain/book/decision.ts';
import type { Entry, EntryDraft, VoucherNumber } from '#shared/domain/book/entry.ts';
import { applyDelta, type BookHead, versionOn } from '#shared/domain/book/head.ts';
import { assertBalanced, netDebitFen, voucherType } from '#shared/domain/book/voucher.ts';
import { type BusinessDate, endOfMonth, monthOf, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Charter } from '#shared/domain/charter/charter.ts';
import { type EntityRef, type EntityType, ref, refKey, type StateOf } from '#shared/domain/entities.ts';
import { sumFen } from '#shared/domain/money.ts';
import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { addMark, lookUp, markOf, pageId, type Seen } from './applied.ts';
import type { CommitPlan, EntityWrite, Loaded, StoredEntity } from './ports.ts';

/** Thrown inside a decision that reads what was not fetched; the kernel fetches it and decides anew. */
export class NotLoaded extends Error {
  readonly missing: readonly EntityRef[];
  constructor(missing: readonly EntityRef[]) {
    super(`not loaded: ${missing.map(refKey).join(', ')}`);
    this.missing = missing;
  }
}

/** A change of the draft that is being tried: thrown away when the command is refused. */
interface Stage {
  head: BookHead;
  readonly entries: Entry[];
  readonly entities: Map<string, StoredEntity>;
}

/**
 * One transaction in the making: what was loaded, and on top of it what the commands decided so far. Commands of a batch
 * see each other's effects here; the store sees them all at once or not at all.
 */
export class Draft {
  readonly #loaded: Loaded;
  readonly #fetched: ReadonlySet<string>;
  readonly #recordedAt: string;
  readonly #calendar: WorkingCalendar;
  readonly #priorStatuses = new Map<string, readonly string[]>();
  #head: BookHead;
  #entries: readonly Entry[] = [];
  #entities: ReadonlyMap<string, StoredEntity> = new Map();

  constructor(loaded: Loaded, fetched: ReadonlySet<string>, recordedAt: string, calendar: WorkingCalendar) {
    this.#loaded = loaded;
    this.#fetched = fetched;
    this.#recordedAt = recordedAt;
    this.#calendar = calendar;
    this.#head = loaded.head;
  }

  get head(): BookHead {
    return this.#head;
  }

  get lastSeq(): number {
    return this.#head.seq;
  }

  /** Items the transaction would have. */
  get size(): number {
    return this.#entries.length === 0 ? 0 : this.#entries.length + this.#entities.size + 1;
  }

  entity<T extends EntityType>(type: T, id: string): (StoredEntity & { readonly state: StateOf<T> }) | undefined {
    const key = refKey(ref(type, id));
    const found = this.#entities.get(key) ?? this.#loaded.entities.get(key);
    if (found === undefined && !this.#fetched.has(key)) throw new NotLoaded([ref(type, id)]);
    return found as (StoredEntity & { readonly state: StateOf<T> }) | undefined;
  }

  snapshot(): Snapshot {
    return {
      head: this.#head,
      read: (type, id) => this.entity(type, id)?.state,
      foresee: (refs) => this.#require(refs),
    };
  }

  rules(today: BusinessDate): Rules {
    const version = (n: number): Charter => {
      const charter = this.entity('charter', String(n))?.state;
      if (charter === undefined) throw new FundError('CHARTER_NOT_FOUND', { version: String(n) });
      return charter;
    };
    const on = (date: BusinessDate): Charter => {
      const found = versionOn(this.#head, date);
      ensure(found > 0, 'CHARTER_NOT_IN_FORCE', { fundId: this.#head.fundId, date });
      return version(found);
    };
    return {
      versionInForce: versionOn(this.#head, today),
      inForce: () => on(today),
      on,
      version,
      calendar: this.#calendar,
    };
  }

  /** What the primary entity remembers of a command, its moved-out pages included. */
  seen(primary: EntityRef, commandId: string, hash: string): Seen {
    const entity = this.entity(primary.type, primary.id);
    if (entity === undefined) return { kind: 'new' };
    const inline = lookUp(entity.applied, commandId, hash);
    if (inline.kind !== 'new' || entity.pages === 0) return inline;
    const pages = Array.from({ length: entity.pages }, (_, i) => pageId(refKey(primary), i + 1));
    this.#require(pages.map((id) => ref('applied', id)));
    return lookUp(
      pages.flatMap((id) => this.entity('applied', id)?.state.applied ?? []),
      commandId,
      hash,
    );
  }

  #known(r: EntityRef): boolean {
    return this.#entities.has(refKey(r)) || this.#fetched.has(refKey(r));
  }

  /** @throws NotLoaded with all that lack, so that one read brings them */
  #require(refs: readonly EntityRef[]): void {
    const missing = refs.filter((r) => !this.#known(r));
    if (missing.length > 0) throw new NotLoaded(missing);
  }

  /**
   * Puts a decision on top of the draft, or throws and leaves the draft as it was. It has at least one entry: nothing
   * changes that the book does not tell of.
   * @throws FUNDS_INSUFFICIENT, DAY_CLOSED, VOUCHER_UNBALANCED
   */
  apply(command: Command<unknown>, hash: string, primary: EntityRef, decision: Decision, rules: Rules): void {
    this.#require(decision.changes.map((change) => ref(change.type, change.id)));
    const stage: Stage = { head: this.#head, entries: [], entities: new Map(this.#entities) };
    for (const draft of decision.entries)
      stage.entries.push(number(stage, draft, command, hash, this.#recordedAt, rules));
    const { closedThrough, charter, ...delta } = decision.head ?? {};
    stage.head = applyDelta(stage.head, delta);
    assertGuarded(decision, delta);
    if (charter !== undefined) stage.head = { ...stage.head, charters: [...stage.head.charters, charter] };
    if (closedThrough !== undefined) stage.head = close(stage.head, closedThrough);
    for (const change of decision.changes) this.#change(stage, change);
    const changed = decision.changes.some((change) => refKey(change) === refKey(primary));
    this.#mark(stage, primary, changed, markOf(command.id, hash, stage.head.seq));
    for (const change of decision.changes) this.#expect(change);
    this.#head = stage.head;
    this.#entries = [...this.#entries, ...stage.entries];
    this.#entities = stage.entities;
  }

  #current(stage: Stage, r: EntityRef): StoredEntity | undefined {
    return stage.entities.get(refKey(r)) ?? this.#loaded.entities.get(refKey(r));
  }

  #change(stage: Stage, change: EntityChange): void {
    const { priorStatuses: _, ...entity } = change;
    const before = this.#current(stage, change);
    stage.entities.set(refKey(change), {
      ...entity,
      version: (before?.version ?? 0) + 1,
      applied: before?.applied ?? [],
      pages: before?.pages ?? 0,
    });
  }

  /** @param changed whether the command has changed the primary entity; if not, remembering it is a change of its own */
  #mark(stage: Stage, primary: EntityRef, changed: boolean, mark: string): void {
    const entity = this.#current(stage, primary);
    if (entity === undefined) throw new Error(`a decision must leave its primary entity ${refKey(primary)} behind`);
    const { page, ...kept } = addMark(entity, mark);
    stage.entities.set(refKey(primary), { ...entity, ...kept, version: entity.version + (changed ? 0 : 1) });
    if (page !== undefined) {
      const id = pageId(refKey(primary), kept.pages);
      stage.entities.set(refKey(ref('applied', id)), {
        type: 'applied',
        id,
        state: { applied: page },
        version: 1,
        applied: [],
        pages: 0,
      });
    }
  }

  /** The condition is about the stored state, so only the first change of a batch has a say. */
  #expect(change: EntityChange): void {
    const key = refKey(change);
    if (change.priorStatuses !== undefined && !this.#entities.has(key) && !this.#priorStatuses.has(key))
      this.#priorStatuses.set(key, change.priorStatuses);
  }

  plan(): CommitPlan {
    const writes = [...this.#entities].map(([key, entity]): EntityWrite => {
      const priorStatuses = this.#priorStatuses.get(key);
      return {
        entity,
        expectedVersion: this.#loaded.entities.get(key)?.version ?? 0,
        ...(priorStatuses === undefined ? {} : { priorStatuses }),
      };
    });
    return {
      fundId: this.#head.fundId,
      expectedSeq: this.#loaded.head.seq,
      head: this.#head,
      entries: this.#entries,
      writes,
    };
  }
}

/** Gives an entry its number and, when it carries lines, its voucher number; moves the head on. */
const number = (
  stage: Stage,
  draft: EntryDraft,
  command: Command<unknown>,
  hash: string,
  recordedAt: string,
  rules: Rules,
): Entry => {
  const { closedThrough } = stage.head;
  ensure(closedThrough === undefined || draft.businessDate > closedThrough, 'DAY_CLOSED', {
    businessDate: draft.businessDate,
    closedThrough: closedThrough ?? '',
  });
  const seq = stage.head.seq + 1;
  stage.head = { ...stage.head, seq };
  const { roles: _, ...actor } = command.actor;
  return {
    ...draft,
    fundId: command.fundId,
    seq,
    recordedAt,
    actor,
    commandId: command.id,
    payloadHash: hash,
    ...(draft.lines === undefined ? {} : { voucher: voucherNumber(stage, draft, rules) }),
  };
};

const voucherNumber = (stage: Stage, draft: EntryDraft, rules: Rules): VoucherNumber => {
  const lines = draft.lines ?? [];
  assertBalanced(lines);
  const period = monthOf(draft.businessDate);
  const type = voucherType(lines, rules.on(draft.businessDate).accounting.voucherTypes);
  const last = stage.head.numbers[period]?.[type] ?? 0;
  stage.head = {
    ...stage.head,
    numbers: { ...stage.head.numbers, [period]: { ...stage.head.numbers[period], [type]: last + 1 } },
  };
  return { period, type, number: last + 1 };
};

/** Closes days; counters of months that are closed to the end are no longer needed, no number can be given there. */
const close = (head: BookHead, closedThrough: NonNullable<BookHead['closedThrough']>): BookHead => ({
  ...head,
  closedThrough,
  numbers: Object.fromEntries(Object.entries(head.numbers).filter(([period]) => endOfMonth(period) > closedThrough)),
});

/** The guarded balances and the vouchers tell the same story, or the decision is wrong: a fault of ours, not of the caller. */
const assertGuarded = (decision: Decision, delta: NonNullable<Decision['head']>): void => {
  const lines = decision.entries.flatMap((e) => e.lines ?? []);
  const bankFen = netDebitFen(lines, '1002');
  if (bankFen !== (delta.bankFen ?? 0n) - (delta.inTransitFen ?? 0n))
    throw new Error(`vouchers move 1002 by ${bankFen} fen, the head does not`);
  const equityFen = -sumFen(CAPITAL_ACCOUNTS.map((code) => netDebitFen(lines, code)));
  if (equityFen !== (delta.paidInFen ?? 0n))
    throw new Error(`vouchers move paid-in capital by ${equityFen} fen, the head does not`);
};
