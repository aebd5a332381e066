import * as z from 'zod';
import type { Outcome, Prepared } from '#shared/application/execute.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { CaseStatus } from '#shared/domain/approvals/case.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { idFrom } from '#shared/domain/ids.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import type { World } from '../world.ts';
import { at } from './ground.ts';
import type { Step } from './step.ts';

/** A command as it was sent, and what became of it. */
export interface Sent {
  readonly id: string;
  readonly kind: CommandKind;
  /** In wire form. */
  readonly payload: object;
  readonly actor: Actor;
  /** The business date on which it was sent. */
  readonly on: BusinessDate;
  /** Whether a worker carried it out, which records refusals. */
  readonly worker: boolean;
  readonly outcome: Outcome;
  /** Keys of the items it touched; references to unchanged items stay the same, so this is exact. */
  readonly touched: readonly string[];
}

/** Every item of a ledger, by key. An item that is written anew is another object, even if it says the same. */
export const itemsOf = ({ ledger }: World): ReadonlyMap<string, Item> => new Map([...ledger.journal, ...ledger.state]);

const touchedBetween = (before: ReadonlyMap<string, Item>, after: ReadonlyMap<string, Item>): readonly string[] =>
  [...after].flatMap(([key, item]) => (before.get(key) === item ? [] : [key])).sort();

const UNDECIDED: readonly CaseStatus[] = ['submitted', 'returned', 'voting', 'on-notice', 'approving'];

/** A fund office at work: who sent what, and the numbers of what came of it. */
export class Office {
  readonly world: World;
  readonly sent: Sent[] = [];
  /** Numbers of cases, loans, calls, receipts, and payments that may exist; some only ever did in a mind. */
  readonly caseIds: string[] = [];
  readonly loanIds: string[] = [];
  readonly callIds: string[] = [];
  readonly payIds: string[] = [];
  readonly receiptIds: string[] = [];
  #count = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** A number never given before in this office. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  newId(prefix: 'CS' | 'CC'): string {
    return idFrom(prefix, ['story', this.next()]);
  }

  /** A loan there is, one of those in `wanted` states when there are any; or now and then one that never was. */
  async someLoan(
    { pick, who }: Pick<Step, 'pick' | 'who'>,
    wanted: readonly string[] = [],
  ): Promise<string | undefined> {
    const out: string[] = [];
    const fitting: string[] = [];
    for (const id of this.loanIds) {
      const { status } = (await this.world.read('loan', id)) ?? {};
      if (status === undefined) continue;
      out.push(id);
      if (wanted.includes(status)) fitting.push(id);
    }
    if (who % 11 === 10) return at(this.loanIds, pick);
    return at(fitting, pick) ?? at(out, pick) ?? at(this.loanIds, pick);
  }

  /** A case that waits for somebody, or now and then any other. */
  async someCase({ pick, who }: Pick<Step, 'pick' | 'who'>): Promise<string | undefined> {
    const waiting: string[] = [];
    for (const id of this.caseIds) {
      const { status } = (await this.world.read('case', id)) ?? {};
      if (status !== undefined && UNDECIDED.includes(status)) waiting.push(id);
    }
    return (who % 7 === 6 ? undefined : at(waiting, pick)) ?? at(this.caseIds, pick);
  }

  prepared({ kind, id, payload, actor }: Pick<Sent, 'kind' | 'id' | 'payload' | 'actor'>): Prepared {
    return prepare(kind, this.world.fundId, id, payload, actor);
  }

  /** Sends a command and notes it; one that is not of its kind is turned away before it is one. */
  async send(
    kind: CommandKind,
    payload: object,
    actor: Actor = SYSTEM,
    {
      id = `c-${this.next()}`,
      worker = actor.kind === 'system',
    }: { readonly id?: string; readonly worker?: boolean } = {},
  ): Promise<Outcome | undefined> {
    const before = itemsOf(this.world);
    try {
      const command = this.prepared({ kind, id, payload, actor });
      const [outcome] = await this.world.kernel.execute(this.world.fundId, [command], { recordRefusals: worker });
      if (outcome === undefined) throw new Error('no outcome');
      const touched = touchedBetween(before, itemsOf(this.world));
      this.sent.push({ id, kind, payload, actor, on: this.world.clock.today(), worker, outcome, touched });
      return outcome;
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      if (touchedBetween(before, itemsOf(this.world)).length > 0) throw new Error('a malformed command left a trace');
      return undefined;
    }
  }
}
