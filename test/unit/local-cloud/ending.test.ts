import { describe, expect, test } from 'vitest';
import { Ending, startParts } from '#infra/local/ending.ts';

/** An ending of three parts, of which some fail, and what was ended in which order. */
const threeParts = (...failing: readonly string[]) => {
  const ended: string[] = [];
  const end = (part: string) => async () => {
    ended.push(part);
    if (failing.includes(part)) throw new Error(`${part} is stuck`);
  };
  return { ended, add: (ending: Ending) => ['first', 'second', 'third'].map((part) => ending.add(end(part))) };
};

describe('an ending', () => {
  test('given parts, when it is run, then the last to start is the first to end', async () => {
    const ending = new Ending('the office');
    const { ended, add } = threeParts();
    add(ending);
    await ending.run();
    expect(ended).toEqual(['third', 'second', 'first']);
  });

  test('given parts that fail, then the others end all the same, and all failures are told', async () => {
    const ending = new Ending('the office');
    const { ended, add } = threeParts('third', 'second');
    add(ending);
    await expect(ending.run()).rejects.toThrow('the office did not end cleanly: third is stuck; second is stuck');
    expect(ended).toEqual(['third', 'second', 'first']);
  });

  test('given one that was run, when it is run again, then nothing is ended twice', async () => {
    const ending = new Ending('the office');
    const { ended, add } = threeParts('second');
    add(ending);
    await expect(ending.run()).rejects.toThrow();
    await ending.run();
    expect(ended).toHaveLength(3);
  });
});

describe('starting in parts', () => {
  test('given a part that does not start, then those before it are ended, and its own error is what is thrown', async () => {
    const { ended, add } = threeParts('second');
    const starting = startParts('the office', async (ending) => {
      add(ending);
      throw new Error('port 80 is taken');
    });
    await expect(starting).rejects.toThrow('port 80 is taken');
    expect(ended).toEqual(['third', 'second', 'first']);
  });

  test('given parts that all start, then nothing is ended', async () => {
    const { ended, add } = threeParts();
    expect(await startParts('the office', async (ending) => add(ending).length)).toBe(3);
    expect(ended).toEqual([]);
  });
});
