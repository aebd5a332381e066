import { describe, expect, test } from 'vitest';
import { addDays } from '#shared/domain/calendar.ts';
import { netFen } from '../../support/books.ts';
import { novate, proposeNovation } from '../../support/changes.ts';
import {
  application,
  caseIdOf,
  closeUntilYesterday,
  company,
  fundedWorld,
  lend,
  ofTeam,
  people,
  shownOf,
  team,
  WAN,
  type World,
} from '../../support/world.ts';

const teamLoan = async (changes: object = {}) => {
  const world = await fundedWorld(changes);
  const loanId = await lend(world, 1, 10n * WAN, ofTeam(1));
  return { world, loanId };
};

const propose = (world: World, loanId: string, successor: object) =>
  world.refusal(
    'loan.propose-novation',
    {
      caseId: caseIdOf(`n${world.entries().length}`),
      content: { subject: 'novation', novation: { loanId, company: successor, documents: [] } },
    },
    people.officer,
  );

describe('novation', () => {
  test('given a team’s loan, when it passes to its company, then balances and limit pass too', async () => {
    const { world, loanId } = await teamLoan();
    world.clock.set(addDays(world.clock.today(), 2));
    await closeUntilYesterday(world, [loanId]);
    await novate(world, loanId, company(1));
    expect(await world.read('loan', loanId)).toMatchObject({ enterpriseId: company(1).id, formerBorrower: team(1).id });
    expect(await world.read('enterprise', team(1).id)).toMatchObject({ exposureFen: 0n, successor: company(1).id });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ exposureFen: 10n * WAN });
    const of = (enterprise: string, account: string) =>
      world
        .entries()
        .flatMap((e) => e.lines ?? [])
        .filter((l) => l.account === account && l.dims?.enterprise === enterprise)
        .reduce((sum, l) => sum + (l.side === 'debit' ? l.amountFen : -l.amountFen), 0n);
    expect([of(team(1).id, '1303.01'), of(company(1).id, '1303.01')]).toEqual([0n, 10n * WAN]);
    expect([of(team(1).id, '1304'), of(company(1).id, '1304')]).toEqual([0n, -100_000n]);
    expect(netFen(world, '1303.01', loanId)).toBe(10n * WAN);
  });

  test('given the company keeps the team’s name, when the loan passes, then the name is the company’s from then on', async () => {
    const { world, loanId } = await teamLoan();
    await novate(world, loanId, { ...company(1), name: team(1).name });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ name: team(1).name });
    const again = { applicant: { ...company(1), name: team(1).name } };
    expect(
      await world.refusal(
        'loan.apply',
        { caseId: caseIdOf(2), application: application(2, WAN, again) },
        people.officer,
      ),
    ).toBe('applied');
  });

  test('given a name in full width, when the loan passes, then the name is kept in its normal form', async () => {
    const { world, loanId } = await teamLoan();
    await novate(world, loanId, { ...company(1), name: '示例（重庆）ＡＩ公司' });
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ name: '示例(重庆)AI公司' });
  });

  test('given a company known by another name, when the team’s loan shall pass to it, then NAME_DIFFERS', async () => {
    const { world, loanId } = await teamLoan();
    await world.run('loan.apply', { caseId: caseIdOf(2), application: application(2, WAN) }, people.officer);
    expect(await propose(world, loanId, { ...company(2), name: '另一名称' })).toBe('NAME_DIFFERS');
    expect(await propose(world, loanId, { ...company(2), name: team(1).name })).toBe('NAME_DIFFERS');
  });

  test('given a name like somebody else’s, when it is proposed, then NAME_LOOKS_ALIKE', async () => {
    const { world, loanId } = await teamLoan();
    await world.run('loan.apply', { caseId: caseIdOf(2), application: application(2, WAN) }, people.officer);
    expect(await propose(world, loanId, { ...company(3), name: `${company(2).name}！` })).toBe('NAME_LOOKS_ALIKE');
  });

  test('given a team with two loans, when the second shall pass to another company, then ALREADY_NOVATED; to the same it may', async () => {
    const world = await fundedWorld();
    const first = await lend(world, 1, 10n * WAN, ofTeam(1));
    const second = await lend(world, 2, 5n * WAN, ofTeam(1));
    await novate(world, first, company(1));
    expect(await propose(world, second, company(2))).toBe('ALREADY_NOVATED');
    await novate(world, second, company(1));
    expect(await world.read('enterprise', company(1).id)).toMatchObject({ exposureFen: 15n * WAN });
  });

  test('given a company at its limit, when the loan shall pass to it, then ENTERPRISE_LIMIT_EXCEEDED', async () => {
    const { world, loanId } = await teamLoan();
    await lend(world, 2, 25n * WAN, { applicant: company(2) });
    const caseId = await proposeNovation(world, loanId, company(2));
    expect(await world.refusal('case.approve', { caseId, ...(await shownOf(world, caseId)) }, people.director)).toBe(
      'ENTERPRISE_LIMIT_EXCEEDED',
    );
  });

  test('given a company’s loan, or a successor that is no company, when novation is proposed, then it is refused', async () => {
    const { world, loanId } = await teamLoan();
    const other = await lend(world, 2, 10n * WAN);
    expect(await propose(world, other, company(3))).toBe('NOT_A_TEAM');
    expect(await propose(world, loanId, team(3))).toBe('NOT_A_COMPANY');
    expect(await propose(world, loanId, { ...company(3), id: `${company(3).id.slice(0, -1)}Z` })).toBe('USCC_INVALID');
  });

  test('given a team that has become a company, when it applies anew, then ALREADY_NOVATED', async () => {
    const { world, loanId } = await teamLoan();
    await novate(world, loanId, company(1));
    expect(
      await world.refusal(
        'loan.apply',
        { caseId: caseIdOf(2), application: application(2, WAN, ofTeam(1)) },
        people.officer,
      ),
    ).toBe('ALREADY_NOVATED');
  });

  test('given present-value measurement, when the loan passes, then the unearned difference passes too', async () => {
    const { world, loanId } = await teamLoan({
      accounting: { measurement: { kind: 'present-value', annualRate: '0.0425' } },
    });
    const discountFen = (await world.read('loan', loanId))?.discountFen ?? 0n;
    await novate(world, loanId, company(1));
    const lines = world.entries().findLast((e) => e.type === 'case.approved')?.lines ?? [];
    expect(lines).toContainEqual({
      account: '1303.03',
      side: 'credit',
      amountFen: discountFen,
      dims: { enterprise: company(1).id, instrument: loanId },
    });
    expect(netFen(world, '1303.03', loanId)).toBe(-discountFen);
  });
});
