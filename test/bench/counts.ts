import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { entriesAfter, projectBook } from '#shared/adapters/dynamodb/views.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { sendPayments } from '#shared/application/pay.ts';
import { type Queues, relay } from '#shared/application/queue.ts';
import type { PaymentMessage } from '#shared/contracts/messages.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { type DynamoEngine, startDynamo, type Tables } from '../support/engines/dynamo.ts';
import { FUND, loanIdOf } from '../support/world.ts';
import { itemBytes } from './item-size.ts';
import { type Cost, divide, type Meter, meterOn, sumOf } from './meter.ts';
import { type BenchOffice, openBenchOffice, STEP_NAMES, type StepName } from './office.ts';

type Costs = Readonly<Record<StepName, Cost>>;

/** What commands cost, and what carries a loan from its final approval to its settlement. */
export interface Counts {
  /** One command by itself. */
  readonly alone: Costs;
  /** One command of ten in one batch. */
  readonly inTens: Costs;
  /** Telling the bank of one payment of ten. */
  readonly send: Cost;
  /** The views of one disbursement of ten. */
  readonly project: Cost;
  /** SQS calls for one disbursement of ten. */
  readonly sqsCalls: number;
  /** Bytes of the largest item of its kind. */
  readonly largest: Readonly<Record<'case' | 'loan' | 'entry', number>>;
}

const DISBURSEMENT: readonly StepName[] = ['final approval', 'contract', 'instruct', 'settle'];

/** One disbursement of ten, final approval to settlement, in Journal and State. */
export const disbursementOf = ({ inTens, send }: Counts): Cost => sumOf([...DISBURSEMENT.map((n) => inTens[n]), send]);

interface Bench {
  readonly engine: DynamoEngine;
  readonly tables: Tables;
  readonly meter: Meter;
  readonly office: BenchOffice;
}

const TEN = Array.from({ length: 10 }, (_, i) => 2 + i);

/**
 * Lives the life of one loan, then of ten at once, on an engine that says what each call consumed.
 * @param members how many the committee has; all of them vote
 */
export const countAll = async (members: number): Promise<Counts> => {
  const engine = await startDynamo();
  try {
    const tables = await engine.createTables();
    const meter = meterOn(engine.client);
    const office = await openBenchOffice(engine.client, tables, members);
    const bench: Bench = { engine, tables, meter, office };
    // A container that has worked before knows the charter.
    await live(bench, [0], STEP_NAMES);
    const alone = await live(bench, [1], STEP_NAMES);
    const before = await live(bench, TEN, ['apply', 'review', 'vote']);
    await projectBook(engine.client, tables, FUND);
    const from = (await office.ledger.load(FUND, [])).head.seq;
    const during = await live(bench, TEN, ['final approval', 'contract', 'instruct']);
    const send = await meter.measure(() => sendPayments(office.ledger, SILENT_BANK, FUND, TEN.map(orderOf)));
    const settle = await live(bench, TEN, ['settle']);
    const entries = await entriesAfter(engine.client, tables.journalTable, FUND, from, 100);
    const project = await meter.measure(() => projectBook(engine.client, tables, FUND));
    const after = await live(bench, TEN, ['repay in part', 'repay the rest']);
    return {
      alone,
      inTens: { ...before, ...during, ...settle, ...after },
      send: divide(send, TEN.length),
      project: divide(project, TEN.length),
      sqsCalls: (await sqsCallsFor(entries)) / TEN.length,
      largest: await largestOf(bench),
    };
  } finally {
    await engine.stop();
  }
};

/** Days that take any public notice to its end. */
const NOTICE_DAYS = 30;

/** Takes loans through steps, one batch per step and voter, and says what one loan's part of each cost. */
const live = async <Name extends StepName>(
  { meter, office }: Bench,
  loans: readonly number[],
  names: readonly Name[],
): Promise<Readonly<Record<Name, Cost>>> => {
  const costs: [Name, Cost][] = [];
  for (const name of names) {
    if (name === 'final approval') office.world.clock.set(addDays(office.world.clock.today(), NOTICE_DAYS));
    const batches = await office.steps[name](loans);
    const spent: Cost[] = [];
    for (const batch of batches) spent.push(await meter.measure(() => office.run(batch)));
    costs.push([name, divide(sumOf(spent), loans.length * batches.length)]);
  }
  return Object.fromEntries(costs) as Record<Name, Cost>;
};

/** A bank that takes every order; telling it costs nothing of ours. */
const SILENT_BANK = { instruct: async () => undefined, enquire: async () => undefined };

const orderOf = (n: number): PaymentMessage => {
  const paymentId = `${loanIdOf(n)}-P1`;
  return { v: 1, id: `payment.send:${paymentId}`, kind: 'payment.send', fundId: FUND, payload: { paymentId } };
};

/** SQS calls with which entries are relayed, ten at a time as their commits left them. */
const sqsCallsFor = async (entries: readonly Entry[]): Promise<number> => {
  const sqs = mockClient(SQSClient);
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  const client = new SQSClient({ region: 'local' });
  const queues: Queues = {
    fund: createCommandQueue(client, 'fund'),
    payments: createCommandQueue(client, 'payments'),
    imports: createCommandQueue(client, 'imports'),
  };
  for (let at = 0; at < entries.length; at += TEN.length) await relay(entries.slice(at, at + TEN.length), queues);
  const calls = sqs.commandCalls(SendMessageBatchCommand).length;
  sqs.restore();
  return calls;
};

const largestOf = async ({ engine, tables }: Bench): Promise<Counts['largest']> => {
  const state = [...(await engine.contents(tables, 'stateTable')).values()];
  const journal = [...(await engine.contents(tables, 'journalTable')).values()];
  const most = (items: typeof state): number => Math.max(...items.map(itemBytes));
  const ofType = (type: string) => state.filter((item) => item['type'] === type);
  return { case: most(ofType('case')), loan: most(ofType('loan')), entry: most(journal) };
};
