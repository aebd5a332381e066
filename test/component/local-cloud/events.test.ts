import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '#infra/local/cloud.ts';
import { listOf, startSmallCloud, temporaryDirectory, writeEntry } from './support/cloud.ts';

const directory = temporaryDirectory();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startSmallCloud(directory.path);
});
afterAll(async () => {
  await cloud.stop();
  directory.remove();
});

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
const sendToInbox = (message: object) =>
  cloud.clients.sqs.send(
    new SendMessageCommand({ QueueUrl: cloud.outputs['InboxQueue'], MessageBody: JSON.stringify(message) }),
  );
const deadLettersIn = async (queue: string) =>
  (await cloud.deadLetters()).find((each) => each.queue.endsWith(queue))?.count;

describe('entries of several books, written at the same time', () => {
  const books = ['red', 'green', 'blue'];

  it('reach stream and queue consumers, each book in its order', async () => {
    await Promise.all(
      books.map(async (book) => {
        for (const seq of numbers(15)) await writeEntry(cloud, book, seq);
      }),
    );
    await cloud.idle();
    for (const book of books) {
      expect(await listOf(cloud, `heard ${book}`)).toEqual(numbers(15));
      expect(await listOf(cloud, `done ${book}`)).toEqual(numbers(15));
    }
  });

  it('are worked on one batch of a book at a time', async () => {
    for (const seq of ['16', '17', '18']) for (const book of books) await writeEntry(cloud, book, seq, 'slow');
    await cloud.idle();
    for (const book of books) {
      const spans = (await listOf(cloud, `spans ${book}`)).map((span) => span.split(' '));
      expect(spans.length).toBeGreaterThan(3);
      for (let i = 0; i < spans.length; i += 2) {
        expect(spans[i]).toEqual(['begin', spans[i + 1]?.[1]]);
        expect(spans[i + 1]?.[0]).toBe('end');
      }
    }
  });

  it('do not reach a consumer whose filter does not pass them', async () => {
    await writeEntry(cloud, 'silent', '1');
    await cloud.idle();
    expect(await listOf(cloud, 'heard silent')).toEqual(['1']);
    expect(await listOf(cloud, 'done silent')).toEqual([]);
  });
});

describe('a message that fails', () => {
  it('comes again with what follows it, and nothing that was done is done again', async () => {
    for (const seq of numbers(5)) await writeEntry(cloud, 'hasty', seq, seq === '3' ? 'fail once' : 'slow');
    await cloud.idle();
    expect(await listOf(cloud, 'done hasty')).toEqual(numbers(5));
    expect(await deadLettersIn('work-dead.fifo')).toBe(0);
  });

  it('goes to the dead-letter queue after as many receives as the queue allows, and the others go on', async () => {
    await writeEntry(cloud, 'broken', '1', 'fail');
    await cloud.idle();
    await writeEntry(cloud, 'broken', '2');
    await cloud.idle();
    expect(await listOf(cloud, 'done broken')).toEqual(['2']);
    expect(await deadLettersIn('work-dead.fifo')).toBe(1);
  });

  it('does so from a standard queue as well, when the function crashes', async () => {
    await sendToInbox({ crash: true });
    await sendToInbox({ fired: 'by hand' });
    await cloud.idle();
    expect(await listOf(cloud, 'fired')).toEqual(['by hand']);
    expect(await deadLettersIn('InboxDead')).toBe(1);
  });
});

describe('a record of the stream that keeps failing', () => {
  it('is given up alone, with a pointer to it in the on-failure queue', async () => {
    for (const seq of numbers(4)) await writeEntry(cloud, 'sick', seq, seq === '2' ? 'poison' : 'plain');
    await cloud.idle();
    expect(await listOf(cloud, 'heard sick')).toEqual(['1', '3', '4']);
    expect(await deadLettersIn('StreamDead')).toBe(1);
    const { sqs } = cloud.clients;
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'Small-StreamDead' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const pointer = JSON.parse(Messages?.[0]?.Body ?? '{}');
    expect(pointer).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining('Small-Entries') },
    });
    expect(JSON.stringify(pointer)).not.toContain('poison');
  });
});

describe('a stored object', () => {
  it('is told to the queue when it lies under the prefix, its name escaped', async () => {
    const put = (Key: string, Body: string) =>
      cloud.clients.s3.send(new PutObjectCommand({ Bucket: cloud.outputs['FilesBucket'], Key, Body }));
    await put('in/对账单 2019-07.xml', '<a/>');
    await put('elsewhere/b.xml', '<b/>');
    await cloud.idle();
    expect(await listOf(cloud, 'objects')).toEqual(['in/对账单 2019-07.xml: <a/>']);
  });
});
