import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LambdaFunction } from '../lambda/function.ts';
import type { Queue } from '../provision/queues.ts';
import type { Json } from '../template/json.ts';
import { failedItems } from './batch-response.ts';
import type { Filter } from './filter.ts';
import { Slots } from './slots.ts';
import type { Complain, EventSource } from './source.ts';

/** How an event source mapping hands the messages of a queue to a function. */
export interface QueueMapping {
  readonly queue: Queue;
  readonly target: LambdaFunction;
  readonly batchSize: number;
  readonly concurrencyMax: number;
  readonly partialResponses: boolean;
  readonly filter: Filter;
}

const WAIT_SECONDS = 20;
const RECEIVE_MAX = 10;
const PAUSE_AFTER_ERROR_MILLISECONDS = 1_000;

/**
 * Takes messages off a queue and hands them to a function, several batches at a time if the queue allows it: a FIFO queue
 * gives nothing more of a group whose batch is still being worked on. What the function does not report as failed is
 * deleted; the rest comes again after its visibility timeout, and goes to the dead-letter queue as the queue says.
 */
export class QueueSource implements EventSource {
  readonly name: string;
  readonly #client: SQSClient;
  readonly #mapping: QueueMapping;
  readonly #region: string;
  readonly #complain: Complain;
  readonly #slots: Slots;
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #polling: Promise<void> = Promise.resolve();

  constructor(client: SQSClient, mapping: QueueMapping, region: string, complain: Complain) {
    this.name = `queue ${mapping.queue.name}`;
    this.#client = client;
    this.#mapping = mapping;
    this.#region = region;
    this.#complain = complain;
    this.#slots = new Slots(Math.min(mapping.concurrencyMax, mapping.target.concurrencyMax));
  }

  start(): void {
    this.#polling = this.#poll();
  }

  async isDrained(): Promise<boolean> {
    return this.#working.size === 0 && (await countMessages(this.#client, this.#mapping.queue.url)) === 0;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
    await Promise.all(this.#working);
  }

  async #poll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#slots.take();
      const messages = await this.#receive();
      if (messages.length === 0) {
        this.#slots.giveBack();
        continue;
      }
      const work = this.#handle(messages).finally(() => {
        this.#slots.giveBack();
        this.#working.delete(work);
      });
      this.#working.add(work);
    }
  }

  async #receive(): Promise<readonly Message[]> {
    const { queue, batchSize } = this.#mapping;
    try {
      const answer = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: queue.url,
          MaxNumberOfMessages: Math.min(batchSize, RECEIVE_MAX),
          WaitTimeSeconds: WAIT_SECONDS,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: this.#stopping.signal },
      );
      return answer.Messages ?? [];
    } catch (error) {
      if (this.#stopping.signal.aborted) return [];
      this.#complain(`queue ${queue.name} cannot be read`, error);
      await delay(PAUSE_AFTER_ERROR_MILLISECONDS);
      return [];
    }
  }

  async #handle(messages: readonly Message[]): Promise<void> {
    const { target, filter, partialResponses } = this.#mapping;
    const records = messages.map((message) => this.#recordOf(message));
    const wanted = records.filter((record) => filter({ ...record, body: parsedBody(record.body) }));
    const identifiers = wanted.map((record) => record.messageId);
    const failed =
      wanted.length === 0
        ? new Set<string>()
        : failedItems(await target.invoke({ Records: wanted }), identifiers, partialResponses);
    await this.#remove(records.filter((record) => !failed.has(record.messageId)));
  }

  async #remove(records: readonly { readonly receiptHandle: string }[]): Promise<void> {
    const { url, name } = this.#mapping.queue;
    if (records.length === 0) return;
    try {
      await this.#client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: url,
          Entries: records.map(({ receiptHandle }, i) => ({ Id: String(i), ReceiptHandle: receiptHandle })),
        }),
      );
    } catch (error) {
      // They come again, which every consumer of a queue must bear.
      this.#complain(`messages of ${name} were worked on but could not be deleted`, error);
    }
  }

  #recordOf(message: Message) {
    const { MessageId: messageId = '', ReceiptHandle: receiptHandle = '', Body: body = '' } = message;
    return {
      messageId,
      receiptHandle,
      body,
      attributes: { ...message.Attributes },
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attributeOf(value)]),
      ),
      md5OfBody: message.MD5OfBody ?? '',
      eventSource: 'aws:sqs',
      eventSourceARN: this.#mapping.queue.arn,
      awsRegion: this.#region,
    };
  }
}

/** Messages in a queue: waiting, delayed, and being worked on. */
export async function countMessages(client: SQSClient, url: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

const attributeOf = ({ StringValue, BinaryValue, DataType }: MessageAttributeValue) => ({
  ...(StringValue === undefined ? {} : { stringValue: StringValue }),
  ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType ?? 'String',
});

/** Filters look into a body that is JSON; any other is matched as the text it is. */
function parsedBody(body: string): Json {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
