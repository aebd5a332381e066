import { describe, expect, test } from 'vitest';
import { addMark, lookUp, MARKS_INLINE_MAX, markOf, pageId } from '#shared/application/applied.ts';
import { createKernel, type Prepared } from '#shared/application/execute.ts';
import type { CommitPlan, CommitResult, Ledger } from '#shared/application/ports.ts';
import { TRANSACTION_ITEMS_MAX } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import type { Snapshot } from '#shared/domain/book/decision.ts';
import { credit, debit } from '#shared/domain/book/voucher.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { payloadHash } from '#shared/domain/hash.ts';
import { ensure } from '#shared/errors/fund-error.ts';
import { differences, heldBy } from '../../support/books.ts';
import {
  application,
  bankLine,
  caseIdOf,
  company,
  FUND,
  fundedWorld,
  lend,
  people,
  shownOf,
  type World,
} from '../../support/world.ts';

const applying = (n: number) =>
  prepare('loan.apply', FUND, `apply-${n}`, { caseId: caseIdOf(n), application: application(n, 100n) }, people.officer);

/** A kernel whose store answers commits as told, and really commits where it is told so. */
const kernelWith = (world: World, ...answers: (CommitResult | 'lost')[]) => {
  const plans: CommitPlan[] = [];
  const slept: number[] = [];
  const ledger: Ledger = {
    load: world.ledger.load,
    commit: async (plan) => {
      plans.push(plan);
      const answer = answers.shift() ?? 'committed';
      if (answer === 'lost') await world.ledger.commit(plan);
      if (answer !== 'committed') return answer === 'lost' ? 'uncertain' : answer;
      return world.ledger.commit(plan);
    },
  };
  const clock = { ...world.clock, today: () => world.clock.today(), sleep: async (ms: number) => void slept.push(ms) };
  const kernel = createKernel({ ledger, clock, calendar: chinaCalendar, jitter: () => 0.5 });
  const run = (...commands: ReturnType<typeof applying>[]) => kernel.execute(FUND, commands, { recordRefusals: false });
  return { run, plans, slept, kernel };
};

describe('the kernel', () => {
  test('given rivals, when the store says so, then it decides anew after a growing pause', async () => {
    const world = await fundedWorld();
    const { run, plans, slept } = kernelWith(world, 'contention', 'contention', 'contention');
    expect(await run(applying(1))).toMatchObject([{ status: 'applied', replayed: false }]);
    expect(plans).toHaveLength(4);
    expect(slept).toEqual([20, 40, 80]);
  });

  test('given an answer that was lost after all was stored, then it finds its command done and stores nothing twice', async () => {
    const world = await fundedWorld();
    const before = world.entries().length;
    const { run, plans } = kernelWith(world, 'lost');
    expect(await run(applying(1))).toMatchObject([{ status: 'applied', replayed: true }]);
    expect(plans).toHaveLength(1);
    expect(world.entries()).toHaveLength(before + 1);
  });

  test('given no answer and nothing stored, then it tries again', async () => {
    const world = await fundedWorld();
    const { run } = kernelWith(world, 'uncertain');
    expect(await run(applying(1))).toMatchObject([{ status: 'applied', replayed: false }]);
  });

  test('given a store that never comes to an end, then BOOK_BUSY after some attempts, none longer apart than a second', async () => {
    const world = await fundedWorld();
    const before = heldBy(world.ledger);
    const { run, plans, slept } = kernelWith(world, ...Array.from({ length: 20 }, () => 'contention' as const));
    await expect(run(applying(1))).rejects.toMatchObject({ code: 'BOOK_BUSY' });
    expect(plans).toHaveLength(8);
    expect(Math.max(...slept)).toBeLessThanOrEqual(1_000);
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given one command the store will not take, then those before it are stored, and it alone fails', async () => {
    const world = await fundedWorld();
    const tried: string[][] = [];
    const commit = async (plan: CommitPlan) => {
      tried.push(plan.entries.map((e) => e.commandId));
      if (plan.entries.some((e) => e.commandId === 'apply-2')) throw new Error('item too large');
      return world.ledger.commit(plan);
    };
    const ledger = { load: world.ledger.load, commit };
    const kernel = createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const all = [applying(1), applying(2), applying(3)];
    await expect(kernel.execute(FUND, all, { recordRefusals: false })).rejects.toThrow('item too large');
    expect(tried).toEqual([['apply-1', 'apply-2', 'apply-3'], ['apply-1'], ['apply-2', 'apply-3'], ['apply-2']]);
    expect(await world.read('case', caseIdOf(1))).toMatchObject({ status: 'submitted', maker: 'officer-1' });
    expect(await world.read('case', caseIdOf(3))).toBeUndefined();
  });

  test('given more commands than fit one transaction, then they are stored in several, in order, none too large', async () => {
    const world = await fundedWorld();
    const { run, plans } = kernelWith(world);
    const outcomes = await run(...Array.from({ length: 60 }, (_, i) => applying(i + 1)));
    expect(outcomes).toHaveLength(60);
    expect(outcomes.every((o) => o.status === 'applied')).toBe(true);
    expect(plans.length).toBeGreaterThan(1);
    for (const plan of plans)
      expect(plan.entries.length + plan.writes.length + 1).toBeLessThanOrEqual(TRANSACTION_ITEMS_MAX);
    const seqs = outcomes.map((o) => (o.status === 'applied' ? o.seq : 0));
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test('given a decision in a batch, then later commands of the batch see it', async () => {
    const world = await fundedWorld();
    const { run, plans } = kernelWith(world);
    const twice = { ...applying(1), command: { ...applying(1).command, id: 'another id' } };
    expect(await run(applying(1), twice)).toMatchObject([
      { status: 'applied' },
      { status: 'refused', error: { code: 'CASE_EXISTS' } },
    ]);
    expect(plans).toHaveLength(1);
  });

  test('given a step of a machine, then the store is asked to check the state it starts from, and the version it was read at', async () => {
    const world = await fundedWorld();
    const { run, kernel, plans } = kernelWith(world);
    await run(applying(1));
    const caseId = caseIdOf(1);
    const shown = await shownOf(world, caseId);
    const command = prepare(
      'case.review',
      FUND,
      'review',
      { caseId, ...shown, opinion: 'pass', comment: '同意' },
      people.reviewer,
    );
    await kernel.execute(FUND, [command], { recordRefusals: false });
    const write = plans.at(-1)?.writes.find((w) => w.entity.type === 'case');
    expect(write).toMatchObject({ expectedVersion: 1, priorStatuses: ['submitted'], entity: { version: 2 } });
    expect(plans.at(-1)?.expectedSeq).toBe(plans[0]?.head.seq);
  });

  test('given a decision whose vouchers and guarded balances disagree, then it is a fault of ours and nothing is stored', async () => {
    const world = await fundedWorld();
    const before = heldBy(world.ledger);
    const wrong = (lines: ReturnType<typeof debit>[] | undefined, head: object) => ({
      ...applying(1),
      spec: {
        ...applying(1).spec,
        decide: () => ({
          entries: [{ type: 'x', businessDate: world.clock.today(), summary: 'x', links: {}, ...(lines && { lines }) }],
          changes: [],
          head,
        }),
      },
    });
    const received = [debit('1002', 5n), credit('2711', 5n, { contributor: 'city' })];
    const { kernel } = kernelWith(world);
    const run = (...c: ReturnType<typeof wrong>[]) => kernel.execute(FUND, c, { recordRefusals: false });
    await expect(run(wrong(received, {}))).rejects.toThrow('1002');
    await expect(run(wrong(received, { bankFen: 4n, paidInFen: 5n }))).rejects.toThrow('1002');
    await expect(run(wrong(received, { bankFen: 5n }))).rejects.toThrow('paid-in');
    await expect(run(wrong(undefined, { bankFen: 5n }))).rejects.toThrow('1002');
    expect(differences(before, heldBy(world.ledger))).toEqual([]);
  });

  test('given a decision that leaves no trace of its primary entity, then it is a fault of ours', async () => {
    const world = await fundedWorld();
    const { kernel } = kernelWith(world);
    const nothing = {
      ...applying(1),
      spec: {
        ...applying(1).spec,
        decide: () => ({
          entries: [{ type: 'x', businessDate: world.clock.today(), summary: 'x', links: {} }],
          changes: [],
        }),
      },
    };
    await expect(kernel.execute(FUND, [nothing], { recordRefusals: false })).rejects.toThrow('must leave its primary');
  });

  test('given a decision that asks for ever more, then it is stopped', async () => {
    const world = await fundedWorld();
    const { kernel } = kernelWith(world);
    let n = 0;
    const greedy = {
      ...applying(1),
      spec: {
        ...applying(1).spec,
        decide: (state: { read: (type: 'name', id: string) => unknown }) => {
          n += 1;
          state.read('name', `n${n}`);
          return { entries: [], changes: [] };
        },
      },
    };
    await expect(kernel.execute(FUND, [greedy], { recordRefusals: false })).rejects.toThrow('ever more');
  });

  test('given a book that moves on between two reads of one decision, then what they brought is not put together', async () => {
    const world = await fundedWorld();
    await world.run('loan.apply', { caseId: caseIdOf(1), application: application(1, 100n) }, people.officer);
    const withdraw = () => world.run('case.withdraw', { caseId: caseIdOf(1), reason: '不办了' }, people.officer);
    const rivals = [undefined, withdraw];
    const load: Ledger['load'] = async (...asked) => {
      await rivals.shift()?.();
      return world.ledger.load(...asked);
    };
    const ledger = { load, commit: world.ledger.commit };
    const kernel = createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const careful: Prepared = {
      ...applying(1),
      spec: {
        ...applying(1).spec,
        prefetch: () => [],
        decide: (state, _command, _rules, today) => {
          const open = state.read('case', caseIdOf(1))?.status === 'submitted';
          const counted = state.read('enterprise', company(1).id)?.exposureFen === 100n;
          ensure(open === counted, 'STATE_INVALID', {});
          return { entries: [{ type: 'x', businessDate: today, summary: 'x', links: {} }], changes: [] };
        },
      },
    };
    expect(await kernel.execute(FUND, [careful], { recordRefusals: false })).toMatchObject([{ status: 'applied' }]);
  });

  test('given the charter is known from before, then a command that needs nothing else is decided once', async () => {
    const world = await fundedWorld();
    const { kernel } = kernelWith(world);
    let decided = 0;
    const counting: Prepared = {
      ...applying(1),
      spec: {
        ...applying(1).spec,
        decide: (_state, _command, rules) => {
          decided += 1;
          rules.inForce();
          return { entries: [], changes: [] };
        },
      },
    };
    await kernel.execute(FUND, [counting], { recordRefusals: false });
    decided = 0;
    await kernel.execute(FUND, [counting], { recordRefusals: false });
    expect(decided).toBe(1);
  });

  test('given a command that lacks something, then what those after it say without its effect does not count', async () => {
    const world = await fundedWorld();
    const { kernel, plans } = kernelWith(world);
    const after = {
      ...applying(2),
      spec: {
        ...applying(2).spec,
        decide: (state: Snapshot) => {
          if (state.read('case', caseIdOf(1)) === undefined) throw new Error('there is no such case');
          return { entries: [], changes: [] };
        },
      },
    };
    const outcomes = await kernel.execute(FUND, [applying(1), after], { recordRefusals: false });
    expect(outcomes).toMatchObject([{ status: 'applied' }, { status: 'idle' }]);
    expect(plans).toHaveLength(1);
  });

  test('given no commands, then nothing is asked of anybody', async () => {
    const world = await fundedWorld();
    const { kernel, plans } = kernelWith(world);
    expect(await kernel.execute(FUND, [], { recordRefusals: true })).toEqual([]);
    expect(plans).toEqual([]);
  });
});

describe('marks of applied commands', () => {
  const hash = payloadHash('payload');

  test('given a mark, then command, payload and entry are told from it; another payload is seen, another command is not', () => {
    const marks = [markOf('a', payloadHash(1), 7), markOf('b', hash, 123_456)];
    expect(lookUp(marks, 'b', hash)).toEqual({ kind: 'same', seq: 123_456 });
    expect(lookUp(marks, 'b', payloadHash('other'))).toEqual({ kind: 'other' });
    expect(lookUp(marks, 'c', hash)).toEqual({ kind: 'new' });
    expect(lookUp([], 'a', hash)).toEqual({ kind: 'new' });
    expect(markOf('x'.repeat(128), hash, 999_999_999).length).toBeLessThan(40);
  });

  test('given an entity that is full, then its marks become a page, and it begins anew', () => {
    let kept: { applied: readonly string[]; pages: number } = { applied: [], pages: 0 };
    const pages: (readonly string[])[] = [];
    for (let n = 0; n < 3 * MARKS_INLINE_MAX + 1; n += 1) {
      const { page, ...next } = addMark(kept, `m${n}`);
      if (page !== undefined) pages.push(page);
      kept = next;
    }
    expect(kept).toEqual({ applied: [`m${3 * MARKS_INLINE_MAX}`], pages: 3 });
    expect(pages.flat()).toEqual(Array.from({ length: 3 * MARKS_INLINE_MAX }, (_, n) => `m${n}`));
    expect(pages.every((p) => p.length === MARKS_INLINE_MAX)).toBe(true);
    expect(pageId('loan#LN-1', 2)).toBe('loan#LN-1#2');
  });

  test('given a loan with a hundred payments, then its item stays small, and pages beside it remember every one', async () => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 30_000_000n);
    const payments = Array.from({ length: 100 }, (_, n) =>
      prepare('loan.repay', FUND, `r${n}`, { loanId, line: bankLine('credit', 1n, world.clock.today()) }, SYSTEM),
    );
    const { run } = kernelWith(world);
    const seqs = (await run(...payments)).map((o) => (o.status === 'applied' ? o.seq : 0));
    const item = world.ledger.state.get(`seed#loan#${loanId}`);
    expect(item?.['applied']).toHaveLength((100 + MARKS_BEFORE) % MARKS_INLINE_MAX);
    expect(item?.['pages']).toBe(8);
    for (let page = 1; page <= 8; page += 1)
      expect((await world.read('applied', pageId(`loan#${loanId}`, page)))?.applied).toHaveLength(MARKS_INLINE_MAX);
    expect(await world.read('applied', pageId(`loan#${loanId}`, 9))).toBeUndefined();
    expect(await run(...payments)).toMatchObject(seqs.map((seq) => ({ status: 'applied', replayed: true, seq })));
  });
});

/** Commands the loan has met before its first payment: contract, instruction, settlement. */
const MARKS_BEFORE = 3;
