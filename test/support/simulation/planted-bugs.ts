import { FundError } from '#shared/errors/fund-error.ts';
import type { Planted } from './office.ts';
import {
  acknowledgesAll,
  commandsAre,
  DECISIONS,
  decidedAs,
  decisionsAre,
  forgetfulLedger,
  ledgerIs,
  openLedger,
  paymentIdOf,
  shownNow,
  staleLedger,
  throughFloat,
  withOutbox,
  withoutChangesOf,
  withoutHeld,
} from './planting.ts';

/*
 * Bugs as people make them, planted in the seams between the parts of production code and in what the services promise. Each
 * must be found. Two that one might expect here are missing because they are none: leaving out the conditions on entities'
 * versions, or on the head alone, changes nothing that can be observed, since entries and head fence each other.
 */

let deliveries = 0;

export const PLANTED_BUGS = {
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
  'failed bank files are acknowledged': { seams: { intake: acknowledgesAll } },
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
  'the place under the limit is not given back': withoutChangesOf(
    ['case.withdraw', 'loan.cancel', 'loan.repay'],
    'enterprise',
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
    changes: decision.changes.map((change) =>
      change.type === 'loan'
        ? { ...change, state: { ...change.state, payment: { ...change.state.payment, attempt: 1 } } }
        : change,
    ),
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
} satisfies Readonly<Record<string, Planted>>;
