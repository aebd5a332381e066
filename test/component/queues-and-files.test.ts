import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFileBank } from '#shared/adapters/bank/channel.ts';
import { buildPain001 } from '#shared/adapters/bank/pain001.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { allKinds } from '#shared/application/prepare.ts';
import { ENVELOPE_VERSION, type Envelope, envelopeOf } from '#shared/contracts/messages.ts';
import { type QueuesAndFiles, startQueues } from '../support/engines/queues.ts';

const message = (fundId: string, n: number): Envelope => ({
  v: ENVELOPE_VERSION,
  id: `message-${n}`,
  kind: 'case.lapse',
  fundId,
  payload: { caseId: 'CS-000000000001' },
});

describe('queues and bank files on the local engine', () => {
  let engine: QueuesAndFiles;
  beforeAll(async () => {
    engine = await startQueues();
  });
  afterAll(() => engine.stop());

  const numbersOf = (bodies: readonly string[], fundId: string): readonly string[] =>
    bodies.map((b) => envelopeOf(allKinds).parse(JSON.parse(b))).flatMap((m) => (m.fundId === fundId ? [m.id] : []));

  test('given more messages than one call takes, of two funds, when they are received, then each fund has its order', async () => {
    const url = await engine.createQueue('two-funds');
    const queue = createCommandQueue<Envelope>(engine.sqs, url);
    const sent = Array.from({ length: 23 }, (_, i) => message(i % 3 === 0 ? 'guidance' : 'seed', i));
    await queue.send(sent);
    const taken = await engine.drain(url);
    expect(taken).toHaveLength(23);
    for (const fundId of ['seed', 'guidance']) {
      const bodies = taken.filter((r) => r.attributes.MessageGroupId === fundId).map((r) => r.body);
      expect(numbersOf(bodies, fundId)).toEqual(sent.filter((m) => m.fundId === fundId).map((m) => m.id));
    }
  });

  test('given the same commands sent twice, when they are received, then the queue gives each out once', async () => {
    const url = await engine.createQueue('twice');
    const queue = createCommandQueue<Envelope>(engine.sqs, url);
    await queue.send([message('seed', 1), message('seed', 2)]);
    await queue.send([message('seed', 1), message('seed', 2), message('seed', 3)]);
    expect(
      numbersOf(
        (await engine.drain(url)).map((r) => r.body),
        'seed',
      ),
    ).toEqual(['message-1', 'message-2', 'message-3']);
  });

  test('given a command of the same id for another fund, when both are sent, then neither swallows the other', async () => {
    const url = await engine.createQueue('same-id');
    const queue = createCommandQueue<Envelope>(engine.sqs, url);
    await queue.send([message('seed', 1), message('guidance', 1)]);
    expect(await engine.drain(url)).toHaveLength(2);
  });

  test('given nothing to send, when it is sent, then nothing is asked of the queue', async () => {
    const queue = createCommandQueue<Envelope>(engine.sqs, 'http://127.0.0.1:1/no-such-queue');
    await expect(queue.send([])).resolves.toBeUndefined();
  });

  test('given a file that is there, when it is put again with other bytes, then it stays as it was', async () => {
    const bucket = await engine.createBucket('write-once');
    const files = engine.objectsIn(bucket);
    expect(await files.putOnce('outbox/seed/a.xml', Buffer.from('first'))).toBe(true);
    expect(await files.putOnce('outbox/seed/a.xml', Buffer.from('second'))).toBe(false);
    expect(Buffer.from(await files.get('outbox/seed/a.xml')).toString()).toBe('first');
  });

  test('given an instruction sent three times, when the bucket is read, then there is one file of the same bytes', async () => {
    const bucket = await engine.createBucket('instructions');
    const bank = createFileBank(engine.objectsIn(bucket));
    const instruction = {
      paymentId: 'LN-000000000001-P1',
      amountFen: 30_000_007n,
      debtor: { name: '专户', number: '310001012345678901', bankCode: '314653000011' },
      creditor: { name: '企业', number: '622200000001', bankCode: '314653000011' },
      remittance: '免息贷款',
      executionDate: '2018-03-01',
    };
    for (let time = 0; time < 3; time += 1) await bank.instruct('seed', instruction);
    const stored = await engine.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'outbox/seed/LN-000000000001-P1.xml' }),
    );
    const bytes = Buffer.from((await stored.Body?.transformToByteArray()) ?? []);
    const sha256 = (given: string | Buffer) => createHash('sha256').update(given).digest('hex');
    expect(sha256(bytes)).toBe(sha256(buildPain001(instruction)));
    expect(bytes.toString()).toContain('<InstdAmt Ccy="CNY">300000.07</InstdAmt>');
  });

  test('given a key nobody wrote, when it is read, then it throws and is not an empty file', async () => {
    const bucket = await engine.createBucket('empty');
    await expect(engine.objectsIn(bucket).get('inbox/seed/none.xml')).rejects.toThrow();
  });
});
