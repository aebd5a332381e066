import type { Command, CommandSpec } from '#shared/domain/book/decision.ts';
import type { BusinessDate, WorkingCalendar } from '#shared/domain/calendar.ts';
import { type EntityRef, ref, refKey } from '#shared/domain/entities.ts';
import { FundError, isFundError } from '#shared/errors/fund-error.ts';
import { Draft, NotLoaded } from './draft.ts';
import { type Clock, type Ledger, type Loaded, type StoredEntity, TRANSACTION_ITEMS_MAX } from './ports.ts';

/** A command ready to be decided: its kind's rules, itself, and the hash of what it says. */
export interface Prepared {
  readonly spec: CommandSpec<unknown>;
  readonly command: Command<unknown>;
  readonly hash: string;
}

/** What became of one command. `replayed`: it was already decided, nothing was stored now. */
export type Outcome =
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
/** A decision that keeps asking for more would never end; none needs more than a handful of rounds. */
const FETCH_ROUNDS_MAX = 6;

/** Business refusals say what is wrong with the command; anything retryable is no refusal. */
const isRefusal = (error: unknown): error is FundError => isFundError(error) && error.code !== 'BOOK_BUSY';

/** Builds the one way in which anything in Jinqu changes. */
export const createKernel = (deps: {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly calendar: WorkingCalendar;
  /** Uniform in [0, 1): spreads retries of rivals apart. */
  readonly jitter: () => number;
}): Kernel => {
  // Charter versions never change, so a warm container keeps them.
  const charters = new Map<string, StoredEntity>();

  const fetch = async (fundId: string, batch: Batch, refs: readonly EntityRef[]): Promise<void> => {
    const wanted = refs.filter((r) => !batch.fetched.has(refKey(r)));
    const cached = wanted.filter((r) => charters.has(`${fundId}#${refKey(r)}`));
    for (const r of cached) batch.add(r, charters.get(`${fundId}#${refKey(r)}`));
    const missing = wanted.filter((r) => !batch.fetched.has(refKey(r)));
    if (missing.length === 0 && batch.head !== undefined) return;
    const loaded = await deps.ledger.load(fundId, missing);
    // The first head read is kept: whatever was read later is at least as new, and the head's number fences it.
    batch.head ??= loaded.head;
    for (const r of missing) {
      const found = loaded.entities.get(refKey(r));
      batch.add(r, found);
      if (found?.type === 'charter') charters.set(`${fundId}#${refKey(r)}`, found);
    }
  };

  /** Decides as many of `commands`, from the first on, as fit one transaction; fetches what they turn out to need. */
  const decide = async (
    fundId: string,
    commands: readonly Prepared[],
    today: BusinessDate,
    options: ExecuteOptions,
  ): Promise<{ draft: Draft; outcomes: Outcome[] }> => {
    const batch = new Batch();
    await fetch(
      fundId,
      batch,
      commands.flatMap((c) => prefetchOf(c)),
    );
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
          if (!(error instanceof NotLoaded)) throw error;
          missing.push(...error.missing);
          break;
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
      const { draft, outcomes } = await decide(fundId, commands, deps.clock.today(), options);
      if (draft.size === 0) return outcomes;
      if ((await deps.ledger.commit(draft.plan())) === 'committed') return outcomes;
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

/** Entry, entities and one refusal or page: no command touches more items than this. */
export const COMMAND_ITEMS_MAX = 48;

/** What a batch has read so far. */
class Batch {
  head: Loaded['head'] | undefined;
  readonly fetched = new Set<string>();
  readonly #entities = new Map<string, StoredEntity>();

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
  ...(spec.prefetch?.(command.payload) ?? []),
];

const decideOne = (draft: Draft, prepared: Prepared, today: BusinessDate, options: ExecuteOptions): Outcome => {
  const { spec, command, hash } = prepared;
  const primary = rememberedBy(draft, prepared);
  const seen = draft.seen(primary, command.id, hash);
  if (seen.kind === 'same')
    return { status: 'applied', seq: seen.seq, replayed: true, primary: present(draft, primary) };
  const earlier = draft.entity('refusal', command.id)?.state;
  if (earlier !== undefined)
    return { status: 'refused', error: new FundError(earlier.code, earlier.details), replayed: true };
  const rules = draft.rules(today);
  try {
    if (seen.kind === 'other') throw new FundError('COMMAND_ID_REUSED', { commandId: command.id });
    const decision = spec.decide(draft.snapshot(), command, rules, today);
    draft.apply(command, hash, primary, decision, rules);
    return { status: 'applied', seq: draft.lastSeq, replayed: false, primary: present(draft, primary) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (options.recordRefusals) recordRefusal(draft, prepared, error, today);
    return { status: 'refused', error, replayed: false };
  }
};

/** The entity that remembers the command: its primary one, or the one that stands in where that does not exist. */
const rememberedBy = (draft: Draft, { spec, command }: Prepared): EntityRef => {
  const primary = spec.primary(command.payload);
  if (spec.otherwise === undefined || draft.entity(primary.type, primary.id) !== undefined) return primary;
  return spec.otherwise(command.payload);
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
