import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compensationCharter } from '#shared/contracts/charters/compensation.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { isClosed } from '#shared/domain/guarantee/breaker.ts';
import { claimMachine } from '#shared/domain/guarantee/claim.ts';
import { filingMachine } from '#shared/domain/guarantee/filing.ts';
import { contributorsParts } from '#shared/domain/guarantee/recover.ts';
import { recoveryMachine } from '#shared/domain/guarantee/recovery.ts';
import { shareOut } from '#shared/domain/guarantee/sharing.ts';
import { sumFen } from '#shared/domain/money.ts';
import {
  BANKS,
  CAPS,
  type CompensationStory,
  compensationSteps,
  DISTRICTS,
  tellStory,
} from '../support/compensation-story.ts';
import { charters } from '../support/compensation-world.ts';
import { coverageClaims } from '../support/coverage.ts';
import { broken, factsOf } from '../support/story/facts.ts';
import { headOf } from '../support/world.ts';

const fen = fc.bigInt(0n, 10n ** 15n);
const weight = fc.bigInt(0n, 1_000n);
const weights = fc
  .record({ fundFen: weight, guarantorFen: weight, bankFen: fc.bigInt(1n, 1_000n) })
  .filter((w) => w.fundFen > 0n);

describe('sharing', () => {
  test('no split loses a fen, the fund never bears more than its share, and each part grows with the whole', () => {
    fc.assert(
      fc.property(fen, fc.bigInt(0n, 10n ** 6n), weights, (amount, more, by) => {
        const parts = shareOut(amount, by);
        expect(parts.fundFen + parts.guarantorFen + parts.bankFen).toBe(amount);
        const whole = by.fundFen + by.guarantorFen + by.bankFen;
        expect(parts.fundFen * whole).toBeLessThanOrEqual(amount * by.fundFen);
        const next = shareOut(amount + more, by);
        expect(next.fundFen).toBeGreaterThanOrEqual(parts.fundFen);
        expect(next.guarantorFen).toBeGreaterThanOrEqual(parts.guarantorFen);
        expect(next.bankFen).toBeGreaterThanOrEqual(parts.bankFen);
      }),
    );
  });

  test('a loss falls on the contributors to the fen, by the odd fen or by the largest remainders', () => {
    for (const document of [charters.kv2017, charters.sme2018]) {
      const charter = compensationCharter.parse(document);
      fc.assert(
        fc.property(fen, (loss) => {
          expect(sumFen([...contributorsParts(charter, loss).values()])).toBe(loss);
        }),
      );
    }
  });
});

const SCOPES = ['fund', ...BANKS.map((b) => `bank:${b}`), ...DISTRICTS.map((d) => `district:${d}`)];

/** Everything that must hold after every step, whatever the order. */
const check = async ({ world }: CompensationStory): Promise<void> => {
  const facts = factsOf(world);
  expect(netDebitFen(facts.lines)).toBe(0n);
  expect(broken(coverageClaims(facts, await headOf(world), CAPS))).toEqual([]);
};

describe('covering, claiming and recovering in any order', () => {
  test('the stories reach every state there is, breakers that stop, and claims above the cap', async () => {
    const reached = new Set<string>();
    for (const steps of fc.sample(compensationSteps, { seed: 7, numRuns: 120 })) {
      const story = await tellStory();
      for (const step of steps) {
        await story.take(step);
        for (const type of ['filing', 'claim', 'recovery', 'exposure'] as const)
          for (const { state } of await story.all(type)) reached.add(`${type} ${state.status}`);
      }
      for (const { state } of await story.all('proposal'))
        if (state.content.subject === 'claim' && state.content.claim.assessment.overCapFen > 0n) reached.add('cap met');
    }
    const states = Object.entries({ filing: filingMachine, claim: claimMachine, recovery: recoveryMachine }).flatMap(
      ([type, { edges }]) =>
        Object.values(edges).flatMap(({ from, to }) => [...from, ...to].map((s) => `${type} ${s}`)),
    );
    expect([...reached].toSorted()).toEqual(
      [...new Set([...states, 'cap met', 'exposure normal', 'exposure warned', 'exposure stopped'])].toSorted(),
    );
  });

  test('caps hold, sums follow from their parts, no loan is compensated twice, and nothing is lost or made', async () => {
    await fc.assert(
      fc.asyncProperty(compensationSteps, async (steps) => {
        const story = await tellStory();
        for (const [i, step] of steps.entries()) {
          await story.take(step);
          if (i % 5 === 0 || i === steps.length - 1) await check(story);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a stopped bank or district adds no cover, except after a decision', async () => {
    await fc.assert(
      fc.asyncProperty(compensationSteps, async (steps) => {
        const story = await tellStory();
        for (const step of steps) {
          const before = new Map(
            await Promise.all(SCOPES.map(async (s) => [s, await story.world.read('exposure', s)] as const)),
          );
          await story.take(step);
          if (step.act === 'resume') continue;
          for (const [scope, was] of before)
            if (was !== undefined && isClosed(was.status))
              expect((await story.world.read('exposure', scope))?.outstandingFen).toBeLessThanOrEqual(
                was.outstandingFen,
              );
        }
      }),
      { numRuns: 40 },
    );
  });

  test('an amendment changes nothing that was filed, claimed or decided before it, and holds for what is filed after', async () => {
    let filedAfter = 0;
    await fc.assert(
      fc.asyncProperty(compensationSteps, fc.nat(999), async (steps, amount) => {
        const story = await tellStory();
        for (const step of steps) await story.take(step);
        const held = async () => [
          await story.all('filing'),
          await story.all('claim'),
          await story.all('recovery'),
          await story.all('exposure'),
          await story.all('payment'),
        ];
        const before = await held();
        await story.take({ act: 'amend', loan: 0, bank: 0, amount });
        expect(await held()).toEqual(before);
        const version = Math.max(...(await story.all('charter')).map((c) => c.state.version));
        const known = new Set((await story.all('filing')).map((f) => f.id));
        for (const loan of [0, 1, 2])
          for (const bank of [0, 1]) await story.take({ act: 'file', loan, bank, amount: 1 });
        const filed = (await story.all('filing')).filter((f) => !known.has(f.id));
        filedAfter += filed.length;
        expect(filed.map((f) => f.state.charterVersion)).toEqual(filed.map(() => version));
        await check(story);
      }),
      { numRuns: 25 },
    );
    expect(filedAfter).toBeGreaterThan(0);
  });
});
