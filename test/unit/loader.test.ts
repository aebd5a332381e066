import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load, planOf } from '#infra/local/load/load.ts';
import type { Portfolio } from '#infra/local/portfolio/portfolio.ts';
import { articleChecks, bookChecks } from '#infra/local/report/checks.ts';
import { readFund } from '#infra/local/report/facts.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { seedFundAlone } from '../support/seed-fund-alone.ts';
import { openOffice, type WholeOffice } from '../support/whole-office.ts';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const newOffice = (): WholeOffice => {
  const directory = mkdtempSync(join(tmpdir(), 'load-'));
  directories.push(directory);
  return openOffice(directory);
};

const silent = { day: () => undefined };
const portfolio = seedFundAlone;

/** What of a book does not depend on when it was written down. */
const bookOf = (entries: readonly Entry[]) => entries.map(({ recordedAt: _, ...entry }) => entry);

/** An office that dies at the n-th thing it is asked to do, before or after it is done. */
const dyingAt = (office: WholeOffice, n: number, when: 'before' | 'after'): WholeOffice => {
  let calls = 0;
  const mortal = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls === n && when === 'before') throw new Error('killed');
    const result = await work();
    if (calls === n) throw new Error('killed');
    return result;
  };
  return {
    ...office,
    idle: () => mortal(office.idle),
    closeDays: () => mortal(office.closeDays),
    bank: { ...bankOf(office), endDay: () => mortal(() => office.bank.endDay()) },
    as: (userId) => {
      const caller = office.as(userId);
      return { ...caller, post: (...args) => mortal(() => caller.post(...args)) };
    },
  };
};

const bankOf = ({ bank }: WholeOffice): WholeOffice['bank'] => ({
  openAccount: (account) => bank.openAccount(account),
  deposit: (deposit) => bank.deposit(deposit),
  addRule: (rule) => bank.addRule(rule),
  work: () => bank.work(),
  endDay: () => bank.endDay(),
  orders: () => bank.orders(),
  balanceFen: (account) => bank.balanceFen(account),
  close: () => bank.close(),
});

describe('the loader', () => {
  let undisturbed: WholeOffice;
  beforeAll(async () => {
    undisturbed = newOffice();
    await load(undisturbed, portfolio, silent);
  });

  test('given an empty office, when the portfolio is played, then the book says what the article says and all checks hold', async () => {
    const facts = await readFund(undisturbed.as('auditor-1'), 'seed');
    const failed = [...articleChecks(facts, portfolio.article), ...bookChecks(facts)].filter((c) => !c.holds);
    expect(failed).toEqual([]);
    expect(undisturbed.entries().filter((e) => e.type === 'command.refused')).toEqual([]);
  });

  test('given the portfolio, when it has been played, then every kind of end of a loan is there', async () => {
    const { loans } = await readFund(undisturbed.as('auditor-1'), 'seed');
    const endOf = (part: string) => loans.find((l) => l.borrower.includes(part));
    expect(loans.filter((l) => l.status === 'repaid')).toHaveLength(9);
    expect(endOf('明德')).toMatchObject({ status: 'active', extensions: 1, maturesOn: '2023-03-15', overdueFen: 0n });
    expect(endOf('启航')).toMatchObject({ status: 'active', grade: 'substandard', overdueFen: 20_000_000n });
    expect(endOf('川渝')).toMatchObject({ status: 'written-off', recoveredFen: 6_000_000n });
    const types = new Set(undisturbed.entries().map((e) => e.type));
    for (const type of ['payment.rejected', 'loan.released-again', 'payment.unknown', 'bank-line.assigned'])
      expect(types).toContain(type);
    expect(endOf('青禾')?.borrower).toBe('重庆青禾机器人科技有限公司(虚构)');
  });

  test('given a loaded office, when it is loaded again, then nothing is done and nothing is added', async () => {
    const office = newOffice();
    await load(office, portfolio, silent);
    const before = office.entries();
    office.leave();
    const again = office.enter();
    expect(await load(again, portfolio, silent)).toBe(0);
    expect(again.entries()).toEqual(before);
  });

  test('given a loader whose notes are lost, when it plays everything again, then every command is known already', async () => {
    const office = newOffice();
    await load(office, portfolio, silent);
    const before = office.entries();
    const steps = planOf(portfolio).filter((step) => step.on > '2022-01-01');
    for (const step of steps) office.state.delete(`load/done/${step.id}`);
    for (const { on } of steps) office.state.delete(`load/done/day:${on}`);
    expect(await load(office, portfolio, silent)).toBe(steps.length);
    expect(office.entries()).toEqual(before);
  });

  test.each([
    [2, 'after'],
    [41, 'before'],
    [77, 'after'],
    [151, 'after'],
    [222, 'before'],
  ] as const)(
    'given a kill at the %i-th thing, %s it is done, when loading goes on, then the book is the same as without',
    async (n, when) => {
      const office = newOffice();
      await expect(load(dyingAt(office, n, when), portfolio, silent)).rejects.toThrow('killed');
      office.leave();
      const next = office.enter();
      await load(next, portfolio, silent);
      expect(bookOf(next.entries())).toEqual(bookOf(undisturbed.entries()));
      expect(next.bank.balanceFen('310001012345678901')).toBe(undisturbed.bank.balanceFen('310001012345678901'));
    },
  );

  test('given an office loaded half, when the data has changed since, then loading stops with what to do', async () => {
    const office = newOffice();
    await expect(load(dyingAt(office, 30, 'before'), portfolio, silent)).rejects.toThrow('killed');
    const changed: Portfolio = { ...portfolio, loans: portfolio.loans.slice(1) };
    await expect(load(office, changed, silent)).rejects.toThrow('--fresh');
  });

  test('given the plan, then every step has a key of its own that the API takes', () => {
    const ids = planOf(portfolio).map((step) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._-]{8,64}$/);
  });
});
