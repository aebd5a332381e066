import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFileBank, readBankFile } from '#shared/adapters/bank/channel.ts';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { sendPayments } from '#shared/application/pay.ts';
import { relay } from '#shared/application/queue.ts';
import { carryOut } from '#shared/application/work.ts';
import {
  type Envelope,
  envelopeOf,
  type ImportMessage,
  type PaymentMessage,
  paymentMessage,
} from '#shared/contracts/messages.ts';
import { createFifoHandler, type QueueHandler } from '#shared/runtime/fifo.ts';
import { objectCreated } from '#shared/runtime/object-created.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import { type BankEntry, camt053, closingFen, pain002, readPain001 } from '../support/bank-documents.ts';
import { type DynamoEngine, startDynamo, type Tables } from '../support/engines/dynamo.ts';
import { type QueuesAndFiles, startQueues } from '../support/engines/queues.ts';
import { sqsRecord } from '../support/lambda-events.ts';
import {
  approveLoan,
  contractOf,
  createWorld,
  FUND,
  found,
  fundWith,
  loanIdOf,
  people,
  seedCharter,
  WAN,
  type World,
} from '../support/world.ts';

const ACCOUNT = seedCharter.account.number;

describe('the way of a yuan on the local engines', () => {
  let dynamo: DynamoEngine;
  let engine: QueuesAndFiles;
  beforeAll(async () => {
    [dynamo, engine] = await Promise.all([startDynamo(), startQueues()]);
  });
  afterAll(() => Promise.all([dynamo.stop(), engine.stop()]));

  let offices = 0;

  /** A fund office whose functions are wired as on AWS, with the events between them handed on by hand. */
  const openOffice = async () => {
    offices += 1;
    const tables: Tables = await dynamo.createTables();
    const ledger = createDynamoLedger(dynamo.client, tables);
    const world = createWorld('2018-03-01', ledger);
    await found(world);
    await fundWith(world, 1_000n * WAN);
    const urls = {
      fund: await engine.createQueue(`fund-${offices}`),
      payments: await engine.createQueue(`payments-${offices}`),
    };
    const queues = {
      fund: createCommandQueue<Envelope>(engine.sqs, urls.fund),
      payments: createCommandQueue<PaymentMessage>(engine.sqs, urls.payments),
      imports: createCommandQueue<ImportMessage>(engine.sqs, await engine.createQueue(`imports-${offices}`)),
    };
    const bucket = await engine.createBucket(`bank-${offices}`);
    const files = engine.objectsIn(bucket);
    const bank = createFileBank(files);
    const worker = createFifoHandler(envelopeOf(machineKinds), (fundId, commands) =>
      carryOut(world.kernel, machineKinds, fundId, commands),
    );
    const sender = createFifoHandler(paymentMessage, (fundId, messages) =>
      sendPayments(ledger, bank, fundId, messages),
    );
    const intake = createFifoHandler(objectCreated, async (_group, events) => {
      for (const key of events.flat())
        await queues.fund.send(await readBankFile(key, await files.get(key), (fundId) => accountsOf(ledger, fundId)));
    });
    let relayed = 0;
    const entries = async () =>
      [...(await dynamo.contents(tables, 'journalTable')).values()].map(decodeEntry).sort((a, b) => a.seq - b.seq);
    const accept = async (handler: QueueHandler, records: readonly SQSRecord[]) => {
      for (let at = 0; at < records.length; at += 10) {
        const answer = await handler({ Records: records.slice(at, at + 10) });
        expect(answer.batchItemFailures).toEqual([]);
      }
    };
    return {
      world,
      ledger,
      entries,
      files,
      /** Relays, works and sends until nothing moves any more; every message is handed over `times` times. */
      settle: async (times = 1) => {
        for (;;) {
          const news = (await entries()).slice(relayed);
          relayed += news.length;
          await relay(news, queues);
          const [commands, payments] = [await engine.drain(urls.fund), await engine.drain(urls.payments)];
          if (news.length + commands.length + payments.length === 0) return;
          for (let time = 0; time < times; time += 1) {
            await accept(worker, commands);
            await accept(sender, payments);
          }
        }
      },
      /** The bank delivers a file; S3 tells of it. */
      deliver: async (name: string, body: string, times = 1) => {
        const key = `inbox/${FUND}/${name}`;
        await engine.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
        const event = JSON.stringify({ Records: [{ s3: { object: { key: encodeURIComponent(key) } } }] });
        for (let time = 0; time < times; time += 1) await accept(intake, [sqsRecord(`${name}-${time}`, event)]);
      },
    };
  };

  const statement = (id: string, date: string, entries: readonly BankEntry[]) => ({
    id,
    account: ACCOUNT,
    date,
    openingFen: 1_000n * WAN,
    entries,
  });

  const contracted = async (world: World): Promise<string> => {
    const caseId = await approveLoan(world, 1, 30n * WAN - 93n);
    await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
    return loanIdOf(1);
  };

  test('given a contract, when the queues and the bank have done their part, then the loan is out and partly repaid', async () => {
    const office = await openOffice();
    const { world } = office;
    const loanId = await contracted(world);
    await office.settle();
    const order = readPain001(Buffer.from(await office.files.get(`outbox/${FUND}/${loanId}-P1.xml`)).toString());
    expect(order).toEqual({ endToEndId: `${loanId}-P1`, amountFen: 30n * WAN - 93n, payee: '62220000000001' });
    await office.deliver('s1.xml', pain002(order.endToEndId, 'ACSP'));
    const today = world.clock.today();
    const lines: readonly BankEntry[] = [
      { reference: 'B-1', bookedOn: today, side: 'debit', amountFen: order.amountFen, endToEndId: order.endToEndId },
      { reference: 'B-2', bookedOn: today, side: 'credit', amountFen: 5n * WAN + 7n, remittance: `还款 ${loanId}` },
      { reference: 'B-3', bookedOn: today, side: 'credit', amountFen: 11n, remittance: '不知何款' },
    ];
    const file = statement('ST-1', today, lines);
    await office.deliver('st 1+a.xml', camt053(file), 3);
    await office.settle(3);
    expect(await world.read('loan', loanId)).toMatchObject({
      status: 'active',
      schedule: [{ principalFen: 30n * WAN - 93n, paidFen: 5n * WAN + 7n }],
    });
    const types = (await office.entries()).map((e) => e.type);
    for (const type of ['loan.instructed', 'loan.settled', 'loan.repaid', 'bank-line.unmatched', 'statement.recorded'])
      expect(types.filter((t) => t === type)).toHaveLength(1);
    const { head } = await office.ledger.load(FUND, []);
    expect(head).toMatchObject({ bankFen: closingFen(file), inTransitFen: 0n, heldFen: 0n });
  });

  test('given the bank refuses, says so twice, and is asked again, when it pays then, then there are two orders and one debt', async () => {
    const office = await openOffice();
    const { world } = office;
    const loanId = await contracted(world);
    await office.settle(2);
    await office.deliver('r1.xml', pain002(`${loanId}-P1`, 'RJCT', '账号有误'), 2);
    await office.deliver('r2.xml', pain002(`${loanId}-P1`, 'RJCT', '账号有误'));
    await office.settle(2);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'payment-rejected' });
    await world.run('loan.reinstruct', { loanId, reason: '核对无误，重付' }, people.treasurer);
    await office.settle(2);
    await office.files.get(`outbox/${FUND}/${loanId}-P2.xml`);
    const today = world.clock.today();
    const lines: readonly BankEntry[] = [
      { reference: 'B-1', bookedOn: today, side: 'debit', amountFen: 30n * WAN - 93n, endToEndId: `${loanId}-P2` },
    ];
    await office.deliver('st-1.xml', camt053(statement('ST-1', today, lines)), 2);
    await office.settle(2);
    expect(await world.read('loan', loanId)).toMatchObject({ status: 'active' });
    const vouchers = (await office.entries()).filter((e) => e.links.loan === loanId && e.lines !== undefined);
    expect(vouchers.map((e) => e.type)).toEqual(['loan.instructed', 'payment.rejected', 'loan.instructed']);
  });

  test('given a statement of another account, when it is delivered, then it goes back and the book stays as it was', async () => {
    const office = await openOffice();
    const before = await office.entries();
    const foreign = { ...statement('ST-9', '2018-03-01', []), account: '999999' };
    await expect(office.deliver('foreign.xml', camt053(foreign))).rejects.toThrow();
    await office.settle();
    expect(await office.entries()).toEqual(before);
  });
});
