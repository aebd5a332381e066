import { SendMessageBatchCommand, type SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createMemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { createKernel } from '#shared/application/execute.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { relay } from '#shared/application/queue.ts';
import { carryOut } from '#shared/application/work.ts';
import { type Envelope, envelopeOf, type ImportMessage, type PaymentMessage } from '#shared/contracts/messages.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';
import { createJournalHandler, entryOf, fundOf } from '#shared/runtime/stream.ts';
import { encodeEntry } from '#shared/storage/codecs/entry.ts';
import { sqsRecord } from '../support/lambda-events.ts';
import { bankLine, createWorld, FUND, found } from '../support/world.ts';

describe('the handler of a FIFO queue', () => {
  const schema = z.strictObject({ n: z.int() });

  /** Ten messages of two funds, in turns: even numbers are one fund's, odd ones the other's. */
  const tenMessages = () =>
    Array.from({ length: 10 }, (_, n) => sqsRecord(`m${n}`, JSON.stringify({ n }), n % 2 === 0 ? 'even' : 'odd'));

  /** A handler that notes what it was given and fails on one number. */
  const failingAt = (bad?: number) => {
    const given: number[] = [];
    const handler = createFifoHandler(schema, async (_group, messages) => {
      for (const { n } of messages) {
        if (n === bad) throw new Error(`number ${n}`);
        given.push(n);
      }
    });
    return { given, handler };
  };

  const failed = async (handler: ReturnType<typeof failingAt>['handler'], records: ReturnType<typeof tenMessages>) =>
    (await handler({ Records: records })).batchItemFailures.map((f) => f.itemIdentifier);

  test('given a good batch, when it is handled, then nothing goes back and each fund keeps its order', async () => {
    const { given, handler } = failingAt();
    expect(await failed(handler, tenMessages())).toEqual([]);
    expect(given).toEqual([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'given message %i fails, when the batch is handled, then its fund goes back and no unprocessed message is acknowledged',
    async (bad) => {
      const { given, handler } = failingAt(bad);
      const back = await failed(handler, tenMessages());
      const ofSameFund = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((n) => n % 2 === bad % 2);
      expect(back.sort()).toEqual(ofSameFund.map((n) => `m${n}`));
      expect(given.filter((n) => n % 2 !== bad % 2)).toHaveLength(5);
    },
  );

  test.each(['not json', '{}', '{"n":1.5}', '{"n":1,"__proto__":{}}', '{"n":1,"more":2}', 'null', ''])(
    'given a message that cannot be understood (%s), when it is handled, then it and what follows it in its fund go back',
    async (body) => {
      const { given, handler } = failingAt();
      const records = tenMessages().map((r) => (r.messageId === 'm4' ? { ...r, body } : r));
      expect(await failed(handler, records)).toEqual(['m4', 'm6', 'm8']);
      expect(given).toEqual([0, 2, 1, 3, 5, 7, 9]);
    },
  );

  test('given a command whose payload is not of its kind, when a worker takes the batch, then what came before it took effect', async () => {
    const ledger = createMemoryLedger();
    const world = createWorld('2018-03-01', ledger);
    await found(world);
    const worker = createFifoHandler(envelopeOf(machineKinds), (fundId, commands) =>
      carryOut(world.kernel, machineKinds, fundId, commands),
    );
    const suspense = (n: number, line: object) =>
      sqsRecord(
        `m${n}`,
        JSON.stringify({ v: 1, id: `c${n}`, kind: 'receipt.suspend', fundId: FUND, payload: { line } }),
        FUND,
      );
    const good = (n: number) => suspense(n, bankLine('credit', BigInt(n), '2018-03-01'));
    const poison = suspense(2, { ...bankLine('credit', 2n, '2018-03-01'), amountFen: '2.5' });
    const before = (await ledger.load(FUND, [])).head.bankFen;
    const { batchItemFailures } = await worker({ Records: [good(1), poison, good(3)] });
    expect(batchItemFailures.map((f) => f.itemIdentifier)).toEqual(['m2', 'm3']);
    expect((await ledger.load(FUND, [])).head.bankFen).toBe(before + 1n);
  });

  test('given a book that stays busy, when a worker takes the batch, then all go back and no refusal is recorded', async () => {
    const ledger = createMemoryLedger();
    const world = createWorld('2018-03-01', ledger);
    await found(world);
    const { journal } = ledger;
    const entries = journal.size;
    const busy = { load: ledger.load, commit: async () => 'contention' as const };
    const kernel = createKernel({ ledger: busy, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const worker = createFifoHandler(envelopeOf(machineKinds), (fundId, commands) =>
      carryOut(kernel, machineKinds, fundId, commands),
    );
    const Records = [1, 2].map((n) => {
      const payload = { line: bankLine('credit', BigInt(n), '2018-03-01') };
      return sqsRecord(
        `m${n}`,
        JSON.stringify({ v: 1, id: `c${n}`, kind: 'receipt.suspend', fundId: FUND, payload }),
        FUND,
      );
    });
    const { batchItemFailures } = await worker({ Records });
    expect(batchItemFailures.map((f) => f.itemIdentifier)).toEqual(['m1', 'm2']);
    expect(journal.size).toBe(entries);
  });

  test('given messages without a group, when one fails, then only that one goes back', async () => {
    const { handler } = failingAt(2);
    const records = [0, 1, 2, 3].map((n) => sqsRecord(`m${n}`, JSON.stringify({ n })));
    expect(await failed(handler, records)).toEqual(['m2']);
  });
});

const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  fundId: 'seed',
  seq,
  type: 'loan.contracted',
  businessDate: parseDate('2018-03-01'),
  recordedAt: '2018-03-01T01:00:00.000Z',
  summary: '合同',
  links: {},
  actor: { kind: 'system', id: 'jinqu' },
  commandId: `c${seq}`,
  payloadHash: 'h',
  outbox: [
    { queue: 'fund', id: `f${seq}`, kind: 'loan.instruct', payload: { loanId: 'LN-000000000001' } },
    { queue: 'payments', id: `p${seq}`, kind: 'payment.send', payload: {} },
  ],
  ...more,
});

const record = (e: Entry, eventName: DynamoDBRecord['eventName'] = 'INSERT'): DynamoDBRecord => ({
  eventName,
  dynamodb: {
    SequenceNumber: `s${e.seq}`,
    NewImage: marshall(encodeEntry(e)) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>,
  },
});

describe('the outbox relay', () => {
  let sqs: AwsClientStub<SQSClient>;
  let sent: string[];
  const handler = () => {
    const client = new SQSClient({});
    sqs = mockClient(client);
    const queues = {
      fund: createCommandQueue<Envelope>(client, 'fund'),
      payments: createCommandQueue<PaymentMessage>(client, 'payments'),
      imports: createCommandQueue<ImportMessage>(client, 'imports'),
    };
    return createJournalHandler(entryOf, (entries) => relay(entries, queues));
  };
  beforeEach(() => {
    sent = [];
  });
  afterEach(() => sqs.restore());

  const take = (input: SendMessageBatchCommandInput) => {
    for (const { MessageBody } of input.Entries ?? []) sent.push(String(JSON.parse(MessageBody ?? '').id));
    return { Successful: [], Failed: [] };
  };
  const three = [entry(1), entry(2), entry(3)].map((e) => record(e));

  test('given entries that ask for commands, when relayed, then each queue has them in book order', async () => {
    const run = handler();
    sqs.on(SendMessageBatchCommand).callsFake(take);
    expect(await run({ Records: three })).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual(['f1', 'f2', 'f3', 'p1', 'p2', 'p3']);
  });

  test('given the queue takes some of a call and not others, when relayed, then the whole batch comes again', async () => {
    const run = handler();
    sqs.on(SendMessageBatchCommand).callsFake((input) => {
      take(input);
      return { Successful: [{}], Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] };
    });
    await expect(run({ Records: three })).rejects.toThrow('1 of 3 messages were not taken');
  });

  test.each(['fund', 'payments'])(
    'given the %s queue does not answer, when relayed, then the batch comes again',
    async (QueueUrl) => {
      const run = handler();
      sqs.on(SendMessageBatchCommand).callsFake(take);
      sqs.on(SendMessageBatchCommand, { QueueUrl }).rejects(Object.assign(new Error(), { name: 'TimeoutError' }));
      await expect(run({ Records: three })).rejects.toMatchObject({ name: 'TimeoutError' });
    },
  );

  test('given a batch relayed twice, when the ids are compared, then they and their deduplication are the same', async () => {
    const run = handler();
    const ids: (string | undefined)[][] = [];
    sqs.on(SendMessageBatchCommand).callsFake((input: SendMessageBatchCommandInput) => {
      ids.push((input.Entries ?? []).map((e) => e.MessageDeduplicationId));
      return take(input);
    });
    await run({ Records: three });
    await run({ Records: three });
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    expect(new Set(ids.flat()).size).toBe(6);
  });

  test('given a record that is no entry, when relayed, then nothing is sent and the batch comes again', async () => {
    const run = handler();
    sqs.on(SendMessageBatchCommand).callsFake(take);
    const poison = { ...record(entry(2)), dynamodb: { SequenceNumber: 's2', NewImage: { book: { S: 'BOOK#seed' } } } };
    await expect(run({ Records: [record(entry(1)), poison] })).rejects.toThrow('the stored item BOOK#seed');
    expect(sent).toEqual([]);
  });

  test('given entries of two books, when only the books are asked for, then each record names its own', async () => {
    const told: string[] = [];
    const run = createJournalHandler(fundOf, async (funds) => void told.push(...funds));
    const records = [entry(1), entry(1, { fundId: 'kv' }), entry(2)].map((e) => record(e));
    expect(await run({ Records: [...records, record(entry(3), 'REMOVE')] })).toEqual({ batchItemFailures: [] });
    expect(told).toEqual(['seed', 'kv', 'seed']);
    await expect(run({ Records: [{ ...records[0], dynamodb: { NewImage: {} } }] })).rejects.toThrow('no book');
  });

  test.each(['MODIFY', 'REMOVE'] as const)(
    'given a %s in the Journal, when it is seen, then it is counted and relays nothing',
    async (name) => {
      const run = handler();
      sqs.on(SendMessageBatchCommand).callsFake(take);
      const lines: string[] = [];
      const { log } = console;
      console.log = (line: string) => lines.push(line);
      const answer = await run({ Records: [record(entry(1), name)] }).finally(() => {
        console.log = log;
      });
      expect(answer).toEqual({ batchItemFailures: [] });
      expect(sent).toEqual([]);
      expect(lines.map((l) => JSON.parse(l))).toMatchObject([{ JournalTampered: 1, eventName: name }]);
    },
  );
});
