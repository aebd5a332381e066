import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '#infra/local/engines/dynamodb-engine.ts';
import { startQueueEngine } from '#infra/local/engines/queue-engine.ts';
import { freePort } from '#infra/local/ports.ts';
import { temporaryDirectory } from './support/cloud.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let port: number;
let engine: Engine;
let client: SQSClient;

const start = async () => {
  engine = await startQueueEngine(directory.path, 'us-east-1', port);
};

beforeEach(async () => {
  directory = temporaryDirectory();
  port = await freePort();
  await start();
  client = new SQSClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterEach(async () => {
  client.destroy();
  await engine.stop();
  directory.remove();
});

async function makeQueue(name: string, attributes: Record<string, string> = {}): Promise<string> {
  const Attributes = { ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}), ...attributes };
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl ?? '';
}

async function send(QueueUrl: string, group: string, ...bodies: readonly string[]): Promise<void> {
  for (const MessageBody of bodies) {
    const fifo = { MessageGroupId: group, MessageDeduplicationId: `${group} ${MessageBody}` };
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...(QueueUrl.endsWith('.fifo') ? fifo : {}) }));
  }
}

async function receive(QueueUrl: string, options: { count?: number; hiddenSeconds?: number } = {}): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: options.count ?? 10,
      VisibilityTimeout: options.hiddenSeconds ?? 30,
      WaitTimeSeconds: 2,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
}

const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);

async function deadLettered(): Promise<{ queue: string; dead: string }> {
  const dead = await makeQueue('dead.fifo');
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.['QueueArn'], maxReceiveCount: 1 });
  return { queue: await makeQueue('work.fifo', { RedrivePolicy }), dead };
}

describe('a FIFO receive', () => {
  it('gives several messages of one group, in order, and nothing more of it until they are done', async () => {
    const queue = await makeQueue('work.fifo');
    await send(queue, 'seed', '1', '2', '3');
    await send(queue, 'other', '4');
    expect(bodies(await receive(queue, { count: 2 }))).toEqual(['1', '2']);
    await send(queue, 'seed', '5');
    expect(bodies(await receive(queue))).toEqual(['4']);
  });

  it('gives messages whose visibility ended together in the order they were sent', async () => {
    const queue = await makeQueue('work.fifo');
    await send(queue, 'seed', '1', '2', '3', '4');
    await receive(queue, { hiddenSeconds: 1 });
    // The receive waits until they are there again.
    expect(bodies(await receive(queue))).toEqual(['1', '2', '3', '4']);
  });
});

describe('groups', () => {
  it('take turns, however much waits in one of them', async () => {
    const queue = await makeQueue('work.fifo');
    await send(queue, 'seed', '1', '2', '3');
    await send(queue, 'other', '4');
    const [first] = await receive(queue, { count: 1 });
    await client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle: first?.ReceiptHandle }));
    expect(bodies(await receive(queue, { count: 1 }))).toEqual(['4']);
  });
});

describe('a visibility timeout of zero', () => {
  it('gives the message back at once, and it outlives a restart', async () => {
    const queue = await makeQueue('work.fifo');
    await send(queue, 'seed', '1');
    const [message] = await receive(queue);
    const { ReceiptHandle } = message ?? {};
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle, VisibilityTimeout: 0 }));
    const again = await receive(queue);
    expect(again.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([['1', '2']]);
    await engine.stop();
    await start();
    expect(bodies(await receive(queue))).toEqual(['1']);
  });
});

describe('a move to the dead-letter queue', () => {
  it('keeps the message when the engine is killed in the middle of it', async () => {
    const { queue, dead } = await deadLettered();
    await send(queue, 'seed', '1');
    await receive(queue, { hiddenSeconds: 0 });
    await engine.stop();
    const child = fork(join(import.meta.dirname, 'support', 'killed-engine.ts'), [directory.path, String(port)], {
      execArgv: [],
    });
    const exit = once(child, 'exit');
    await once(child, 'message');
    await receive(queue).catch(() => undefined);
    child.kill('SIGTERM');
    await exit;
    expect(child.signalCode).toBe('SIGKILL');
    await start();
    expect(await receive(queue)).toEqual([]);
    expect(bodies(await receive(dead))).toEqual(['1']);
  });
});

describe('a queue that exists', () => {
  it('can be set to high throughput', async () => {
    const queue = await makeQueue('work.fifo');
    const Attributes = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
    await client.send(new SetQueueAttributesCommand({ QueueUrl: queue, Attributes }));
    const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }));
    expect(answer.Attributes).toMatchObject(Attributes);
  });
});

describe('a restart of the engine', () => {
  it('frees what was being worked on and does not count that receive', async () => {
    const queue = await makeQueue('work.fifo');
    await send(queue, 'seed', '1', '2');
    expect(bodies(await receive(queue, { hiddenSeconds: 600 }))).toEqual(['1', '2']);
    await engine.stop();
    await start();
    const again = await receive(queue);
    expect(again.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ['1', '1'],
      ['2', '1'],
    ]);
  });

  it('keeps the order of what was waiting', async () => {
    const queue = await makeQueue('work.fifo');
    await send(queue, 'seed', '1', '2', '3');
    await engine.stop();
    await start();
    expect(bodies(await receive(queue))).toEqual(['1', '2', '3']);
  });
});
