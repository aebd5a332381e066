import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocumentClient } from '#shared/adapters/dynamodb/client.ts';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createReader } from '#shared/adapters/dynamodb/reader.ts';
import { projectBook } from '#shared/adapters/dynamodb/views.ts';
import { createWorklists } from '#shared/adapters/dynamodb/worklists.ts';
import { prepare } from '#shared/application/prepare.ts';
import { viewKeys } from '#shared/application/projection.ts';
import type { Page, PageRequest } from '#shared/application/reading.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import { type DynamoEngine, startDynamo, type Tables } from '../support/engines/dynamo.ts';
import { commandOf, officeActs, straightOn } from '../support/random-office.ts';
import {
  application,
  bankLine,
  caseIdOf,
  createWorld,
  FUND,
  found,
  fundWith,
  lend,
  people,
  WAN,
  type World,
} from '../support/world.ts';

describe('the views', () => {
  let engine: DynamoEngine;
  beforeAll(async () => {
    engine = await startDynamo();
  });
  afterAll(() => engine.stop());

  const open = async (): Promise<{ world: World; tables: Tables }> => {
    const tables = await engine.createTables();
    const world = createWorld('2018-03-01', createDynamoLedger(engine.client, tables));
    await found(world);
    await fundWith(world, 1_000n * WAN);
    return { world, tables };
  };

  const project = (tables: Tables) => projectBook(engine.client, tables, FUND);
  const contents = (tables: Tables) => engine.contents(tables, 'viewsTable');
  const entriesOf = async (tables: Tables) =>
    [...(await engine.contents(tables, 'journalTable')).values()].map(decodeEntry).sort((a, b) => a.seq - b.seq);

  test('given whatever the office did, when the views are rebuilt, then they equal what the projector left step by step', async () => {
    await fc.assert(
      fc.asyncProperty(officeActs, async (story) => {
        const { world, tables } = await open();
        for (const [i, act] of story.entries()) {
          world.clock.set(addDays(world.clock.today(), act.days));
          const { kind, payload, actor } = await commandOf(world, act, `act-${i}`);
          await world.kernel.execute(FUND, [prepare(kind, FUND, `act-${i}`, payload, actor)], {
            recordRefusals: act.worker,
          });
          if (act.who % 2 === 0) await project(tables);
        }
        const last = await project(tables);
        const { viewsTable } = await engine.createTables();
        const rebuilt = { ...tables, viewsTable };
        expect(await projectBook(engine.client, rebuilt, FUND)).toBe(last);
        expect(await contents(rebuilt)).toEqual(await contents(tables));
      }),
      { numRuns: 8, examples: [[straightOn(0, 9_000_007n)]] },
    );
  });

  test('given two projectors at the same time, when both are done, then nothing was counted twice', async () => {
    const { world, tables } = await open();
    await lend(world, 1, 30n * WAN);
    await Promise.all([project(tables), project(tables), project(tables)]);
    const reader = createReader(engine.client, tables);
    const entries = await entriesOf(tables);
    expect(await reader.watermark(FUND)).toBe(entries.length);
    const lines = entries.flatMap((e) => e.lines ?? []);
    for (const { account, debitFen, creditFen } of await reader.trialBalance(FUND, parseDate('2199-12-31')))
      expect(`${account} ${debitFen - creditFen}`).toBe(`${account} ${netDebitFen(lines, account)}`);
  });

  test('given the answer to a write is lost, when the projector comes again, then nothing was counted twice', async () => {
    const { world, tables } = await open();
    await lend(world, 1, 30n * WAN);
    const unlucky = createDocumentClient();
    let writes = 0;
    unlucky.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (context.commandName !== 'TransactWriteItemsCommand') return answer;
        writes += 1;
        if (writes % 3 === 0) throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
        return answer;
      },
      { step: 'initialize' },
    );
    const total = (await entriesOf(tables)).length;
    for (let round = 0; round < total; round += 1) await projectBook(unlucky, tables, FUND).catch(() => undefined);
    const { viewsTable } = await engine.createTables();
    await projectBook(engine.client, { ...tables, viewsTable }, FUND);
    expect(await contents(tables)).toEqual(await contents({ ...tables, viewsTable }));
  });

  const all = async <T>(read: (request: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> => {
    const found: T[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await read({ limit, ...(after === undefined ? {} : { after }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items);
      if (page.next === undefined) return found;
      after = page.next;
    }
  };

  test('given lists of several pages, when they are read page by page, then every row comes once and in order', async () => {
    const { world, tables } = await open();
    for (let i = 0; i < 7; i += 1)
      await world.run('receipt.suspend', { line: bankLine('credit', BigInt(i + 1), '2018-03-01') });
    await lend(world, 1, 30n * WAN);
    await project(tables);
    const reader = createReader(engine.client, tables);
    const entries = await entriesOf(tables);
    for (const limit of [1, 3, 100]) {
      const lines = await all((request) => reader.lines(FUND, '1002', request), limit);
      expect(lines.map((row) => row['seq'])).toEqual(
        entries.flatMap((e) => (e.lines ?? []).filter((l) => l.account === '1002').map(() => String(e.seq))),
      );
      const receipts = await all((request) => reader.list(FUND, 'receipt', request), limit);
      expect(receipts.map((row) => row['openFen']).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
      const dims = await all((request) => reader.byDimension(FUND, '2711', 'contributor', request), limit);
      expect(dims.map((d) => `${d.value} ${d.creditFen}`)).toEqual([`city ${400n * WAN}`, `zone ${600n * WAN}`]);
    }
  });

  /** A list of payments, written as the projector would, whose statuses are these in the order of their ids. */
  const listed = async (statuses: readonly string[]) => {
    const tables = await engine.createTables();
    const items = statuses.map((status, i) => ({
      pk: viewKeys.list(FUND, 'payment'),
      sk: `PY-${String(i).padStart(12, '0')}`,
      status,
    }));
    for (let at = 0; at < items.length; at += 25)
      await engine.client.send(
        new BatchWriteCommand({
          RequestItems: { [tables.viewsTable]: items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } })) },
        }),
      );
    const reader = createReader(engine.client, tables);
    const page = (status: string) => (request: PageRequest) => reader.list(FUND, 'payment', { ...request, status });
    return { page, idsOf: (status: string) => items.filter((i) => i.status === status).map((i) => i.sk) };
  };

  test('given a list of three statuses, when one is asked for, then its rows come once, in order, in full pages', async () => {
    const { page, idsOf } = await listed(
      Array.from({ length: 30 }, (_, i) => ['held', 'settled', 'rejected'][i % 3] ?? ''),
    );
    for (const limit of [1, 3, 10, 100]) {
      const rows = await all(page('settled'), limit);
      expect(rows.map((row) => row['id'])).toEqual(idsOf('settled'));
      expect(rows.every((row) => row['status'] === 'settled')).toBe(true);
    }
    const first = await page('settled')({ limit: 10 });
    expect([first.items.length, first.next]).toEqual([10, undefined]);
    expect(await page('held')({ limit: 4 })).toMatchObject({ items: { length: 4 }, next: 'PY-000000000009' });
    expect(await page('unknown')({ limit: 10 })).toEqual({ items: [] });
  });

  test('given one row of a status behind thousands of others, then a page may be empty, but says that more may follow', async () => {
    const { page } = await listed([...Array.from({ length: 2_100 }, () => 'settled'), 'unknown']);
    const first = await page('unknown')({ limit: 10 });
    expect(first.items).toEqual([]);
    expect(first.next).toBe('PY-000000001999');
    expect((await all(page('unknown'), 10)).map((row) => row['id'])).toEqual(['PY-000000002100']);
  });

  test('given postings on several days, when the balance of a day is asked, then later days do not count', async () => {
    const { world, tables } = await open();
    world.clock.set('2018-03-02');
    await world.run('receipt.suspend', { line: bankLine('credit', 7n, '2018-03-02') });
    await project(tables);
    const reader = createReader(engine.client, tables);
    const bankOn = async (date: string) =>
      (await reader.trialBalance(FUND, parseDate(date))).find((b) => b.account === '1002')?.debitFen;
    expect(await bankOn('2018-02-28')).toBeUndefined();
    expect(await bankOn('2018-03-01')).toBe(1_000n * WAN);
    expect(await bankOn('2018-03-02')).toBe(1_000n * WAN + 7n);
  });

  test('given a loan, when its timeline and the book are read, then they tell its life in order', async () => {
    const { world, tables } = await open();
    const loanId = await lend(world, 1, 30n * WAN);
    await project(tables);
    const reader = createReader(engine.client, tables);
    const { items } = await reader.about(FUND, 'loan', loanId, { limit: 100 });
    expect(items.map((row) => row['type'])).toEqual(['loan.contracted', 'loan.instructed', 'loan.settled']);
    const entries = await entriesOf(tables);
    expect(await reader.entries(FUND, 2, 3)).toEqual(entries.slice(2, 5));
    const { items: loans } = await reader.list(FUND, 'loan', { limit: 10 });
    expect(loans).toMatchObject([{ id: loanId, status: 'active', outstandingFen: String(30n * WAN) }]);
  });

  test('given books, loans and cases, when the worklists are read, then they name those who wait and no others', async () => {
    const { world, tables } = await open();
    const loanId = await lend(world, 1, 30n * WAN);
    await world.run('loan.apply', { caseId: caseIdOf(2), application: application(2, WAN) }, people.officer);
    const worklists = createWorklists(engine.client, tables.stateTable);
    const expiry = (await world.read('case', caseIdOf(2)))?.expiresOn ?? parseDate('1990-01-01');
    expect(await worklists.funds()).toEqual([FUND]);
    expect(await worklists.openLoans(FUND)).toEqual([loanId]);
    expect(await worklists.expiredCases(FUND, expiry)).not.toContain(caseIdOf(2));
    expect(await worklists.expiredCases(FUND, addDays(expiry, 1))).toContain(caseIdOf(2));
    await world.run('loan.repay', { loanId, line: bankLine('credit', 30n * WAN, world.clock.today()) });
    await world.run('case.withdraw', { caseId: caseIdOf(2), reason: '撤回' }, people.officer);
    expect(await worklists.openLoans(FUND)).toEqual([]);
    expect(await worklists.expiredCases(FUND, addDays(expiry, 1))).not.toContain(caseIdOf(2));
  });
});
