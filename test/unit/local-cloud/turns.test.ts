import { setImmediate as next } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Turns } from '#infra/local/turns.ts';

describe('turns', () => {
  test('given things asked for at once, then each begins when the one before is over, in the order asked', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await next();
      seen.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([turns.take(work('a')), turns.take(work('b'))])).toEqual(['a', 'b']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('given one that fails, then who asked for it is told, and the next has its turn', async () => {
    const turns = new Turns();
    const failing = turns.take(async () => {
      throw new Error('no');
    });
    const following = turns.take(async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await following).toBe('done');
  });

  test('given work that goes on, then it is over when the last of it is, failed or not', async () => {
    const turns = new Turns();
    let done = false;
    turns
      .take(async () => {
        await next();
        done = true;
        throw new Error('no');
      })
      .catch(() => undefined);
    await turns.over();
    expect(done).toBe(true);
  });
});
