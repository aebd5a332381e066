import type { Kernel, Prepared } from '#shared/application/execute.ts';
import type { Ledger, Loaded } from '#shared/application/ports.ts';
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Command, Decision, Snapshot } from '#shared/domain/book/decision.ts';
import type { EntryDraft } from '#shared/domain/book/entry.ts';
import { refKey } from '#shared/domain/entities.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { QueueHandler } from '#shared/runtime/fifo.ts';
import type { Planted } from './office.ts';

/*
 * Bugs as people make them, planted in the seams between the parts of production code and in what the services promise. Each
 * must be found. Two that one might expect here are missing because they are none: leaving out the conditions on entities'
 * versions, or on the head alone, changes nothing that can be observed, since entries and head fence each other.
 */

/** Changes commands on their way into the kernel. */
const commandsAre = (change: (prepared: Prepared) => Prepared): Planted => ({
  seams: {
    kernel: (kernel): Kernel => ({
      execute: (fundId, commands, options) => kernel.execute(fundId, commands.map(change), options),
    }),
  },
});

type Decide = Prepared['spec']['decide'];

/** Changes how commands of some kinds are decided. */
const decidedAs = (kinds: readonly CommandKind[], change: (decide: Decide) => Decide): Planted =>
  commandsAre((prepared) =>
    kinds.some((kind) => kind === prepared.command.kind)
      ? { ...prepared, spec: { ...prepared.spec, decide: change(prepared.spec.decide) } }
      : prepared,
  );

/** Changes what is decided. */
const decisionsAre = (
  kinds: readonly CommandKind[],
  change: (decision: Decision, command: Command<unknown>) => Decision,
) =>
  decidedAs(kinds, (decide) => (state, command, rules, today) => change(decide(state, command, rules, today), command));

const ledgerIs = (change: (ledger: Ledger) => Ledger): Planted => ({ seams: { ledger: change } });

const withoutHeld = ({ head, ...decision }: Decision): Decision => {
  const { heldFen: _, ...rest } = head ?? {};
  return { ...decision, head: rest };
};

const withOutbox = (decision: Decision, outbox: EntryDraft['outbox']): Decision => ({
  ...decision,
  entries: decision.entries.map((entry) => ({ ...entry, ...(outbox === undefined ? {} : { outbox }) })),
});

const paymentIdOf = ({ payload }: Command<unknown>): string => (payload as { readonly paymentId: string }).paymentId;

const DECISIONS = ['case.review', 'case.vote', 'case.approve'] as const;

/** What a case shows at this moment, whatever the decider saw. */
const shownNow = (state: Snapshot, { payload }: Command<unknown>): object => {
  const { caseId } = payload as { readonly caseId: string };
  const found = state.read('case', caseId);
  return found === undefined ? {} : { revision: found.revision, payloadHash: found.payloadHash };
};

/** A ledger that now and then answers what it answered before. */
const staleLedger = (ledger: Ledger): Ledger => {
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
const openLedger = (ledger: Ledger): Ledger => {
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

const forgetfulLedger = (ledger: Ledger): Ledger => ({
  commit: ledger.commit,
  load: async (fundId, refs) => {
    const { head, entities } = await ledger.load(fundId, refs);
    return { head, entities: new Map([...entities].map(([key, e]) => [key, { ...e, applied: [], pages: 0 }])) };
  },
});

const acknowledgesAll =
  (handler: QueueHandler): QueueHandler =>
  async (event) => {
    await handler(event);
    return { batchItemFailures: [] };
  };

/** Money as a float, in yuan, and back. */
const throughFloat = (fen: string): string => String(Math.trunc((Number(fen) / 100) * 100));

let deliveries = 0;

export const PLANTED_BUGS: Readonly<Record<string, Planted>> = {
  'the store does not check that something is absent': {
    tablesForget: (_table, clause) => clause.startsWith('attribute_not_exists'),
  },
  'neither the head nor the entries are fenced': {
    tablesForget: (table, clause) =>
      clause === 'seq = :seq' || (table === 'Journal' && clause.startsWith('attribute_')),
  },
  'the views are not fenced': { tablesForget: (table) => table === 'Views' },
  'a file is overwritten': { bucketForgets: true },
  'commands are known by the id of their message': {
    seams: {
      worker: (handler) => (event) =>
        handler({
          Records: event.Records.map((r) =>
            r.body.includes('poison') ? r : { ...r, body: JSON.stringify({ ...JSON.parse(r.body), id: r.messageId }) },
          ),
        }),
    },
  },
  'failed messages are acknowledged': { seams: { worker: acknowledgesAll } },
  'failed payment messages are acknowledged': { seams: { sender: acknowledgesAll } },
  'messages the queue did not take are forgotten': {
    seams: {
      queues: (queues) => ({
        ...queues,
        fund: { send: (messages) => queues.fund.send(messages).catch(() => undefined) },
      }),
    },
  },
  'one person decides on both sides': decidedAs(
    ['case.review', 'case.approve'],
    (decide) => (state, command, rules, today) => {
      const actor = { ...command.actor, id: `${command.actor.id} as another` };
      return decide(state, { ...command, actor }, rules, today);
    },
  ),
  'a decision is bound to nothing': decidedAs(DECISIONS, (decide) => (state, command, rules, today) => {
    const payload = { ...(command.payload as object), ...shownNow(state, command) };
    return decide(state, { ...command, payload }, rules, today);
  }),
  'another payload under a known id is taken for the same': commandsAre((prepared) => ({
    ...prepared,
    hash: 'A'.repeat(43),
  })),
  'what was applied is forgotten': ledgerIs(forgetfulLedger),
  'the head is read from a lagging copy': ledgerIs(staleLedger),
  'contention is told as a refusal': ledgerIs((ledger) => ({
    load: ledger.load,
    commit: async (plan) => {
      const result = await ledger.commit(plan);
      if (result === 'contention') throw new FundError('FUNDS_INSUFFICIENT', {});
      return result;
    },
  })),
  'silence of the store counts as success': ledgerIs((ledger) => ({
    load: ledger.load,
    commit: async (plan) => {
      const result = await ledger.commit(plan);
      return result === 'uncertain' ? 'committed' : result;
    },
  })),
  'closed days take entries': ledgerIs(openLedger),
  'the hold is not taken': decisionsAre(['case.approve'], withoutHeld),
  'the hold is not released': decisionsAre(['loan.instruct'], withoutHeld),
  'the place under the limit is not given back': decisionsAre(
    ['case.withdraw', 'loan.cancel', 'loan.repay'],
    (decision) => ({
      ...decision,
      changes: decision.changes.filter((c) => c.type !== 'enterprise'),
    }),
  ),
  'an unknown payment is sent again instead of asked about': decisionsAre(['payment.doubt'], (decision, command) => {
    const paymentId = paymentIdOf(command);
    const id = `payment.send:${paymentId}:again`;
    return withOutbox(decision, [{ queue: 'payments', id, kind: 'payment.send', payload: { paymentId } }]);
  }),
  'silence of the bank counts as no': decisionsAre(['payment.doubt'], (decision, command) => {
    const payload = { paymentId: paymentIdOf(command), reasonCode: 'NARR', reasonText: '银行未答复' };
    return withOutbox(decision, [
      { queue: 'fund', id: `bounce:${payload.paymentId}`, kind: 'payment.bounce', payload },
    ]);
  }),
  'a second payment keeps the number of the first': decisionsAre(['loan.reinstruct'], (decision) => ({
    ...decision,
    entries: decision.entries.map((entry) => ({
      ...entry,
      outbox: (entry.outbox ?? []).map((command) => ({ ...command, id: command.id.replace(/\d+$/, '1') })),
    })),
  })),
  'an instruction sent again has an id of its own': {
    seams: {
      bank: (bank) => ({
        enquire: bank.enquire,
        instruct: (fundId, instruction) => {
          deliveries += 1;
          return bank.instruct(fundId, { ...instruction, paymentId: `${instruction.paymentId}.${deliveries}` });
        },
      }),
    },
  },
  'money passes through a float': {
    seams: {
      commands: (commands) =>
        commands.map((command) => {
          const { line } = command.payload as { readonly line?: { readonly amountFen: string } };
          if (line === undefined) return command;
          const payload = { ...command.payload, line: { ...line, amountFen: throughFloat(line.amountFen) } };
          return { ...command, payload };
        }),
    },
  },
  'a bank line is known by its file': {
    seams: { commands: (commands, key) => commands.map((c) => ({ ...c, id: `${c.id}:${key}`.slice(0, 128) })) },
  },
  'what cannot be understood is acknowledged': {
    seams: {
      worker: (handler) => async (event) => {
        const answer = await handler(event);
        const poison = new Set(event.Records.filter((r) => r.body.includes('poison')).map((r) => r.messageId));
        return { batchItemFailures: answer.batchItemFailures.filter((f) => !poison.has(f.itemIdentifier)) };
      },
    },
  },
};
