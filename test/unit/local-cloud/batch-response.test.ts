import { describe, expect, it } from 'vitest';
import { failedItems } from '#infra/local/events/batch-response.ts';

const ids = ['a', 'b', 'c'];
const answer = (payload: unknown, partial = true) => [...failedItems({ ok: true, payload }, ids, partial)];
const failures = (...names: readonly unknown[]) => ({
  batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the answer of a function to a batch', () => {
  it.each([[undefined], [null], [{}], [{ batchItemFailures: null }], [failures()]])('%j is success', (payload) => {
    expect(answer(payload)).toEqual([]);
  });

  it('names what has failed', () => {
    expect(answer(failures('b', 'c'))).toEqual(['b', 'c']);
  });

  it.each([['text'], [{ batchItemFailures: 'b' }], [failures('')], [failures(null)], [failures('b', 'unknown')]])(
    '%j cannot be understood, so that all of the batch has failed',
    (payload) => {
      expect(answer(payload)).toEqual(ids);
    },
  );

  it('is not read where the event source is not set to', () => {
    expect(answer(failures('b'), false)).toEqual([]);
  });

  it('that never came fails all of the batch', () => {
    const error = { errorType: 'Error', errorMessage: 'crash', trace: [] };
    expect([...failedItems({ ok: false, error }, ids, false)]).toEqual(ids);
  });
});
