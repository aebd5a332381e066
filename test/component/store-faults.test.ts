import {
  type CancellationReason,
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactGetCommand,
  type TransactGetCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDocumentClient } from '#shared/adapters/dynamodb/client.ts';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createKernel, type Outcome } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { type DynamoEngine, startDynamo, type Tables } from '../support/engines/dynamo.ts';
import { bankLine, createWorld, FUND, found, type World } from '../support/world.ts';

const CONTENTION = [
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
];
const FAULTS = ['ValidationError', 'ItemCollectionSizeLimitExceeded', 'AccessDenied', 'DuplicateItem'];

const metadata = { $metadata: {}, message: 'made up' };
const canceled = (...codes: readonly string[]): TransactionCanceledException =>
  new TransactionCanceledException({
    ...metadata,
    CancellationReasons: codes.map((Code): CancellationReason => ({ Code })),
  });

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name }, more);

/** Nothing was stored, for sure. */
const BUSY: readonly (readonly [string, Error])[] = [
  ['a conflict', canceled('None', 'TransactionConflict', 'None')],
  ['a throttled transaction', canceled('ThrottlingError', 'None', 'None')],
  ['ThrottlingException', new ThrottlingException({ ...metadata })],
  ['ProvisionedThroughputExceededException', new ProvisionedThroughputExceededException({ ...metadata })],
  ['RequestLimitExceeded', new RequestLimitExceeded({ ...metadata })],
];

/** The answer is lost; whether anything was stored is not known. */
const SILENCE: readonly (readonly [string, Error])[] = [
  ['a timeout', named('TimeoutError')],
  ['a reset connection', named('Error', { code: 'ECONNRESET' })],
  ['a broken pipe', named('Error', { code: 'EPIPE' })],
  ['TransactionInProgressException', new TransactionInProgressException({ ...metadata, Message: 'in progress' })],
  ['InternalServerError', new InternalServerError({ ...metadata })],
  ['an answer 503 of an unknown name', named('Whatever', { $metadata: { httpStatusCode: 503 } })],
];

/** What the store does with one write: takes it, fails before it, or takes it and loses the answer. */
type Fate = 'taken' | { readonly before: Error } | { readonly after: Error };

describe('what the store answers', () => {
  let engine: DynamoEngine;
  beforeAll(async () => {
    engine = await startDynamo();
  });
  afterAll(() => engine.stop());

  let tables: Tables;
  let world: World;
  let mocked: AwsClientStub<DynamoDBDocumentClient>;
  let ledger: Ledger;
  let fates: Fate[];
  let writes: number;
  let slept: number[];

  beforeEach(async () => {
    tables = await engine.createTables();
    world = createWorld('2017-03-01', createDynamoLedger(engine.client, tables));
    await found(world);
    const tested = createDocumentClient();
    ledger = createDynamoLedger(tested, tables);
    mocked = mockClient(tested);
    [fates, writes, slept] = [[], 0, []];
    mocked
      .on(TransactGetCommand)
      .callsFake((input: TransactGetCommandInput) => engine.client.send(new TransactGetCommand(input)));
    mocked.on(TransactWriteCommand).callsFake(async (input: TransactWriteCommandInput) => {
      writes += 1;
      const fate = fates.shift() ?? 'taken';
      if (fate !== 'taken' && 'before' in fate) throw fate.before;
      const answer = await engine.client.send(new TransactWriteCommand(input));
      if (fate !== 'taken') throw fate.after;
      return answer;
    });
  });
  afterEach(() => mocked.restore());

  const line = bankLine('credit', 5n, '2017-03-01', { reference: 'the-line' });
  const suspense = () => prepare('receipt.suspend', FUND, 'the-line', { line }, SYSTEM);

  const execute = async (): Promise<Outcome | undefined> => {
    const sleep = async (milliseconds: number) => {
      slept.push(milliseconds);
    };
    const { now, today } = world.clock;
    const kernel = createKernel({ ledger, clock: { now, today, sleep }, calendar: chinaCalendar, jitter: () => 0.5 });
    const [outcome] = await kernel.execute(FUND, [suspense()], { recordRefusals: true });
    return outcome;
  };

  /** Number of the last entry, and what the bank balance has become. */
  const book = async () => {
    const { head } = await createDynamoLedger(engine.client, tables).load(FUND, []);
    return { seq: head.seq, bankFen: head.bankFen };
  };

  test('given every combination of reasons, when a transaction is cancelled, then one fault makes it no contention', async () => {
    const { head } = await ledger.load(FUND, []);
    const plan = { fundId: FUND, expectedSeq: head.seq, head, entries: [], writes: [] };
    const codes = [...CONTENTION, ...FAULTS];
    for (const first of codes)
      for (const second of codes)
        for (const third of codes) {
          const reasons = [first, second, third];
          fates = [{ before: canceled(...reasons) }];
          const result = await ledger.commit(plan).catch(() => 'fault');
          const expected = reasons.some((r) => FAULTS.includes(r)) ? 'fault' : 'contention';
          expect(`${reasons}: ${result}`).toBe(`${reasons}: ${expected}`);
        }
    expect(writes).toBe(codes.length ** 3);
  });

  test.each(BUSY)(
    'given %s twice, when a command is carried out, then it takes effect once, after waiting',
    async (_, error) => {
      const before = await book();
      fates = [{ before: error }, { before: error }];
      expect(await execute()).toMatchObject({ status: 'applied', replayed: false });
      expect(await book()).toEqual({ seq: before.seq + 1, bankFen: 5n });
      expect(slept).toEqual([20, 40]);
    },
  );

  test.each(SILENCE)(
    'given %s after the commit, when it is tried again, then the command is found applied',
    async (_, error) => {
      const before = await book();
      fates = [{ after: error }];
      expect(await execute()).toMatchObject({ status: 'applied', replayed: true, seq: before.seq + 1 });
      expect(await book()).toEqual({ seq: before.seq + 1, bankFen: 5n });
      expect(writes).toBe(1);
    },
  );

  test.each(SILENCE)(
    'given %s instead of the commit, when it is tried again, then it takes effect once',
    async (_, error) => {
      const before = await book();
      fates = [{ before: error }];
      expect(await execute()).toMatchObject({ status: 'applied', replayed: false, seq: before.seq + 1 });
      expect(await book()).toEqual({ seq: before.seq + 1, bankFen: 5n });
    },
  );

  test.each([...BUSY, ...SILENCE])(
    'given %s without end, when the attempts are over, then it is BOOK_BUSY and no refusal, and nothing is half done',
    async (_, error) => {
      const before = await book();
      fates = Array.from({ length: 100 }, () => ({ before: error }));
      await expect(execute()).rejects.toMatchObject({ code: 'BOOK_BUSY' });
      expect(await book()).toEqual(before);
      expect(writes).toBe(8);
      fates = [];
      expect(await execute()).toMatchObject({ status: 'applied', replayed: false });
    },
  );

  test.each([...BUSY, ...SILENCE])(
    'given %s while reading, when it passes, then the command takes effect',
    async (_, error) => {
      const real = engine.client;
      let reads = 0;
      mocked.on(TransactGetCommand).callsFake(async (input: TransactGetCommandInput) => {
        reads += 1;
        if (reads <= 2) throw error;
        return await real.send(new TransactGetCommand(input));
      });
      expect(await execute()).toMatchObject({ status: 'applied', replayed: false });
    },
  );

  test.each([...BUSY, ...SILENCE])(
    'given %s at every read, when the attempts are over, then it is BOOK_BUSY',
    async (_, error) => {
      mocked.on(TransactGetCommand).rejects(error);
      await expect(execute()).rejects.toMatchObject({ code: 'BOOK_BUSY' });
      expect(writes).toBe(0);
    },
  );

  test('given a command the store will never take, when it comes in a batch, then the others take effect', async () => {
    const { now, today, sleep } = world.clock;
    const kernel = createKernel({ ledger, clock: { now, today, sleep }, calendar: chinaCalendar, jitter: () => 0 });
    const of = (n: number) =>
      prepare('receipt.suspend', FUND, `line-${n}`, { line: bankLine('credit', BigInt(n), '2017-03-01') }, SYSTEM);
    const before = await book();
    // The whole batch, then the first alone, then what is left, then the second alone.
    const refused = { before: canceled('None', 'ValidationError') };
    fates = [refused, 'taken', refused, refused];
    await expect(kernel.execute(FUND, [of(1), of(2), of(3)], { recordRefusals: true })).rejects.toThrow();
    expect(await book()).toEqual({ seq: before.seq + 1, bankFen: 1n });
  });
});
