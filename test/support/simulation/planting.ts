import type { Kernel, Prepared } from '#shared/application/execute.ts';
import type { Ledger, Loaded } from '#shared/application/ports.ts';
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Command, Decision, Snapshot } from '#shared/domain/book/decision.ts';
import type { EntryDraft } from '#shared/domain/book/entry.ts';
import { type EntityType, refKey } from '#shared/domain/entities.ts';
import type { QueueHandler } from '#shared/runtime/fifo.ts';
import type { Planted } from './office.ts';

/** Changes commands on their way into the kernel. */
export const commandsAre = (change: (prepared: Prepared) => Prepared): Planted => ({
  seams: {
    kernel: (kernel): Kernel => ({
      execute: (fundId, commands, options) => kernel.execute(fundId, commands.map(change), options),
    }),
  },
});

type Decide = Prepared['spec']['decide'];

/** Changes how commands of some kinds are decided. */
export const decidedAs = (kinds: readonly CommandKind[], change: (decide: Decide) => Decide): Planted =>
  commandsAre((prepared) =>
    kinds.some((kind) => kind === prepared.command.kind)
      ? { ...prepared, spec: { ...prepared.spec, decide: change(prepared.spec.decide) } }
      : prepared,
  );

/** Changes what is decided. */
export const decisionsAre = (
  kinds: readonly CommandKind[],
  change: (decision: Decision, command: Command<unknown>) => Decision,
) =>
  decidedAs(kinds, (decide) => (state, command, rules, today) => change(decide(state, command, rules, today), command));

/** Decisions that forget to change things of one type. */
export const withoutChangesOf = (kinds: readonly CommandKind[], type: EntityType): Planted =>
  decisionsAre(kinds, (decision) => ({ ...decision, changes: decision.changes.filter((c) => c.type !== type) }));

export const ledgerIs = (change: (ledger: Ledger) => Ledger): Planted => ({ seams: { ledger: change } });

export const withoutHeld = ({ head, ...decision }: Decision): Decision => {
  const { heldFen: _, ...rest } = head ?? {};
  return { ...decision, head: rest };
};

export const withOutbox = (decision: Decision, outbox: EntryDraft['outbox']): Decision => ({
  ...decision,
  entries: decision.entries.map((entry) => ({ ...entry, ...(outbox === undefined ? {} : { outbox }) })),
});

export const paymentIdOf = ({ payload }: Command<unknown>): string =>
  (payload as { readonly paymentId: string }).paymentId;

export const DECISIONS = ['case.review', 'case.vote', 'case.approve'] as const;

/** What a case shows at this moment, whatever the decider saw. */
export const shownNow = (state: Snapshot, { payload }: Command<unknown>): object => {
  const { caseId } = payload as { readonly caseId: string };
  const found = state.read('case', caseId);
  return found === undefined ? {} : { revision: found.revision, payloadHash: found.payloadHash };
};

/** A ledger that now and then answers what it answered before. */
export const staleLedger = (ledger: Ledger): Ledger => {
  const before = new Map<string, Loaded>();
  let reads = 0;
  return {
    commit: ledger.commit,
    load: async (fundId, refs) => {
      const key = `${fundId} ${refs.map(refKey).join(' ')}`;
      const [old, now] = [before.get(key), await ledger.load(fundId, refs)];
      before.set(key, now);
      reads += 1;
      return old !== undefined && reads % 3 === 0 ? old : now;
    },
  };
};

/** A ledger that does not know which days are closed, but to the close itself. */
export const openLedger = (ledger: Ledger): Ledger => {
  let closed: Loaded['head']['closedThrough'];
  return {
    load: async (fundId, refs) => {
      const { head, entities } = await ledger.load(fundId, refs);
      if (refs.length === 0 || refs.some((r) => r.type === 'closing')) return { head, entities };
      const { closedThrough, ...open } = head;
      closed = closedThrough;
      return { head: open, entities };
    },
    commit: (plan) => {
      const closedThrough = plan.head.closedThrough ?? closed;
      return ledger.commit({
        ...plan,
        head: { ...plan.head, ...(closedThrough === undefined ? {} : { closedThrough }) },
      });
    },
  };
};

export const forgetfulLedger = (ledger: Ledger): Ledger => ({
  commit: ledger.commit,
  load: async (fundId, refs) => {
    const { head, entities } = await ledger.load(fundId, refs);
    return { head, entities: new Map([...entities].map(([key, e]) => [key, { ...e, applied: [], pages: 0 }])) };
  },
});

export const acknowledgesAll =
  (handler: QueueHandler): QueueHandler =>
  async (event) => {
    await handler(event);
    return { batchItemFailures: [] };
  };

/** Money as a float, in yuan, and back. */
export const throughFloat = (fen: string): string => String(Math.trunc((Number(fen) / 100) * 100));
