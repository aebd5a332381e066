import { DatabaseSync } from 'node:sqlite';
import { PersistenceManager } from '../../../node_modules/fauxqs/dist/persistence.js';
import { type SqsQueue, SqsStore } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import { SETTABLE_ATTRIBUTES } from '../../../node_modules/fauxqs/dist/sqs/sqsTypes.js';

/**
 * Corrections to fauxqs 2.4.1, which is pinned. Each is covered by a test in test/component/local-cloud/queues.test.ts:
 *
 * - a FIFO receive returned one message per group; SQS returns as many of a group as it can before it takes another's,
 *   and group commit needs them;
 * - messages of one group whose visibility ended together came back in reverse order;
 * - with persistence, setting a visibility timeout of 0 broke a NOT NULL constraint and the message vanished;
 * - a move to the dead-letter queue was a delete and an insert, and a kill between the two lost the message; a kill within
 *   a batch left half of it;
 * - the attributes of high throughput could be given to a new queue but not to one that exists.
 *
 * What one request changes in the file is one transaction. It ends in the microtask after the request's own code, which
 * runs before anything is answered: an answer is given for what is on disk, and the disk is waited for once.
 */
export class DurableMessages extends PersistenceManager {
  readonly #file: DatabaseSync;
  #isOpen = false;

  constructor(directory: string) {
    super(directory);
    const file: unknown = Reflect.get(this, 'db');
    if (!(file instanceof DatabaseSync)) throw new Error('this is not the fauxqs the corrections were made for');
    this.#file = file;
  }

  override insertMessage(...args: Parameters<PersistenceManager['insertMessage']>): void {
    this.#join();
    super.insertMessage(...args);
  }

  override deleteMessage(messageId: string): void {
    this.#join();
    super.deleteMessage(messageId);
  }

  override updateMessageInflight(...args: Parameters<PersistenceManager['updateMessageInflight']>): void {
    this.#join();
    super.updateMessageInflight(...args);
  }

  override updateQueueSequenceCounter(name: string, counter: number): void {
    this.#join();
    super.updateQueueSequenceCounter(name, counter);
  }

  /** Has a transaction of its own. */
  override completeMultipartUpload(...args: Parameters<PersistenceManager['completeMultipartUpload']>): void {
    this.#commit();
    super.completeMultipartUpload(...args);
  }

  /** Has a transaction of its own. */
  override renameObject(...args: Parameters<PersistenceManager['renameObject']>): void {
    this.#commit();
    super.renameObject(...args);
  }

  override close(): void {
    this.#commit();
    super.close();
  }

  #join(): void {
    if (this.#isOpen) return;
    this.#file.exec('BEGIN');
    this.#isOpen = true;
    queueMicrotask(() => this.#commit());
  }

  #commit(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.exec('COMMIT');
  }
}

const settable = SETTABLE_ATTRIBUTES as Set<string>;
for (const attribute of ['DeduplicationScope', 'FifoThroughputLimit']) settable.add(attribute);

const DEFAULT_GROUP = '__default';

/** A queue store whose queues carry the corrections. */
export class CorrectedQueues extends SqsStore {
  override createQueue(...args: Parameters<SqsStore['createQueue']>): SqsQueue {
    const queue = super.createQueue(...args);
    correctOrder(queue);
    correctVisibility(queue);
    correctReceive(queue);
    return queue;
  }
}

function correctOrder(queue: SqsQueue): void {
  const processTimers = queue.processTimers.bind(queue);
  queue.processTimers = () => {
    const inFlight = queue.inflightMessages.size;
    processTimers();
    if (!queue.isFifo() || queue.inflightMessages.size === inFlight) return;
    for (const group of queue.fifoMessages.values()) {
      group.sort((a, b) => ((a.sequenceNumber ?? '') < (b.sequenceNumber ?? '') ? -1 : 1));
    }
  };
}

function correctVisibility(queue: SqsQueue): void {
  const changeVisibility = queue.changeVisibility.bind(queue);
  queue.changeVisibility = (receiptHandle, timeoutSeconds) => {
    changeVisibility(receiptHandle, timeoutSeconds === 0 ? -1 : timeoutSeconds);
    queue.processTimers();
  };
}

function correctReceive(queue: SqsQueue): void {
  const receive = queue.dequeue.bind(queue);
  queue.dequeue = (countMax, visibilityTimeout, deadLetterQueueOf) => {
    if (!queue.isFifo() || visibilityTimeout === 0) return receive(countMax, visibilityTimeout, deadLetterQueueOf);
    const received: ReturnType<SqsQueue['dequeue']> = [];
    const held = new Map<string, number>();
    while (received.length < countMax) {
      const [message] = receive(1, visibilityTimeout, deadLetterQueueOf);
      if (message === undefined) break;
      const group = queue.inflightMessages.get(message.ReceiptHandle)?.message.messageGroupId ?? DEFAULT_GROUP;
      held.set(group, (held.get(group) ?? 0) + 1);
      queue.fifoLockedGroups.delete(group);
      received.push(message);
    }
    for (const [group, count] of held) {
      queue.fifoLockedGroups.set(group, count);
      takeLast(queue.fifoMessages, group);
    }
    return received;
  };
}

/** The groups are served in the order of the map; one that was just served lets the others go first next time. */
function takeLast<Value>(groups: Map<string, Value>, group: string): void {
  const messages = groups.get(group);
  if (messages === undefined) return;
  groups.delete(group);
  groups.set(group, messages);
}
