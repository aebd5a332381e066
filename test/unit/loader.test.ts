import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { load } from '#infra/local/load/load.ts';
import { readPortfolio } from '#infra/local/portfolio/portfolio.ts';
import { openOffice } from '../support/whole-office.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'load-'));
  directories.push(directory);
  return directory;
};

const silent = { day: () => undefined };

describe('the loader', () => {
  test('plays the reference portfolio', async () => {
    const office = openOffice(newDirectory());
    const loaded = await load(office, readPortfolio(), silent);
    console.log(loaded, office.entries().length);
    const loans = await office
      .as('auditor-1')
      .all(
        '/funds/seed/loans',
        (await import('zod')).record((await import('zod')).string(), (await import('zod')).string()),
      );
    console.table(loans);
    console.table(
      office
        .entries()
        .filter((e) => e.type === 'command.refused')
        .map((e) => ({ ...e.facts })),
    );
    expect(loaded.done).toBe(loaded.steps);
  });
});
