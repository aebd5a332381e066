import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CommandQueue } from '#shared/application/queue.ts';

/** Messages of one SendMessageBatch at most. */
const BATCH_MAX = 10;

/**
 * A FIFO queue of commands: the group is the fund, so one fund's commands are carried out in order by one worker at a time.
 * The deduplication id only saves work within its five minutes; effects are protected by the command id in the book.
 */
export const createCommandQueue = <Message extends { readonly id: string; readonly fundId: string }>(
  client: SQSClient,
  queueUrl: string,
): CommandQueue<Message> => ({
  send: async (messages) => {
    for (let at = 0; at < messages.length; at += BATCH_MAX) {
      const batch = messages.slice(at, at + BATCH_MAX);
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: batch.map((message, i) => ({
            Id: String(i),
            MessageBody: JSON.stringify(message),
            MessageGroupId: message.fundId,
            MessageDeduplicationId: createHash('sha256').update(`${message.fundId}:${message.id}`).digest('hex'),
          })),
        }),
      );
      const failed = answer.Failed ?? [];
      if (failed.length > 0)
        throw new Error(`${failed.length} of ${batch.length} messages were not taken: ${failed[0]?.Message}`);
    }
  },
});
