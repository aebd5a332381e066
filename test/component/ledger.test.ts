import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createKernel } from '#shared/application/execute.ts';
import type { CommitPlan, Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import { emptyHead } from '#shared/domain/book/head.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { hasCode } from '#shared/errors/fund-error.ts';
import { type DynamoEngine, startDynamo, type Tables } from '../support/engines/dynamo.ts';
import { bankLine, createWorld, FUND, found, fundWith, lend, WAN, type World } from '../support/world.ts';

describe('the ledger on DynamoDB', () => {
  let engine: DynamoEngine;
  beforeAll(async () => {
    engine = await startDynamo();
  });
  afterAll(() => engine.stop());

  const freshLedger = async (): Promise<{ ledger: Ledger; tables: Tables }> => {
    const tables = await engine.createTables();
    return { tables, ledger: createDynamoLedger(engine.client, tables) };
  };

  const foundedWorld = async (): Promise<{ world: World; ledger: Ledger; tables: Tables }> => {
    const { ledger, tables } = await freshLedger();
    const world = createWorld('2017-03-01', ledger);
    await found(world);
    return { world, ledger, tables };
  };

  const kernelOn = (ledger: Ledger, world: World) =>
    createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: Math.random });

  const suspense = (amountFen: bigint) =>
    prepare(
      'receipt.suspend',
      FUND,
      `line-${amountFen}`,
      { line: bankLine('credit', amountFen, '2017-03-01') },
      SYSTEM,
    );

  test('given a book nobody wrote to, when it is read, then it is empty and its entities are absent', async () => {
    const { ledger } = await freshLedger();
    const { head, entities } = await ledger.load(FUND, [ref('loan', 'LN-000000000001')]);
    expect(head).toEqual(emptyHead(FUND));
    expect(entities.size).toBe(0);
  });

  test('given a loan that was paid out, when the tables are scanned, then entries are numbered without a gap', async () => {
    const { world, ledger, tables } = await foundedWorld();
    await fundWith(world, 1_000n * WAN);
    const loanId = await lend(world, 1, 30n * WAN);
    const journal = await engine.contents(tables, 'journalTable');
    const { head, entities } = await ledger.load(FUND, [ref('loan', loanId)]);
    expect([...journal.keys()].sort()).toEqual(
      Array.from({ length: head.seq }, (_, i) => `BOOK#${FUND}/${String(i + 1).padStart(12, '0')}`),
    );
    expect(head).toMatchObject({ bankFen: 970n * WAN, heldFen: 0n, inTransitFen: 0n });
    expect(entities.get(`loan#${loanId}`)).toMatchObject({ version: 3, state: { status: 'active' } });
  });

  /** A plan that changes nothing but the name register, on top of what is stored. */
  const planOf = async (ledger: Ledger, world: World): Promise<CommitPlan> => {
    let plan: CommitPlan | undefined;
    const spy: Ledger = {
      load: ledger.load,
      commit: async (given) => {
        plan = given;
        return 'committed';
      },
    };
    await kernelOn(spy, world).execute(FUND, [suspense(7n)], { recordRefusals: true });
    if (plan === undefined) throw new Error('nothing was planned');
    return plan;
  };

  test('given somebody else was first, when a plan made before is committed, then it is contention and nothing changes', async () => {
    const { world, ledger, tables } = await foundedWorld();
    const plan = await planOf(ledger, world);
    await kernelOn(ledger, world).execute(FUND, [suspense(8n)], { recordRefusals: true });
    const before = await engine.contents(tables, 'stateTable');
    expect(await ledger.commit(plan)).toBe('contention');
    expect(await engine.contents(tables, 'stateTable')).toEqual(before);
  });

  test.each([
    { what: 'an entity that is there already', change: { expectedVersion: 0 } },
    { what: 'another version of the entity', change: { expectedVersion: 7 } },
    { what: 'a state its machine does not start from', change: { expectedVersion: 1, priorStatuses: ['assigned'] } },
  ])('given a plan that expects otherwise about $what, when committed, then nothing is stored', async ({ change }) => {
    const { world, ledger, tables } = await foundedWorld();
    const first = await planOf(ledger, world);
    expect(await ledger.commit(first)).toBe('committed');
    const before = await engine.contents(tables, 'journalTable');
    const second = {
      ...first,
      expectedSeq: first.head.seq,
      head: { ...first.head, seq: first.head.seq + 1 },
      entries: first.entries.map((e) => ({ ...e, seq: e.seq + 1 })),
      writes: first.writes.map((w) => ({ ...w, ...change, entity: { ...w.entity, version: 2 } })),
    };
    expect(await ledger.commit(second)).toBe('contention');
    expect(await engine.contents(tables, 'journalTable')).toEqual(before);
    const { head } = await ledger.load(FUND, []);
    expect(head.seq).toBe(first.head.seq);
  });

  test('given an entity in an allowed state, when a plan names that state, then it is committed', async () => {
    const { world, ledger } = await foundedWorld();
    const first = await planOf(ledger, world);
    await ledger.commit(first);
    const second = {
      ...first,
      expectedSeq: first.head.seq,
      head: { ...first.head, seq: first.head.seq + 1 },
      entries: first.entries.map((e) => ({ ...e, seq: e.seq + 1 })),
      writes: first.writes.map((w) => ({
        expectedVersion: 1,
        priorStatuses: ['assigned', 'open'],
        entity: { ...w.entity, version: 2 },
      })),
    };
    expect(await ledger.commit(second)).toBe('committed');
    const [write] = second.writes;
    const { entities } = await ledger.load(FUND, write === undefined ? [] : [write.entity]);
    expect([...entities.values()].map((e) => e.version)).toEqual([2]);
  });

  test('given more than a hundred items, when committed at once, then it throws and stores nothing', async () => {
    const { world, ledger } = await foundedWorld();
    const plan = await planOf(ledger, world);
    const [entry] = plan.entries;
    if (entry === undefined) throw new Error('the plan has no entry');
    const entries = Array.from({ length: 100 }, (_, i) => ({ ...entry, seq: entry.seq + i }));
    await expect(ledger.commit({ ...plan, entries })).rejects.toThrow();
    expect((await ledger.load(FUND, [])).head.seq).toBe(plan.expectedSeq);
  });

  test('given eighty commands in one batch, when carried out, then they take several transactions and leave no gap', async () => {
    const { world, ledger, tables } = await foundedWorld();
    let commits = 0;
    const counted: Ledger = {
      load: ledger.load,
      commit: (plan) => {
        commits += 1;
        return ledger.commit(plan);
      },
    };
    const before = (await ledger.load(FUND, [])).head.seq;
    const commands = Array.from({ length: 80 }, (_, i) => suspense(BigInt(i + 1)));
    const outcomes = await kernelOn(counted, world).execute(FUND, commands, { recordRefusals: true });
    expect(outcomes.map((o) => (o.status === 'applied' ? o.seq - before : o.status))).toEqual(
      Array.from({ length: 80 }, (_, i) => i + 1),
    );
    expect(commits).toBe(4);
    expect((await engine.contents(tables, 'journalTable')).size).toBe(before + 80);
  });

  test('given two writers of one book at the same time, when both are done, then every command took effect once', async () => {
    const { world, ledger, tables } = await foundedWorld();
    const before = (await ledger.load(FUND, [])).head;
    const commands = Array.from({ length: 12 }, (_, i) => suspense(BigInt(100 + i)));
    const done = () => true;
    const busy = (error: unknown) => {
      if (hasCode(error, 'BOOK_BUSY')) return false;
      throw error;
    };
    const runOneByOne = async (mine: typeof commands) => {
      const kernel = kernelOn(ledger, world);
      for (const command of mine)
        while (!(await kernel.execute(FUND, [command], { recordRefusals: true }).then(done, busy)));
    };
    // Both carry out all of them, in opposite orders.
    await Promise.all([runOneByOne(commands), runOneByOne([...commands].reverse())]);
    const { head } = await ledger.load(FUND, []);
    expect(head.seq).toBe(before.seq + 12);
    expect(head.bankFen).toBe(commands.reduce((sum, _, i) => sum + BigInt(100 + i), 0n));
    expect(head.numbers['2017-03']).toEqual({ 记: 12 });
    expect((await engine.contents(tables, 'journalTable')).size).toBe(head.seq);
  });

  test('given an entity whose marks were moved out in pages, when an old command comes again, then it is known', async () => {
    const { world, ledger } = await foundedWorld();
    await fundWith(world, 1_000n * WAN);
    const loanId = await lend(world, 1, 30n * WAN);
    const repayment = (i: number, amountFen: bigint) =>
      prepare(
        'loan.repay',
        FUND,
        `repay-${i}`,
        { loanId, line: bankLine('credit', amountFen, '2017-06-01', { reference: `R${i}` }) },
        SYSTEM,
      );
    const kernel = kernelOn(ledger, world);
    const first = await kernel.execute(
      FUND,
      Array.from({ length: 30 }, (_, i) => repayment(i, 1_000n)),
      { recordRefusals: true },
    );
    const { head, entities } = await ledger.load(FUND, [ref('loan', loanId)]);
    expect(entities.get(refKey(ref('loan', loanId)))).toMatchObject({ pages: 2 });
    const again = await kernel.execute(
      FUND,
      Array.from({ length: 30 }, (_, i) => repayment(i, 1_000n)),
      { recordRefusals: true },
    );
    // The answers are the same; the loan they show is as it is by now.
    const now = { type: 'loan', id: loanId, state: { recoveredFen: 0n } };
    expect(again).toMatchObject(first.map((o) => ({ ...o, primary: now, replayed: true })));
    const other = await kernel.execute(FUND, [repayment(0, 2_000n)], { recordRefusals: false });
    expect(other).toMatchObject([{ status: 'refused', error: { code: 'COMMAND_ID_REUSED' } }]);
    expect((await ledger.load(FUND, [])).head).toEqual(head);
  });
});
