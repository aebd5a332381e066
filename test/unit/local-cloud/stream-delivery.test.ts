import { describe, expect, it } from 'vitest';
import { compileFilters } from '#infra/local/events/filter.ts';
import { StreamDelivery, type StreamMapping } from '#infra/local/events/stream-delivery.ts';
import { eventRecordOf } from '#infra/local/events/stream-record.ts';
import type { Outcome } from '#infra/local/lambda/protocol.ts';

const CRASH: Outcome = { ok: false, error: { errorType: 'Error', errorMessage: 'crash', trace: [] } };
const DONE: Outcome = { ok: true, payload: undefined };
const failedAt = (itemIdentifier: string): Outcome => ({
  ok: true,
  payload: { batchItemFailures: [{ itemIdentifier }] },
});

const recordOf = (SequenceNumber: string, createdAt = new Date()) =>
  eventRecordOf(
    { eventName: 'INSERT', dynamodb: { SequenceNumber, ApproximateCreationDateTime: createdAt } },
    'arn:stream',
    'us-east-1',
  );
const batch = ['1', '2', '3', '4'].map((seq) => recordOf(seq));

/** Delivers the batch to a function that answers by the sequence numbers it is given, and tells what happened. */
async function deliver(
  answer: (numbers: readonly string[], calls: number) => Outcome,
  settings: Partial<StreamMapping> = {},
  records = batch,
) {
  const calls: string[] = [];
  const checkpoints: string[] = [];
  const givenUp: object[] = [];
  const delivery = new StreamDelivery({
    target: {
      name: 'f',
      arn: 'arn:f',
      invoke: async (event) => {
        const numbers = (event as { Records: typeof batch }).Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
        calls.push(numbers.join(''));
        return answer(numbers, calls.length);
      },
    },
    batchSize: 10,
    partialResponses: true,
    bisect: false,
    retriesMax: Number.POSITIVE_INFINITY,
    ageSecondsMax: Number.POSITIVE_INFINITY,
    filter: () => true,
    tellDestination: async (message) => {
      givenUp.push(message);
    },
    ...settings,
  });
  await delivery.deliver('shard', records, (seq) => checkpoints.push(seq));
  return { calls, checkpoints, givenUp };
}

const crashOn = (bad: string) => (numbers: readonly string[]) => (numbers.includes(bad) ? CRASH : DONE);

describe('a batch of a stream', () => {
  it('that succeeds is finished in one call', async () => {
    expect(await deliver(() => DONE)).toEqual({ calls: ['1234'], checkpoints: ['4'], givenUp: [] });
  });

  it('that fails comes again as a whole, until it succeeds', async () => {
    const { calls, checkpoints } = await deliver((_numbers, n) => (n < 3 ? CRASH : DONE));
    expect({ calls, checkpoints }).toEqual({ calls: ['1234', '1234', '1234'], checkpoints: ['4'] });
  });

  it('that fails in part goes on at the record that failed', async () => {
    const { calls, checkpoints } = await deliver((_numbers, n) => (n === 1 ? failedAt('3') : DONE));
    expect({ calls, checkpoints }).toEqual({ calls: ['1234', '34'], checkpoints: ['2', '4'] });
  });

  it('that crashes is split until the bad record is alone, and only that one is given up', async () => {
    const { calls, checkpoints, givenUp } = await deliver(crashOn('3'), { bisect: true, retriesMax: 1 });
    expect(calls).toEqual(['1234', '12', '34', '3', '3', '4']);
    expect(checkpoints).toEqual(['2', '3', '4']);
    expect(givenUp).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', functionArn: 'arn:f', approximateInvokeCount: 2 },
        DDBStreamBatchInfo: { startSequenceNumber: '3', endSequenceNumber: '3', batchSize: 1, shardId: 'shard' },
      },
    ]);
  });

  it('that crashes is given up as a whole where it is not to be split', async () => {
    const { calls, givenUp } = await deliver(crashOn('3'), { retriesMax: 0 });
    expect(calls).toEqual(['1234']);
    expect(givenUp).toMatchObject([{ DDBStreamBatchInfo: { startSequenceNumber: '1', endSequenceNumber: '4' } }]);
  });

  it('that is too old is given up at its first failure, but not before it was tried', async () => {
    const old = [recordOf('1', new Date(Date.now() - 60_000))];
    const failed = await deliver(() => CRASH, { ageSecondsMax: 30 }, old);
    expect(failed.calls).toEqual(['1']);
    expect(failed.givenUp).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
    expect((await deliver(() => DONE, { ageSecondsMax: 30 }, old)).givenUp).toEqual([]);
  });

  it('is passed over where the filter passes none of it, and finished all the same', async () => {
    const Pattern = '{"dynamodb":{"SequenceNumber":["1","3"]}}';
    const odd = await deliver(() => DONE, { filter: compileFilters({ Filters: [{ Pattern }] }) });
    expect(odd).toMatchObject({ calls: ['13'], checkpoints: ['4'] });
    expect(await deliver(() => CRASH, { filter: () => false })).toMatchObject({ calls: [], checkpoints: ['4'] });
  });
});
