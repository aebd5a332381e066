import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openState } from '#infra/local/state.ts';
import { killAll, type Run, run } from '../../support/processes.ts';

const MAIN = fileURLToPath(new URL('../../../infra/local/main.ts', import.meta.url));
const TOKEN = fileURLToPath(new URL('../../../infra/local/token.ts', import.meta.url));
const WORLD = fileURLToPath(new URL('../../../infra/local/world.ts', import.meta.url));
const SECOND_ZONE = fileURLToPath(new URL('../../support/second-zone', import.meta.url));
const TEST_MILLISECONDS = 600_000;

const root = mkdtempSync(join(tmpdir(), 'jinqu-start-'));
afterAll(() => {
  killAll();
  rmSync(root, { recursive: true, force: true });
});

const start = (directory: string, ...args: readonly string[]): Run =>
  run(MAIN, '--directory', directory, '--lang', 'en', ...args);

const reportSchema = z.looseObject({
  holds: z.boolean(),
  date: z.string(),
  checks: z.array(z.looseObject({ id: z.string(), holds: z.boolean() })),
  facts: z.looseObject({ entries: z.int(), vouchersHash: z.string() }),
});

const reportOf = (directory: string) =>
  reportSchema.parse(JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')));

/** What of a report is the same for two books with the same content, in whatever order things were noted. */
const contentOf = ({ facts: { entries: _, head, ...facts }, ...report }: ReturnType<typeof reportOf>) => ({
  ...facts,
  date: report.date,
  head: { ...z.looseObject({}).parse(head), seq: 0, viewsSeq: 0 },
});

/** Lets a new directory be served at the addresses of another, so that the app need not be synthesised again. */
const likeThatOf = (directory: string, other: string): void => {
  const [from, to] = [openState(other, 'office'), openState(directory, 'office')];
  to.set('port/identity', from.get('port/identity') ?? '');
  for (const state of [from, to]) state.close();
  cpSync(join(other, 'assembly'), join(directory, 'assembly'), { recursive: true });
};

describe('npm start', () => {
  const killed = join(root, 'killed');
  const whole = join(root, 'whole');

  test(
    'given kills in the middle of loading, when it is started again, then it goes on and everything holds',
    async () => {
      const first = start(killed, '--once');
      await first.says(/the first tranche is paid in/);
      first.kill('SIGKILL');
      await first.exit;
      const second = start(killed, '--once');
      await second.says(/applications, decisions and payments/);
      second.kill('SIGKILL');
      await second.exit;
      const third = start(killed, '--once');
      expect(await third.exit, third.said()).toBe(0);
      expect(third.said()).toMatch(/portfolio loaded: \d{1,3} steps now/);
      expect(reportOf(killed).holds).toBe(true);
    },
    TEST_MILLISECONDS,
  );

  test(
    'given a bare directory, when it is started, then the report says what the article says, and the book is the same as after the kills',
    async () => {
      likeThatOf(whole, killed);
      const office = start(whole, '--once');
      expect(await office.exit, office.said()).toBe(0);
      const report = reportOf(whole);
      expect(report.checks.filter((c) => !c.holds)).toEqual([]);
      expect(office.said()).toContain('by 2019-07-31 12 loans to 12 enterprises, 3,450,000.00 yuan lent');
      expect(office.said()).toContain('city 4,000,000.00 (40%), zone 6,000,000.00 (60%)');
      expect(contentOf(report)).toEqual(contentOf(reportOf(killed)));
    },
    TEST_MILLISECONDS,
  );

  test(
    'given a loaded office, when it is opened again, then nothing is added, and its people can use it',
    async () => {
      const before = reportOf(whole);
      const office = start(whole);
      await office.says(/Ctrl-C ends/);
      expect(office.said()).toContain('nothing was added');
      expect(reportOf(whole)).toEqual(before);
      const example = /'(http:\S+)\?limit=3'/.exec(office.said())?.[1] ?? '';
      const token = run(TOKEN, 'auditor-1', '--directory', whole);
      expect(await token.exit, token.said()).toBe(0);
      const answer = await fetch(example, { headers: { authorization: `Bearer ${token.said().trim()}` } });
      const ofTheFund = { contract: expect.stringMatching(/^种子贷20\d\d-\d\d号$/) };
      expect(await answer.json()).toMatchObject({ items: Array.from({ length: 12 }, () => ofTheFund) });

      const paid = run(
        WORLD,
        'pay-in',
        '--amount',
        '1000.50',
        '--payer',
        '某公司',
        '--remittance',
        '往来',
        '--directory',
        whole,
      );
      expect(await paid.exit, paid.said()).toBe(0);
      const next = run(WORLD, 'next-day', '--directory', whole);
      expect(await next.exit, next.said()).toBe(0);
      expect(next.said()).toContain('2023-01-03');
      const receipts = await fetch(example.replace('/loans', '/receipts'), {
        headers: { authorization: `Bearer ${token.said().trim()}` },
      });
      expect(await receipts.text()).toContain('"amountFen":"100050"');
      const rival = start(whole, '--once');
      expect(await rival.exit).toBe(1);
      expect(rival.said()).toContain('Jinqu is running in this directory');

      office.kill('SIGINT');
      expect(await office.exit, office.said()).toBe(0);
      expect(office.said()).toContain('stopped; the data stays in its directory');
    },
    TEST_MILLISECONDS,
  );

  test(
    'given another zone’s portfolio, when it is started, then its funds are founded under its own charters, and everything holds',
    async () => {
      const elsewhere = join(root, 'second-zone');
      likeThatOf(elsewhere, killed);
      const office = start(elsewhere, '--once', '--portfolio', SECOND_ZONE);
      expect(await office.exit, office.said()).toBe(0);
      expect(reportOf(elsewhere)).toMatchObject({ holds: true, date: '2021-04-09', facts: { fundId: 'north-seed' } });
      for (const fundId of ['north-seed', 'north-risk', 'north-bio']) expect(office.said()).toContain(`Fund ${fundId}`);
      expect(office.said()).not.toContain('article');
      const other = start(elsewhere, '--once');
      expect(await other.exit).toBe(1);
      expect(other.said()).toContain('begin anew with --fresh');
    },
    TEST_MILLISECONDS,
  );
});

describe('npm start with what it cannot do', () => {
  test.each([
    [['--port', 'none'], 2, '--port none'],
    [['--lang', 'fr'], 2, '--lang fr'],
    [['--unheard-of'], 2, '--unheard-of'],
    [['--portfolio', join(root, 'nowhere')], 2, 'fund.json: there is no such file'],
    [['--help'], 0, '--directory'],
  ] as const)('given %j, then it says so', async (args, code, text) => {
    const told = run(MAIN, ...args);
    expect(await told.exit).toBe(code);
    expect(told.said()).toContain(text);
  });

  test('given a port somebody listens on, then it says that the port is taken and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.int() }).parse(server.address());
    const told = start(join(root, 'no-port'), '--port', String(port));
    expect(await told.exit).toBe(2);
    expect(told.said()).toContain('name another with --port');
    server.close();
  });

  test('given --fresh for a directory that is not ours, then nothing in it is touched', async () => {
    const directory = mkdtempSync(join(root, 'theirs-'));
    cpSync(MAIN, join(directory, 'precious.ts'));
    const told = start(directory, '--fresh', '--once');
    expect(await told.exit).toBe(2);
    expect(readFileSync(join(directory, 'precious.ts'))).toEqual(readFileSync(MAIN));
  });
});
