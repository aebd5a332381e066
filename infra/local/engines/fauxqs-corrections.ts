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
 * - a move to the dead-letter queue was a delete and an insert, and a kill between the two lost the message;
 * - the attributes of high throughput could be given to a new queue but not to one that exists.
 */
export class DurableMessages extends PersistenceManager {
  #moving = false;

  /** Runs `receive`; a deletion in it is a move, and the insert of that move replaces the row in one statement. */
  whileReceiving<T>(receive: () => T): T {
    this.#moving = true;
    try {
      return receive();
    } finally {
      this.#moving = false;
    }
  }

  override deleteMessage(messageId: string): void {
    if (!this.#moving) super.deleteMessage(messageId);
  }
}

const settable = SETTABLE_ATTRIBUTES as Set<string>;
for (const attribute of ['DeduplicationScope', 'FifoThroughputLimit']) settable.add(attribute);

const DEFAULT_GROUP = '__default';

/** A queue store whose queues carry the corrections. */
export class CorrectedQueues extends SqsStore {
  readonly #messages: DurableMessages;

  constructor(messages: DurableMessages) {
    super();
    this.#messages = messages;
  }

  override createQueue(...args: Parameters<SqsStore['createQueue']>): SqsQueue {
    const queue = super.createQueue(...args);
    correctOrder(queue);
    correctVisibility(queue);
    correctReceive(queue, this.#messages);
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

function correctReceive(queue: SqsQueue, messages: DurableMessages): void {
  const dequeue = queue.dequeue.bind(queue);
  type Arguments = Parameters<SqsQueue['dequeue']>;
  const receive = (...args: Arguments) => messages.whileReceiving(() => dequeue(...args));
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
