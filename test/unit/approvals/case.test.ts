import { describe, expect, test } from 'vitest';
import { addDays, addWorkingDays } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import {
  application,
  applyAndVote,
  approveLoan,
  caseIdOf,
  charterWith,
  company,
  createWorld,
  FUND,
  found,
  fundedWorld,
  people,
  person,
  seedCharter,
  shownOf,
  WAN,
  type World,
} from '../../support/world.ts';

const apply = async (world: World, n = 1, amountFen = 10n * WAN) => {
  const caseId = caseIdOf(n);
  await world.run('loan.apply', { caseId, application: application(n, amountFen) }, people.officer);
  return { caseId, shown: await shownOf(world, caseId) };
};

const review = (world: World, caseId: string, shown: object, opinion = 'pass') =>
  world.run('case.review', { caseId, ...shown, opinion, comment: '已核' }, people.reviewer);

const exposureOf = async (world: World, n = 1) => (await world.read('enterprise', company(n).id))?.exposureFen;

/** The reference authority matrix with the tiers of loans replaced. */
const loanTiers = (...tiers: object[]) => ({
  authority: [
    ...seedCharter.authority.filter((t) => t.subject !== 'loan'),
    ...tiers.map((tier) => ({ ...seedCharter.authority.find((t) => t.subject === 'loan'), ...tier })),
  ],
});

/** What a tier asks for that leaves out all but the final approval. */
const APPROVAL_ALONE = { review: false, committee: false, noticeWorkingDays: 0 };

describe('review', () => {
  test.each([
    ['pass', 'voting', 10n * WAN],
    ['return', 'returned', 10n * WAN],
    ['reject', 'rejected', 0n],
  ])('given a submitted case, when the reviewer says %s, then it is %s', async (opinion, status, exposureFen) => {
    const world = await fundedWorld();
    const { caseId, shown } = await apply(world);
    await review(world, caseId, shown, opinion);
    expect(await world.read('case', caseId)).toMatchObject({ status });
    expect(await exposureOf(world)).toBe(exposureFen);
  });

  test('given the maker is a reviewer too, when they review, then DUTIES_NOT_SEPARATE', async () => {
    const world = await fundedWorld();
    const { caseId, shown } = await apply(world);
    const both = person(people.officer.id, 'officer', 'reviewer');
    const payload = { caseId, ...shown, opinion: 'pass', comment: '同意' };
    expect(await world.refusal('case.review', payload, both)).toBe('DUTIES_NOT_SEPARATE');
  });

  test('given a tier without committee and notice, when review passes, then final approval is next', async () => {
    const world = await fundedWorld(loanTiers({ committee: false, noticeWorkingDays: 0 }));
    const { caseId, shown } = await apply(world);
    await review(world, caseId, shown);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approving' });
  });

  test('given a tier without review, committee and notice, when it is submitted, then it awaits final approval', async () => {
    const world = await fundedWorld(loanTiers(APPROVAL_ALONE));
    const { caseId } = await apply(world);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approving' });
  });

  test('given a tier of notice alone, when it is submitted, and again after an objection, then the notice runs first', async () => {
    const world = await fundedWorld(loanTiers({ ...APPROVAL_ALONE, noticeWorkingDays: 5 }));
    const { caseId, shown } = await apply(world);
    const onNotice = () => ({
      status: 'on-notice',
      noticeEndsOn: addWorkingDays(world.clock.today(), 5, chinaCalendar),
    });
    expect(await world.read('case', caseId)).toMatchObject(onNotice());
    expect(await world.refusal('case.approve', { caseId, ...shown }, people.director)).toBe('NOTICE_RUNNING');
    await world.run('case.object', { caseId, reason: '材料不实' }, people.reviewer);
    world.clock.set(addDays(world.clock.today(), 3));
    await world.run('loan.reapply', { caseId, application: application(1, 9n * WAN) }, people.officer);
    const { noticeEndsOn } = onNotice();
    expect(await world.read('case', caseId)).toMatchObject(onNotice());
    world.clock.set(addDays(noticeEndsOn, 1));
    await world.run('case.approve', { caseId, ...(await shownOf(world, caseId)) }, people.director);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approved' });
  });

  test('given a committee without review, when it is submitted, then it is voting', async () => {
    const world = await fundedWorld(loanTiers({ review: false }));
    const { caseId } = await apply(world);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'voting' });
  });
});

describe('vote', () => {
  const voting = async () => {
    const world = await fundedWorld();
    const { caseId, shown } = await apply(world);
    await review(world, caseId, shown);
    const vote = (n: number, choice: string, more: object = {}) =>
      world.refusal('case.vote', { caseId, ...shown, choice, comment: '意见', ...more }, people.committee[n]);
    return { world, caseId, shown, vote };
  };

  test('given four yes of five, then the notice runs for five working days', async () => {
    const { world, caseId, vote } = await voting();
    for (const n of [0, 1, 2, 3]) expect(await vote(n, 'approve')).toBe('applied');
    expect(await world.read('case', caseId)).toMatchObject({
      status: 'on-notice',
      noticeEndsOn: addWorkingDays(world.clock.today(), 5, chinaCalendar),
    });
    expect(await vote(4, 'approve')).toBe('STATE_INVALID');
  });

  test('given a second no, then the case is rejected and the limit is free', async () => {
    const { world, caseId, vote } = await voting();
    await vote(0, 'reject');
    await vote(1, 'reject');
    expect(await world.read('case', caseId)).toMatchObject({ status: 'rejected' });
    expect(await exposureOf(world)).toBe(0n);
  });

  test('given so many recused that no quorum is left, then the case fails at once', async () => {
    const { world, caseId, vote } = await voting();
    await vote(0, 'recuse');
    await vote(1, 'recuse');
    expect(await world.read('case', caseId)).toMatchObject({ status: 'rejected' });
  });

  test('given a vote cast, when the member votes again, then ALREADY_VOTED', async () => {
    const { vote } = await voting();
    await vote(0, 'abstain');
    expect(await vote(0, 'approve')).toBe('ALREADY_VOTED');
  });

  test('given a role without membership, then NOT_A_MEMBER; membership without the role, then ROLE_REQUIRED', async () => {
    const { world, caseId, shown } = await voting();
    const payload = { caseId, ...shown, choice: 'approve', comment: '同意' };
    expect(await world.refusal('case.vote', payload, person('committee-9', 'committee'))).toBe('NOT_A_MEMBER');
    expect(await world.refusal('case.vote', payload, person('committee-1', 'officer'))).toBe('ROLE_REQUIRED');
  });

  test('given a maker who sits on the committee, when they vote or are voted for, then DUTIES_NOT_SEPARATE', async () => {
    const world = await fundedWorld();
    const maker = person('committee-1', 'officer', 'committee');
    const caseId = caseIdOf(1);
    await world.run('loan.apply', { caseId, application: application(1, WAN) }, maker);
    const shown = await shownOf(world, caseId);
    await review(world, caseId, shown);
    const payload = { caseId, ...shown, choice: 'approve', comment: '同意' };
    expect(await world.refusal('case.vote', payload, maker)).toBe('DUTIES_NOT_SEPARATE');
    const days = { firstDay: world.clock.today(), lastDay: world.clock.today() };
    await world.run('delegation.give', { to: maker.id, ...days }, people.committee[1]);
    const other = { ...payload, onBehalfOf: 'committee-2' };
    expect(await world.refusal('case.vote', other, maker)).toBe('DUTIES_NOT_SEPARATE');
  });
});

describe('delegation', () => {
  const voting = async () => {
    const world = await fundedWorld();
    const { caseId, shown } = await apply(world);
    await review(world, caseId, shown);
    const delegate = person('deputy-1', 'committee');
    const cast = (onBehalfOf: string) =>
      world.refusal('case.vote', { caseId, ...shown, choice: 'approve', comment: '代', onBehalfOf }, delegate);
    const give = (firstDay: string, lastDay: string, to = delegate.id) =>
      world.refusal('delegation.give', { to, firstDay, lastDay }, people.committee[0]);
    return { world, caseId, cast, give };
  };

  test('given a delegation in force, when the delegate votes, then it is the member’s vote', async () => {
    const { world, caseId, cast, give } = await voting();
    await give(world.clock.today(), world.clock.today());
    expect(await cast('committee-1')).toBe('applied');
    expect((await world.read('case', caseId))?.votes).toEqual([
      { member: 'committee-1', choice: 'approve', by: 'deputy-1' },
    ]);
    expect(await cast('committee-1')).toBe('ALREADY_VOTED');
    expect(await cast('committee-2')).toBe('DELEGATION_MISSING');
  });

  test.each([
    [-5, -1],
    [1, 9],
  ])(
    'given a delegation from %i to %i days from now, when the delegate votes, then DELEGATION_MISSING',
    async (a, b) => {
      const { world, cast, give } = await voting();
      expect(await give(addDays(world.clock.today(), a), addDays(world.clock.today(), b))).toBe('applied');
      expect(await cast('committee-1')).toBe('DELEGATION_MISSING');
    },
  );

  test('given a delegation, when it is given anew and has run out, then it is taken back', async () => {
    const { world, cast, give } = await voting();
    const today = world.clock.today();
    await give(today, addDays(today, 30));
    await give(today, today);
    world.clock.set(addDays(today, 1));
    expect(await cast('committee-1')).toBe('DELEGATION_MISSING');
  });

  test('given oneself, days the wrong way round, too many, or no member, then it is refused', async () => {
    const { world, give } = await voting();
    const today = world.clock.today();
    expect(await give(today, today, 'committee-1')).toBe('DELEGATION_INVALID');
    expect(await give(today, addDays(today, -1))).toBe('DELEGATION_INVALID');
    const payload = { to: 'deputy-1', firstDay: today, lastDay: today };
    expect(await world.refusal('delegation.give', payload, person('committee-9', 'committee'))).toBe('NOT_A_MEMBER');
    expect(await world.refusal('delegation.give', payload, people.officer)).toBe('ROLE_REQUIRED');
    for (let i = 0; i < 50; i += 1) expect(await give(today, today, `deputy-${i}`)).toBe('applied');
    expect(await give(today, today, 'one-more')).toBe('DELEGATION_INVALID');
  });
});

describe('public notice', () => {
  test('given a running notice, when somebody objects, then the case is returned; afterwards NOTICE_OVER', async () => {
    const world = await fundedWorld();
    const first = await applyAndVote(world, 1, WAN);
    const second = await applyAndVote(world, 2, WAN);
    const endsOn = (await world.read('case', first))?.noticeEndsOn ?? world.clock.today();
    world.clock.set(endsOn);
    await world.run('case.object', { caseId: first, reason: '材料不实' }, people.reviewer);
    expect(await world.read('case', first)).toMatchObject({ status: 'returned' });
    world.clock.set(addDays(endsOn, 1));
    expect(await world.refusal('case.object', { caseId: second, reason: '材料不实' }, people.reviewer)).toBe(
      'NOTICE_OVER',
    );
  });

  test('given the last day of the notice, when the director approves, then NOTICE_RUNNING; the day after it passes', async () => {
    const world = await fundedWorld();
    const caseId = await applyAndVote(world, 1, WAN);
    const endsOn = (await world.read('case', caseId))?.noticeEndsOn ?? world.clock.today();
    const approve = async () =>
      world.refusal('case.approve', { caseId, ...(await shownOf(world, caseId)) }, people.director);
    world.clock.set(endsOn);
    expect(await approve()).toBe('NOTICE_RUNNING');
    world.clock.set(addDays(endsOn, 1));
    expect(await approve()).toBe('applied');
  });
});

describe('final approval', () => {
  const approving = async (finalApprovals: object[]) => {
    const world = await fundedWorld(loanTiers({ ...APPROVAL_ALONE, finalApprovals }));
    const { caseId, shown } = await apply(world);
    const approve = (id: string, ...roles: string[]) =>
      world.refusal('case.approve', { caseId, ...shown }, person(id, ...roles));
    return { world, caseId, approve };
  };

  test('given two directors and a bureau, then each must be another person, and the last yes holds the money', async () => {
    const { world, caseId, approve } = await approving([
      { role: 'director', count: 2 },
      { role: 'finance-bureau', count: 1 },
    ]);
    expect(await approve('d1', 'director', 'finance-bureau')).toBe('applied');
    expect(await approve('d1', 'finance-bureau')).toBe('DUTIES_NOT_SEPARATE');
    expect(await approve('f1', 'finance-bureau')).toBe('applied');
    expect(await approve('f2', 'finance-bureau')).toBe('ROLE_REQUIRED');
    expect((await world.ledger.load(FUND, [])).head.heldFen).toBe(0n);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approving' });
    expect(await approve('d2', 'director')).toBe('applied');
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approved' });
    expect((await world.ledger.load(FUND, [])).head.heldFen).toBe(10n * WAN);
  });

  test('given less money than asked for, when the last approval comes, then FUNDS_INSUFFICIENT and nothing is held', async () => {
    const world = createWorld();
    await found(world, charterWith(loanTiers(APPROVAL_ALONE)));
    const { caseId, shown } = await apply(world);
    expect(await world.refusal('case.approve', { caseId, ...shown }, people.director)).toBe('FUNDS_INSUFFICIENT');
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approving', approvals: [] });
  });

  test('given an approver, when they refuse, then the case is rejected and the limit is free', async () => {
    const { world, caseId } = await approving([{ role: 'director', count: 1 }]);
    await world.run('case.reject', { caseId, ...(await shownOf(world, caseId)), reason: '不宜' }, people.director);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'rejected' });
    expect(await exposureOf(world)).toBe(0n);
  });

  test('given tiers by amount, then the tier of the amount decides, its bound included', async () => {
    const tiers = loanTiers(
      { upToFen: String(10n * WAN), ...APPROVAL_ALONE },
      { upToFen: null, review: true, committee: true },
    );
    const world = await fundedWorld(tiers);
    const below = await apply(world, 1, 10n * WAN);
    const above = await apply(world, 2, 10n * WAN + 1n);
    expect(await world.read('case', below.caseId)).toMatchObject({ status: 'approving' });
    expect(await world.read('case', above.caseId)).toMatchObject({ status: 'submitted' });
  });
});

describe('a changed proposal', () => {
  test('given votes on one revision, when the maker hands in another, then they are void and the old one cannot be decided', async () => {
    const world = await fundedWorld();
    const { caseId, shown } = await apply(world);
    await review(world, caseId, shown);
    await world.run('case.vote', { caseId, ...shown, choice: 'approve', comment: '同意' }, people.committee[0]);
    await world.run('loan.reapply', { caseId, application: application(1, 12n * WAN) }, people.officer);
    expect(await world.read('case', caseId)).toMatchObject({
      status: 'submitted',
      revision: 2,
      votes: [],
      approvals: [],
      amountFen: 12n * WAN,
    });
    expect(await exposureOf(world)).toBe(12n * WAN);
    expect((await world.read('case', caseId))?.reviewer).toBeUndefined();
    const stale = { caseId, ...shown, opinion: 'pass', comment: '同意' };
    expect(await world.refusal('case.review', stale, people.reviewer)).toBe('CASE_CHANGED');
    const half = { caseId, ...(await shownOf(world, caseId)), revision: 1, opinion: 'pass', comment: '同意' };
    expect(await world.refusal('case.review', half, people.reviewer)).toBe('CASE_CHANGED');
  });

  test('given another officer or another borrower, when it is handed in anew, then it is refused', async () => {
    const world = await fundedWorld();
    const { caseId } = await apply(world);
    const other = person('officer-2', 'officer');
    expect(await world.refusal('loan.reapply', { caseId, application: application(1, WAN) }, other)).toBe(
      'NOT_THE_MAKER',
    );
    expect(await world.refusal('loan.reapply', { caseId, application: application(2, WAN) }, people.officer)).toBe(
      'BORROWER_CHANGED',
    );
  });

  test('given a smaller amount, when it is handed in anew, then the limit is held against what is asked now', async () => {
    const world = await fundedWorld();
    const { caseId } = await apply(world, 1, 30n * WAN);
    await world.run('loan.reapply', { caseId, application: application(1, 20n * WAN) }, people.officer);
    const second = { caseId: caseIdOf(2), application: application(2, 10n * WAN + 1n, { applicant: company(1) }) };
    expect(await world.refusal('loan.apply', second, people.officer)).toBe('ENTERPRISE_LIMIT_EXCEEDED');
  });
});

describe('the end of a case', () => {
  test('given a case past its last day, when somebody decides, then CASE_EXPIRED; the day itself is good', async () => {
    const world = await fundedWorld(loanTiers({ ...APPROVAL_ALONE, expiresAfterDays: 10 }));
    const { caseId, shown } = await apply(world);
    const expiresOn = addDays(world.clock.today(), 10);
    world.clock.set(expiresOn);
    expect(await world.refusal('case.lapse', { caseId })).toBe('CASE_NOT_EXPIRED');
    world.clock.set(addDays(expiresOn, 1));
    expect(await world.refusal('case.approve', { caseId, ...shown }, people.director)).toBe('CASE_EXPIRED');
    await world.run('case.lapse', { caseId });
    expect(await world.read('case', caseId)).toMatchObject({ status: 'lapsed' });
    expect(await exposureOf(world)).toBe(0n);
  });

  test('given an approved loan without contract, when it lapses, then its hold is given back', async () => {
    const world = await fundedWorld();
    const caseId = await approveLoan(world, 1, 10n * WAN);
    world.clock.set('2018-03-01');
    await world.run('case.lapse', { caseId });
    expect((await world.ledger.load(FUND, [])).head.heldFen).toBe(0n);
  });

  test('given only the maker may withdraw, when another person tries, then NOT_THE_MAKER', async () => {
    const world = await fundedWorld();
    const { caseId } = await apply(world);
    expect(await world.refusal('case.withdraw', { caseId, reason: '撤' }, people.reviewer)).toBe('NOT_THE_MAKER');
    await world.run('case.withdraw', { caseId, reason: '撤' }, people.officer);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'withdrawn' });
    expect(await exposureOf(world)).toBe(0n);
  });

  test('given a case number that is taken, when another command opens a case under it, then CASE_EXISTS', async () => {
    const world = await fundedWorld();
    const caseId = await approveLoan(world, 1, 10n * WAN);
    const again = { caseId, application: application(2, WAN) };
    expect(await world.refusal('loan.apply', again, people.officer)).toBe('CASE_EXISTS');
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approved' });
  });
});
