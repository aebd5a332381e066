import { describe, expect, test } from 'vitest';
import { enterpriseRoutes } from '#functions/ledger/enterprise-routes.ts';
import { createMemoryLedger, type MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { enterpriseTimeline } from '#shared/application/enterprise-timeline.ts';
import { lookThrough } from '#shared/application/look-through.ts';
import type { Row } from '#shared/application/reading.ts';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { requireAnyRole } from '#shared/runtime/principal.ts';
import { createGradedWorld, fileLoan } from '../../support/compensation-world.ts';
import { createMemoryReader } from '../../support/memory-reader.ts';
import { takeShare } from '../../support/seed-equity.ts';
import { company, createWorld, fundedWorld, lend, people, WAN, type World } from '../../support/world.ts';

const firmId = company(1).id;
const ALL = [REGISTER_BOOK, 'seed', 'kv'];

const together = (...worlds: readonly World[]): MemoryLedger =>
  createMemoryLedger({
    state: new Map(worlds.flatMap(({ ledger }) => [...ledger.state])),
    journal: new Map(worlds.flatMap(({ ledger }) => [...ledger.journal])),
  });

/** A registered firm with a loan of 30万 and a share from the seed fund, and a covered bank loan of 100万. */
const zone = async () => {
  const register = createWorld('2019-07-31', undefined, REGISTER_BOOK);
  const { name } = company(1);
  const firm = { firmId, name, registeredOn: '2014-05-06', industry: '家政服务', technology: false };
  await register.run('register.enrol', firm, people.officer);
  await register.run('register.move', { firmId, step: 'incubate', on: '2015-01-01', note: '永创汇' }, people.officer);
  const listing = { firmId, market: '科创板(OTC)', code: '600001', on: '2018-06-01' };
  await register.run('register.list', listing, people.officer);
  const seed = await fundedWorld();
  await lend(seed, 1, 30n * WAN);
  seed.clock.set('2018-03-01');
  await takeShare(seed, 1);
  const kv = await createGradedWorld(1);
  await fileLoan(kv, 1);
  const ledger = together(register, seed, kv);
  return { ledger, reader: createMemoryReader(ledger) };
};

describe('one enterprise over all funds', () => {
  test('given a loan, a share and a covered loan, when it is looked through, then each counts once in the total', async () => {
    const parts = await zone();
    const found = await lookThrough(parts, firmId, ALL);
    const [kv, seed] = found.funds;
    expect(found.firm).toMatchObject({ listings: [{ code: '600001' }] });
    expect(kv).toMatchObject({ fundId: 'kv', loansFen: 0n, equityFen: 0n, coveredFen: 100n * WAN });
    expect(seed).toMatchObject({ fundId: 'seed', loansFen: 30n * WAN, coveredFen: 0n });
    expect(seed?.equityFen).toBeGreaterThan(0n);
    expect(found.totalPublicSupportFen).toBe(130n * WAN + (seed?.equityFen ?? 0n));
  });

  test('given a token for one fund, when it looks, then neither the register nor other funds are seen', async () => {
    const found = await lookThrough(await zone(), firmId, ['kv']);
    expect(found.firm).toBeUndefined();
    expect(found.funds.map((f) => f.fundId)).toEqual(['kv']);
    expect(found.totalPublicSupportFen).toBe(100n * WAN);
  });

  test('given an enterprise nobody knows, when it is looked through, then it is not found', async () => {
    await expect(lookThrough(await zone(), company(2).id, ALL)).rejects.toMatchObject({ code: 'FIRM_NOT_FOUND' });
  });

  test('given register and funds, when the timeline is paged, then it is in time order, whole, and for these books only', async () => {
    const { reader } = await zone();
    const rows: Row[] = [];
    let after: string | undefined;
    do {
      const page = await enterpriseTimeline(reader, firmId, ALL, {
        limit: 2,
        ...(after === undefined ? {} : { after }),
      });
      rows.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    const whole = await enterpriseTimeline(reader, firmId, ALL, { limit: 100 });
    expect(rows).toEqual(whole.items);
    const dates = rows.map((row) => row['businessDate'] ?? '');
    expect(dates).toEqual([...dates].sort());
    expect([rows[0]?.['book'], rows[1]?.['book'], rows.at(-1)?.['book']]).toEqual(Array(3).fill(REGISTER_BOOK));
    expect(new Set(rows.map((row) => row['book']))).toEqual(new Set(ALL));
    const { next = '' } = await enterpriseTimeline(reader, firmId, ALL, { limit: 2 });
    const other = enterpriseTimeline(reader, firmId, ['kv'], { limit: 2, after: next });
    await expect(other).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  test('given a bank’s machine, when it asks for an enterprise, then it is refused', async () => {
    const { ledger, reader } = await zone();
    const bank = { subject: 'rcb', name: 'rcb', roles: ['bank'], funds: ALL, bank: 'rcb' } as const;
    const auditor = { subject: 'audit', name: 'audit', roles: ['auditor'], funds: ALL } as const;
    for (const { roles } of enterpriseRoutes(ledger, reader)) {
      expect(() => requireAnyRole(bank, roles)).toThrow(expect.objectContaining({ code: 'ROLE_REQUIRED' }));
      expect(() => requireAnyRole(auditor, roles)).not.toThrow();
    }
  });
});
