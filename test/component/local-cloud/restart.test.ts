import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { listOf, startSmallCloud, temporaryDirectory, writeEntry } from './support/cloud.ts';

const directory = temporaryDirectory();
let running: ChildProcess | undefined;

afterAll(() => {
  running?.kill('SIGKILL');
  directory.remove();
});

async function startProcess(): Promise<{ readonly apiUrl: string }> {
  const child = fork(join(import.meta.dirname, 'support', 'cloud-process.ts'), [directory.path], { execArgv: [] });
  running = child;
  const [message] = await once(child, 'message');
  return message as { apiUrl: string };
}

async function killProcess(): Promise<void> {
  const child = running;
  if (child === undefined) return;
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Writes the entries of a book one after the other; one that got no answer is written again. */
async function writeBook(
  cloud: { readonly apiUrl: string },
  book: string,
  count: number,
  written: () => void,
): Promise<void> {
  for (let seq = 1; seq <= count; ) {
    try {
      await writeEntry(cloud, book, String(seq), seq % 3 === 0 ? 'slow' : 'plain');
      seq += 1;
      written();
    } catch {
      await delay(50);
    }
  }
}

describe('a cloud that is killed again and again while entries are written', () => {
  const books = ['red', 'green', 'blue'];
  const count = 60;

  it('loses none, does none twice, and keeps each book in order', async () => {
    const first = await startProcess();
    let written = 0;
    const writing = Promise.all(books.map((book) => writeBook(first, book, count, () => (written += 1))));
    for (const entries of [20, 90, 120]) {
      while (written < entries) await delay(5);
      await killProcess();
      // The address is the same at every start: whoever knows it goes on.
      expect(await startProcess()).toEqual(first);
    }
    await writing;
    await killProcess();

    const cloud = await startSmallCloud(directory.path);
    try {
      await cloud.idle();
      const expected = Array.from({ length: count }, (_, i) => String(i + 1));
      for (const book of books) {
        expect(await listOf(cloud, `heard ${book}`)).toEqual(expected);
        expect(await listOf(cloud, `done ${book}`)).toEqual(expected);
      }
      expect((await cloud.deadLetters()).filter((queue) => queue.count > 0)).toEqual([]);
    } finally {
      await cloud.stop();
    }
  });

  it('does not hand on again, after a restart, what was finished before', async () => {
    const before = await startSmallCloud(directory.path);
    await before.idle();
    const calls = await listOf(before, 'calls of listen');
    await before.stop();
    const after = await startSmallCloud(directory.path);
    await writeEntry(after, 'white', '1');
    await after.idle();
    expect(await listOf(after, 'calls of listen')).toHaveLength(calls.length + 1);
    await after.stop();
  });

  it('lets no second cloud into its directory while it runs', async () => {
    const cloud = await startSmallCloud(directory.path);
    await expect(startSmallCloud(directory.path)).rejects.toThrow(/another local cloud is running/);
    await cloud.stop();
  });
});
