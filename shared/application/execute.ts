import type { Command, CommandSpec } from '#shared/domain/book/decision.ts';
import type { BusinessDate, WorkingCalendar } from '#shared/domain/calendar.ts';
import { type EntityRef, ref, refKey } from '#shared/domain/entities.ts';
import { ensure, FundError, hasCode, isFundError } from '#shared/errors/fund-error.ts';
import { Draft, NotLoaded } from './draft.ts';
import { type Clock, type Ledger, type Loaded, type StoredEntity, TRANSACTION_ITEMS_MAX } from './ports.ts';
import { READ_REFS_MAX } from './read.ts';

/** A command ready to be decided: its kind's rules, itself, and the hash of what it says. */
export interface Prepared {
  readonly spec: CommandSpec<unknown>;
  readonly command: Command<unknown>;
  readonly hash: string;
}

/**
 * What became of one command. `replayed`: it was already decided, nothing was stored now. `idle`: there was nothing to do;
 * nothing is stored, not even that it came.
 */
export type Outcome =
  | { readonly status: 'idle' }
  | { readonly status: 'applied'; readonly seq: number; readonly replayed: boolean; readonly primary: StoredEntity }
  | { readonly status: 'refused'; readonly error: FundError; readonly replayed: boolean };

export interface ExecuteOptions {
  /** A worker records its business refusals in the book, where people see them; an API answers them to its caller. */
  readonly recordRefusals: boolean;
  /** Tries at one transaction, where fewer than the usual eight are wanted. */
  readonly attemptsMax?: number;
}

export interface Kernel {
  /**
   * Decides commands of one fund in order and stores everything they do in as few transactions as possible.
   * @returns one outcome per command, in order.
   * @throws BOOK_BUSY when contention or silence of the store outlasted the attempts; nothing is half done then, and
   *   every command may be sent again.
   */
  readonly execute: (
    fundId: string,
    commands: readonly Prepared[],
    options: ExecuteOptions,
  ) => Promise<readonly Outcome[]>;
}

const ATTEMPTS_MAX = 8;
const BACKOFF_FIRST_MILLISECONDS = 20;
const BACKOFF_MAX_MILLISECONDS = 1_000;
/**
 * A decision that keeps asking for more would never end. The longest way known has nine rounds: what a payment remembers,
 * the charters, what it is for, and what hangs on that one after the other.
 */
const FETCH_ROUNDS_MAX = 16;

/**
 * The book moved on between two reads of one decision. What they brought does not fit together: a refusal out of it could
 * be one that no state of the book justifies, and no commit would stand in its way.
 */
class MovedOn extends Error {}

/** Builds the one way in which anything in Jinqu changes. */
export const createKernel = (deps: {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
  /** Uniform in [0, 1): spreads retries of rivals apart. */
  readonly jitter: () => number;
}): Kernel => {
  // Charter versions never change, so a warm container keeps those of each fund, and every batch has them from the start.
  const charters = new Map<string, Map<string, StoredEntity>>();

  const keep = (fundId: string, charter: StoredEntity): void => {
    const known = charters.get(fundId) ?? new Map<string, StoredEntity>();
    charters.set(fundId, known.set(charter.id, charter));
  };

  const fetch = async (fundId: string, batch: Batch, refs: readonly EntityRef[]): Promise<void> => {
    const missing = [...new Map(refs.map((r) => [refKey(r), r])).values()].filter((r) => !batch.fetched.has(refKey(r)));
    // The head comes with every part, so that even a batch that needs nothing else has read it.
    for (let at = 0; at < missing.length || batch.head === undefined; at += READ_REFS_MAX) {
      const part = missing.slice(at, at + READ_REFS_MAX);
      const loaded = await deps.ledger.load(fundId, part);
      batch.head ??= loaded.head;
      if (loaded.head.seq !== batch.head.seq) throw new MovedOn();
      for (const r of part) {
        const found = loaded.entities.get(refKey(r));
        batch.add(r, found);
        if (found?.type === 'charter') keep(fundId, found);
      }
    }
  };

  /** Decides as many of `commands`, from the first on, as fit one transaction; fetches what they turn out to need. */
  const decide = async (
    fundId: string,
    commands: readonly Prepared[],
    options: ExecuteOptions,
  ): Promise<{ draft: Draft; outcomes: Outcome[] }> => {
    const batch = new Batch(charters.get(fundId)?.values() ?? []);
    await fetch(
      fundId,
      batch,
      commands.flatMap((c) => prefetchOf(c)),
    );
    // Asked after the read: a day the head knows to be closed is then over for this decision, too.
    const today = deps.clock.today();
    for (let round = 0; ; round += 1) {
      const draft = new Draft(batch.loaded(), batch.fetched, deps.clock.now(), deps.calendar);
      const outcomes: Outcome[] = [];
      const missing: EntityRef[] = [];
      for (const prepared of commands) {
        // Room for the entry, its entities and the head of one more command, whichever it is.
        if (draft.size > TRANSACTION_ITEMS_MAX - COMMAND_ITEMS_MAX) break;
        try {
          outcomes.push(decideOne(draft, prepared, today, options));
        } catch (error) {
          // What else is missing is found in the same round; what such a command says without it does not count.
          if (error instanceof NotLoaded) missing.push(...error.missing);
          else if (missing.length === 0) throw error;
        }
      }
      if (missing.length === 0) return { draft, outcomes };
      if (round >= FETCH_ROUNDS_MAX) throw new Error(`a decision asks for ever more: ${missing.map(refKey).join(' ')}`);
      await fetch(fundId, batch, missing);
    }
  };

  const runSome = async (
    fundId: string,
    commands: readonly Prepared[],
    options: ExecuteOptions,
  ): Promise<readonly Outcome[]> => {
    for (let attempt = 0; attempt < (options.attemptsMax ?? ATTEMPTS_MAX); attempt += 1) {
      if (attempt > 0) await deps.clock.sleep(backoff(attempt, deps.jitter()));
      try {
        const { draft, outcomes } = await decide(fundId, commands, options);
        if (draft.size === 0) return outcomes;
        if ((await deps.ledger.commit(draft.plan())) === 'committed') return outcomes;
      } catch (error) {
        if (!(error instanceof MovedOn) && !hasCode(error, 'BOOK_BUSY')) throw error;
      }
    }
    throw new FundError('BOOK_BUSY', { fundId });
  };

  const execute: Kernel['execute'] = async (fundId, commands, options) => {
    const outcomes: Outcome[] = [];
    while (outcomes.length < commands.length) {
      const rest = commands.slice(outcomes.length);
      try {
        outcomes.push(...(await runSome(fundId, rest, options)));
      } catch (error) {
        // One command the store will not take must not hold up the others: alone, each meets its own fate.
        if (rest.length === 1 || isFundError(error)) throw error;
        outcomes.push(...(await runSome(fundId, rest.slice(0, 1), options)));
      }
    }
    return outcomes;
  };

  return { execute };
};

/** Commands of one call at most whose reads are sure to fit one transaction. */
export const BATCH_COMMANDS_MAX = 20;

/** Entry, entities and one refusal or page: no command touches more items than this. */
export const COMMAND_ITEMS_MAX = 48;

/** What a batch has read so far. */
class Batch {
  head: Loaded['head'] | undefined;
  readonly fetched = new Set<string>();
  readonly #entities = new Map<string, StoredEntity>();

  constructor(known: Iterable<StoredEntity>) {
    for (const entity of known) this.add(entity, entity);
  }

  add(r: EntityRef, entity: StoredEntity | undefined): void {
    this.fetched.add(refKey(r));
    if (entity !== undefined) this.#entities.set(refKey(r), entity);
  }

  loaded(): Loaded {
    if (this.head === undefined) throw new Error('nothing was loaded');
    return { head: this.head, entities: this.#entities };
  }
}

const prefetchOf = ({ spec, command }: Prepared): readonly EntityRef[] => [
  spec.primary(command.payload),
  ref('refusal', command.id),
  ...(spec.otherwise === undefined ? [] : [spec.otherwise(command.payload)]),
  ...(spec.prefetch?.(command.payload) ?? []),
];

const decideOne = (draft: Draft, prepared: Prepared, today: BusinessDate, options: ExecuteOptions): Outcome => {
  const { spec, command, hash } = prepared;
  const memories = memoriesOf(draft, prepared);
  const known = memories.map((r) => ({ r, seen: draft.seen(r, command.id, hash) }));
  for (const { r, seen } of known)
    if (seen.kind === 'same') return { status: 'applied', seq: seen.seq, replayed: true, primary: present(draft, r) };
  const earlier = refusedBefore(draft, prepared);
  if (earlier !== undefined) return { status: 'refused', error: earlier, replayed: true };
  const rules = draft.rules(today);
  try {
    ensure(
      known.every(({ seen }) => seen.kind === 'new'),
      'COMMAND_ID_REUSED',
      { commandId: command.id },
    );
    const decision = spec.decide(draft.snapshot(), command, rules, today);
    if (decision.entries.length === 0) return { status: 'idle' };
    const [primary] = memories;
    draft.apply(command, hash, primary, decision, rules);
    return { status: 'applied', seq: draft.lastSeq, replayed: false, primary: present(draft, primary) };
  } catch (error) {
    if (!isFundError(error)) throw error;
    if (options.recordRefusals) recordRefusal(draft, prepared, error, today);
    return { status: 'refused', error, replayed: false };
  }
};

/**
 * The entities that may remember the command; the first is the one that will. The primary entity may have come into being
 * after the command was taken by the one that stands in for it, so both are asked.
 */
const memoriesOf = (draft: Draft, { spec, command }: Prepared): readonly [EntityRef, ...EntityRef[]] => {
  const primary = spec.primary(command.payload);
  const standIn = spec.otherwise?.(command.payload);
  if (standIn === undefined) return [primary];
  return draft.entity(primary.type, primary.id) === undefined ? [standIn] : [primary, standIn];
};

/** The refusal a worker recorded of the command, or COMMAND_ID_REUSED where it was of another payload. */
const refusedBefore = (draft: Draft, { command, hash }: Prepared): FundError | undefined => {
  const refusal = ref('refusal', command.id);
  const found = draft.entity('refusal', command.id)?.state;
  if (found === undefined) return undefined;
  return draft.seen(refusal, command.id, hash).kind === 'same'
    ? new FundError(found.code, found.details)
    : new FundError('COMMAND_ID_REUSED', { commandId: command.id });
};

const present = (draft: Draft, primary: EntityRef): StoredEntity => {
  const entity = draft.entity(primary.type, primary.id);
  if (entity === undefined) throw new Error(`${refKey(primary)} is gone`);
  return entity;
};

/** The record of a refusal is all that a refused command leaves: one event, and one entity that remembers it. */
const recordRefusal = (
  draft: Draft,
  { spec, command, hash }: Prepared,
  error: FundError,
  today: BusinessDate,
): void => {
  const primary = spec.primary(command.payload);
  const { closedThrough } = draft.head;
  draft.apply(
    command,
    hash,
    ref('refusal', command.id),
    {
      entries: [
        {
          type: 'command.refused',
          businessDate: today,
          summary: `${command.kind} 被拒绝: ${error.code}`,
          links: { [primary.type]: primary.id },
          facts: {
            kind: command.kind,
            code: error.code,
            ...error.details,
            ...(closedThrough ? { closedThrough } : {}),
          },
        },
      ],
      changes: [{ type: 'refusal', id: command.id, state: { code: error.code, details: error.details } }],
    },
    draft.rules(today),
  );
};

/** Exponential with full jitter, in milliseconds. */
const backoff = (attempt: number, chance: number): number =>
  Math.floor(chance * Math.min(BACKOFF_MAX_MILLISECONDS, BACKOFF_FIRST_MILLISECONDS * 2 ** attempt));
