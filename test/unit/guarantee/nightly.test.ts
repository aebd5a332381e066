import { describe, expect, test } from 'vitest';
import type { Envelope } from '#shared/contracts/messages.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { claimCaseOf, statement } from '../../support/claims.ts';
import {
  charters,
  createGradedWorld,
  fileLoan,
  filingOf,
  gradingRow,
  rcb,
  reportOf,
} from '../../support/compensation-world.ts';
import { asked, night } from '../../support/nightly.ts';
import { company, found, people, WAN } from '../../support/world.ts';

const kinds = (messages: readonly Envelope[], ...wanted: string[]) =>
  messages.filter((m) => wanted.includes(m.kind)).map((m) => [m.kind, m.payload]);

describe('the nightly job of a risk-compensation fund', () => {
  test('given a loan in arrears, then it is asked about on the days of its next grades, and on no other', async () => {
    const world = await createGradedWorld(1);
    await fileLoan(world, 1);
    world.clock.set('2018-06-02');
    await world.run('filing.report', reportOf(filingOf(1), { asOf: '2018-06-02', overdueSince: '2018-06-01' }), rcb);
    const ages = async () => kinds(await asked(world), 'filing.age');
    world.clock.set('2018-08-30');
    expect(await ages()).toEqual([]);
    world.clock.set('2018-08-31');
    expect(await ages()).toEqual([['filing.age', { filingId: filingOf(1) }]]);
    await night(world);
    expect(await ages()).toEqual([]);
    expect(await world.read('filing', filingOf(1))).toMatchObject({ grade: 'substandard', remindOn: '2019-02-27' });
  });

  test('given a claim nobody reviews, then the job marks it overdue the day after its limit', async () => {
    const world = await createGradedWorld(1);
    await fileLoan(world, 1);
    world.clock.set('2018-06-02');
    await world.run('filing.report', reportOf(filingOf(1), { asOf: '2018-06-02', overdueSince: '2018-06-01' }), rcb);
    world.clock.set('2018-09-03');
    const claim = { filingId: filingOf(1), caseId: claimCaseOf(filingOf(1)), ...statement() };
    await world.run('claim.submit', claim, rcb);
    const claimId = claimIdOf(filingOf(1));
    world.clock.set('2018-09-10');
    await night(world);
    expect(await world.read('claim', claimId)).not.toHaveProperty('overdue');
    world.clock.set('2018-09-11');
    await night(world);
    expect(await world.read('claim', claimId)).toMatchObject({ overdue: 'first-review' });
    world.clock.set('2018-10-13');
    await night(world);
    expect(await world.read('claim', claimId)).toMatchObject({ overdue: 'decision' });
  });

  test('given another scoring model, then every grade that is still good is renewed once, thousands or three', async () => {
    const world = await createGradedWorld(3);
    await world.run('grade.assess', gradingRow(4, { factsOn: '2017-03-01' }), people.officer);
    await found(world, { ...charters.kv2023, effectiveFrom: '2018-06-01' });
    world.clock.set('2018-05-31');
    expect(kinds(await asked(world), 'grade.renew')).toEqual([]);
    world.clock.set('2018-06-01');
    await night(world);
    for (const n of [1, 2, 3])
      expect((await world.read('enterprise', company(n).id))?.grade).toMatchObject({
        charterVersion: 2,
        limitFen: 500n * WAN,
      });
    expect((await world.read('enterprise', company(4).id))?.grade).toMatchObject({ charterVersion: 1 });
    expect(kinds(await asked(world), 'grade.renew')).toEqual([]);
  });

  test('given nothing is due, then days are closed and nothing else is asked for', async () => {
    const world = await createGradedWorld(1);
    await fileLoan(world, 1);
    world.clock.set('2018-03-05');
    expect(new Set((await asked(world)).map((m) => m.kind))).toEqual(new Set(['day.close']));
    await night(world);
    expect((await world.ledger.load(world.fundId, [])).head.closedThrough).toBe('2018-03-04');
  });
});
