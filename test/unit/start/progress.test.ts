import { describe, expect, test } from 'vitest';
import { Progress } from '#infra/local/start/progress.ts';
import { WORDS } from '#infra/local/start/words.ts';
import { parseDate } from '#shared/domain/calendar.ts';

const seconds = /\(\d+\.\d s\)/g;

const watch = (isTTY: boolean) => {
  const written: string[] = [];
  const progress = new Progress({ isTTY, write: (text) => written.push(text) }, WORDS.en);
  return { progress, text: () => written.join('').replace(seconds, '(t)') };
};

const play = (progress: Progress): void => {
  progress.part('identity');
  progress.part(undefined);
  progress.day('founding', parseDate('2017-03-06'), 3, 142);
  progress.day('lending', parseDate('2017-05-15'), 10, 142);
  progress.day('lending', parseDate('2017-06-05'), 71, 142);
  progress.finish();
};

describe('the progress shown', () => {
  test('given a file or a pipe, then there is one line for each thing finished', () => {
    const { progress, text } = watch(false);
    play(progress);
    expect(text()).toBe(
      [
        '✓ identity provider (t)',
        '✓ the fund is founded 2017-03-06 (t)',
        '✓ applications, decisions and payments 2017-06-05 (t)',
        '',
      ].join('\n'),
    );
  });

  test('given a terminal, then one line changes meanwhile and is gone when the thing is finished', () => {
    const { progress, text } = watch(true);
    play(progress);
    expect(text()).toContain('\r\u001b[K… applications, decisions and payments 2017-06-05 50%\r\u001b[K✓ applications');
    expect(text().endsWith('2017-06-05 (t)\n')).toBe(true);
  });

  test('given an error in the middle, then nothing is said to be finished', () => {
    const { progress, text } = watch(false);
    progress.part('cloud');
    progress.interrupt();
    progress.finish();
    expect(text()).toBe('');
  });
});
