import { describe, expect, test } from 'vitest';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import { catalogue } from '#shared/errors/catalogue.ts';
import { differences, heldBy } from '../../support/books.ts';
import { approvalsAttempts } from '../../support/refusals/approvals.ts';
import type { Attempt } from '../../support/refusals/attempt.ts';
import { provocations } from '../../support/refusals/edges.ts';
import { equityAttempts } from '../../support/refusals/equity.ts';
import { guaranteeAttempts } from '../../support/refusals/guarantee.ts';
import { guidanceAttempts } from '../../support/refusals/guidance.ts';
import { lendingAttempts } from '../../support/refusals/lending.ts';
import { moneyAttempts } from '../../support/refusals/money.ts';
import { registerAttempts } from '../../support/refusals/register.ts';
import { seedAttempts } from '../../support/refusals/seed.ts';

/** One after the other, not one over the other: a code that two of them try stands here twice. */
const attempts = [
  approvalsAttempts,
  lendingAttempts,
  moneyAttempts,
  registerAttempts,
  guaranteeAttempts,
  seedAttempts,
  equityAttempts,
  guidanceAttempts,
].flatMap((some) => Object.entries(some));

const send = ({ world, kind, payload, actor = SYSTEM, id = 'the refused one' }: Attempt, recordRefusals: boolean) =>
  world.kernel.execute(world.fundId, [prepare(kind, world.fundId, id, payload, actor)], { recordRefusals });

describe('every refusal code', () => {
  test('given the catalogue, then each code is provoked by exactly one scenario', () => {
    const provoked = [...attempts.map(([code]) => code), ...Object.keys(provocations)];
    expect(provoked.toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });

  test.each(Object.entries(catalogue))('%s has a status, and words in both languages', (_, kind) => {
    expect(kind.status).toBeGreaterThanOrEqual(400);
    expect(kind.status).toBeLessThan(600);
    expect(kind.zh).toMatch(/\p{Script=Han}/u);
    expect(kind.en).toMatch(/^[A-Z][ -~’]+$/);
  });

  test.each(attempts)('%s leaves every stored byte as it was', async (code, attempt) => {
    const given = await attempt();
    const before = heldBy(given.world.ledger);
    expect(await send(given, false)).toMatchObject([{ status: 'refused', replayed: false, error: { code } }]);
    expect(differences(before, heldBy(given.world.ledger))).toEqual([]);
  });

  test.each(attempts)(
    '%s, recorded by a worker, leaves the record alone and is answered for ever',
    async (code, attempt) => {
      const given = await attempt();
      const { world, kind, id = 'the refused one' } = given;
      const before = heldBy(world.ledger);
      const head = (await world.ledger.load(world.fundId, [])).head;
      expect(await send(given, true)).toMatchObject([{ status: 'refused', replayed: false, error: { code } }]);
      const after = heldBy(world.ledger);
      const entry = `BOOK#${world.fundId}/${String(head.seq + 1).padStart(12, '0')}`;
      const { fundId } = world;
      expect(differences(before, after)).toEqual([entry, `${fundId}#head`, `${fundId}#refusal#${id}`].toSorted());
      expect(world.entries().at(-1)).toMatchObject({ type: 'command.refused', facts: { kind, code }, commandId: id });
      expect((await world.ledger.load(fundId, [])).head).toEqual({ ...head, seq: head.seq + 1 });
      world.clock.set('2099-01-01');
      expect(await send(given, true)).toMatchObject([{ status: 'refused', replayed: true, error: { code } }]);
      expect(differences(after, heldBy(world.ledger))).toEqual([]);
    },
  );

  test.each(Object.entries(provocations))('%s comes where it arises', async (code, provoke) => {
    expect(await provoke()).toBe(code);
  });
});
