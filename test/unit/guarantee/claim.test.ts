import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { reissuedIdOf } from '#shared/domain/guarantee/reissue.ts';
import { linesOf } from '../../support/books.ts';
import {
  approveCase,
  claimCaseOf,
  documents,
  fallsDue,
  payIdOf,
  payOut,
  statement,
  submit,
  troubled,
} from '../../support/claims.ts';
import {
  charters,
  cqb,
  createCompensationWorld,
  createGradedWorld,
  filingOf,
  filingRow,
  rcb,
  reportOf,
} from '../../support/compensation-world.ts';
import {
  bankLine,
  caseIdOf,
  changed,
  company,
  found,
  fundWith,
  headOf,
  people,
  shownOf,
  WAN,
  type World,
} from '../../support/world.ts';

const id = filingOf(1);
const claimId = claimIdOf(id);
const caseId = claimCaseOf(id);
const enterprise = company(1).id;

/** One loan of 100万 under 80/20, overdue for three months, money in the pool. */
const overdue = async (charter: { fundId: string } = charters.kv2017, changes: object = {}): Promise<World> => {
  const graded = charter.fundId === 'kv';
  const world = graded ? await createGradedWorld(3, charter) : await createCompensationWorld(charter);
  await fundWith(world, 1_500n * WAN);
  await fallsDue(world, await troubled(world, 1, changes));
  return world;
};

const claimed = async (charter?: { fundId: string }, changes: object = {}): Promise<World> => {
  const world = await overdue(charter);
  await submit(world, id, changes);
  return world;
};

describe('claiming', () => {
  test('given an overdue loan, when its bank claims, then the rules share the loss and a case is open', async () => {
    const world = await claimed();
    expect(await world.read('claim', claimId)).toMatchObject({
      status: 'submitted',
      caseId,
      lossFen: 100n * WAN,
      fundFen: 80n * WAN,
      guarantorFen: 0n,
      bankFen: 20n * WAN,
      firstReviewDueOn: '2018-09-10',
      decisionDueOn: '2018-10-12',
    });
    expect(await world.read('filing', id)).toMatchObject({ status: 'claimed' });
    expect(await world.read('case', caseId)).toMatchObject({ subject: 'claim', amountFen: 80n * WAN, maker: rcb.id });
    expect(await world.read('enterprise', enterprise)).toMatchObject({ compensatedFen: 80n * WAN });
    expect(await headOf(world)).toMatchObject({ coveredFen: 100n * WAN, heldFen: 0n });
  });

  test('given a guaranteed loan, then government, bank and guarantor share 30/20/50', async () => {
    const world = await overdue(charters.sme2018, { guarantorId: 'cq-tech-g', coveredFen: String(100n * WAN + 3n) });
    await submit(world, id);
    expect(await world.read('claim', claimId)).toMatchObject({
      fundFen: 30n * WAN,
      guarantorFen: 50n * WAN + 2n,
      bankFen: 20n * WAN + 1n,
    });
  });

  const kvDocuments = documents.filter((d) => !d.type.startsWith('suit'));
  test.each([
    ['DOCUMENTS_MISSING', statement({ documents: kvDocuments.slice(1) }), rcb],
    ['AMOUNT_INVALID', statement({ otherSupport: [{ scheme: '市级', amountFen: '0' }] }), rcb],
    ['CLAIM_EXHAUSTED', statement({ otherSupport: [{ scheme: '市级', amountFen: String(80n * WAN) }] }), rcb],
    ['FILING_NOT_FOUND', statement(), cqb],
    ['ROLE_REQUIRED', statement(), people.officer],
  ])('%s', async (code, said, actor) => {
    const world = await overdue();
    expect(await world.refusal('claim.submit', { filingId: id, caseId, ...said }, actor)).toBe(code);
  });

  test('given 59 days overdue, or a notice too fresh, then it is too early', async () => {
    const world = await overdue();
    const { lawsuit: _, ...said } = statement();
    const ask = () => world.refusal('claim.submit', { filingId: id, caseId, ...said }, rcb);
    world.clock.set('2018-07-30');
    expect(await ask()).toBe('CLAIM_EARLY');
    world.clock.set('2018-07-31');
    expect(await ask()).toBe('applied');
    const late = await createGradedWorld(1);
    await troubled(late, 1);
    late.clock.set('2018-09-01');
    await late.run('filing.report', reportOf(id, { asOf: '2018-09-01', overdueSince: '2018-06-01' }), rcb);
    late.clock.set('2018-09-30');
    expect(await late.refusal('claim.submit', { filingId: id, caseId, ...statement() }, rcb)).toBe('CLAIM_EARLY');
    late.clock.set('2018-10-01');
    expect(await late.refusal('claim.submit', { filingId: id, caseId, ...statement() }, rcb)).toBe('applied');
  });

  test('given trouble without arrears, then there is no claim yet', async () => {
    const world = await createGradedWorld(1);
    await troubled(world, 1);
    await world.run('filing.report', reportOf(id, { trouble: 'operation' }), rcb);
    world.clock.set('2018-12-01');
    expect(await world.refusal('claim.submit', { filingId: id, caseId, ...statement() }, rcb)).toBe('CLAIM_EARLY');
  });

  test('given a charter that asks for a suit, then one must have been accepted', async () => {
    const world = await overdue(charters.sme2018);
    const { lawsuit, ...without } = statement();
    const ask = (said: object) => world.refusal('claim.submit', { filingId: id, caseId, ...said }, rcb);
    expect(await ask(without)).toBe('LAWSUIT_MISSING');
    expect(await ask({ ...without, lawsuit: { ...lawsuit, acceptedOn: '2018-09-04' } })).toBe('LAWSUIT_MISSING');
  });

  test('given a claim that is open, then there is no second one, and the loan is not withdrawn', async () => {
    const world = await claimed();
    const again = { filingId: id, caseId: claimCaseOf(id, 1), ...statement() };
    expect(await world.refusal('claim.submit', again, rcb)).toBe('STATE_INVALID');
    expect(await world.refusal('filing.withdraw', { filingId: id, reason: '撤' }, rcb)).toBe('STATE_INVALID');
  });
});

describe('what the fund bears', () => {
  const assessed = async (charter: { fundId: string }, said: object, changes: object = {}) => {
    const world = await overdue(charter, changes);
    await submit(world, id, said);
    const proposal = await world.read('proposal', caseId);
    return proposal?.content.subject === 'claim' ? proposal.content.claim.assessment : undefined;
  };

  test('given interest where the charter covers principal only, then none is covered', async () => {
    expect(await assessed(charters.kv2017, { interestFen: '12345' })).toMatchObject({
      principalFen: 100n * WAN,
      interestFen: 0n,
      fundFen: 80n * WAN,
    });
  });

  test('given interest the charter names, then it is covered for its days at the contract’s rate, rounded down', async () => {
    const charter = changed(charters.kv2017, { claims: { interest: { maxDays: 90 } } });
    const days90 = (100n * WAN * 43n * 90n) / (1_000n * 360n);
    expect(await assessed(charter, { interestFen: String(10n * WAN) })).toMatchObject({ interestFen: days90 });
    expect(await assessed(charter, { interestFen: '100' })).toMatchObject({
      interestFen: 100n,
      fundFen: 80n * WAN + 80n,
      bankFen: 20n * WAN + 20n,
    });
  });

  test('given other public support, then all layers together stay at 80% of the loss', async () => {
    const otherSupport = [{ scheme: '市级风险补偿', amountFen: String(15n * WAN) }];
    expect(await assessed(charters.kv2017, { otherSupport })).toMatchObject({
      fundFen: 65n * WAN,
      bankFen: 35n * WAN,
      overCeilingFen: 15n * WAN,
      overCapFen: 0n,
    });
  });

  test('given a cumulative cap, then several loans of one enterprise are compensated up to it and no further', async () => {
    const sizes = charters.sme2018.filing.sizes.map((s) => ({ ...s, compensationCapFen: String(70n * WAN) }));
    const world = await overdue(changed(charters.sme2018, { filing: { sizes } }));
    await submit(world, id);
    const second = filingOf(2);
    const borrower = { enterpriseId: enterprise, enterpriseName: company(1).name };
    world.clock.set('2018-03-01');
    await troubled(world, 2, borrower);
    await fallsDue(world, second);
    await submit(world, second);
    expect(await world.read('claim', claimIdOf(second))).toMatchObject({ fundFen: 20n * WAN, bankFen: 80n * WAN });
    world.clock.set('2018-03-01');
    await troubled(world, 3, borrower);
    await fallsDue(world, filingOf(3));
    const third = { filingId: filingOf(3), caseId: claimCaseOf(filingOf(3)), ...statement() };
    expect(await world.refusal('claim.submit', third, rcb)).toBe('CLAIM_EXHAUSTED');
    await world.run('case.withdraw', { caseId, reason: '已清收' }, rcb);
    await world.run('claim.submit', third, rcb);
    expect(await world.read('claim', claimIdOf(filingOf(3)))).toMatchObject({ fundFen: 50n * WAN });
  });

  test('given shares an amendment changes between filing and claim, then the loan’s own hold', async () => {
    const world = await overdue();
    const sharing = [{ ...charters.kv2017.sharing[0], fund: 50, bank: 50 }];
    await found(world, changed(charters.kv2017, { version: 2, effectiveFrom: '2018-09-03', sharing }));
    await submit(world, id);
    expect(await world.read('claim', claimId)).toMatchObject({ fundFen: 80n * WAN, charterVersion: 1 });
  });
});

describe('deciding and paying', () => {
  test('given every approval, then the book says what is owed and to be recovered, and the bank is paid from it', async () => {
    const world = await claimed();
    const before = await headOf(world);
    await approveCase(world, caseId);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'approved', allowanceFen: 20n * WAN });
    expect(await headOf(world)).toMatchObject({ heldFen: 80n * WAN, coveredFen: 0n, bankFen: before.bankFen });
    const approved = world.entries().findLast((e) => e.type === 'case.approved');
    const posted = approved?.lines ?? [];
    expect(netDebitFen(posted, '1221.01')).toBe(80n * WAN);
    expect(netDebitFen(posted, '2241')).toBe(-80n * WAN);
    expect(netDebitFen(posted, '2801')).toBe(20n * WAN);
    expect(netDebitFen(posted, '1231')).toBe(-20n * WAN);
    await payOut(world, payIdOf(id));
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'paid', paidOn: '2018-09-03' });
    expect(await world.read('filing', id)).toMatchObject({ status: 'compensated' });
    expect(await headOf(world)).toMatchObject({ bankFen: before.bankFen - 80n * WAN, heldFen: 0n, inTransitFen: 0n });
    const lines = linesOf(world);
    expect(netDebitFen(lines, '2241')).toBe(0n);
    expect(netDebitFen(lines, '2801')).toBe(0n);
    expect(await world.read('exposure', 'bank:rcb')).toMatchObject({ outstandingFen: 0n, compensatedFen: 80n * WAN });
    expect(await world.read('payment', payIdOf(id))).toMatchObject({
      payee: { number: charters.kv2017.banks[0]?.account.number },
    });
  });

  test('given a compensated loan, then nothing compensates it again', async () => {
    const world = await overdue();
    await submit(world, id);
    await approveCase(world, caseId);
    const again = { filingId: id, caseId: claimCaseOf(id, 1), ...statement() };
    expect(await world.refusal('claim.submit', again, rcb)).toBe('STATE_INVALID');
    const resubmit = { claimId, ...statement() };
    expect(await world.refusal('claim.resubmit', resubmit, rcb)).toBe('STATE_INVALID');
    expect(await world.refusal('filing.file', { bankId: 'rcb', ...filingRow(1, { drawnOn: '2018-09-03' }) }, rcb)).toBe(
      'FILING_EXISTS',
    );
    expect(await world.refusal('filing.report', reportOf(id, { asOf: '2018-09-03' }), rcb)).toBe('STATE_INVALID');
  });

  test('given less money than the claim asks for, then the last approval is refused until there is more', async () => {
    const world = await createGradedWorld(1);
    await fundWith(world, 79n * WAN);
    await fallsDue(world, await troubled(world, 1));
    await submit(world, id);
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    for (const m of people.committee.slice(0, 4))
      await world.run('case.vote', { ...shown, choice: 'approve', comment: '同意' }, m);
    await world.run('case.approve', shown, people.director);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('FUNDS_INSUFFICIENT');
    await fundWith(world, 1n * WAN);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('applied');
  });

  test('given a repayment during review, then the claim must be made anew, and its old decisions are void', async () => {
    const world = await claimed();
    await world.run(
      'filing.report',
      reportOf(id, { asOf: '2018-09-03', overdueSince: '2018-06-01', coveredFen: String(60n * WAN) }),
      rcb,
    );
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
    for (const m of people.committee.slice(0, 4))
      await world.run('case.vote', { ...shown, choice: 'approve', comment: '同意' }, m);
    await world.run('case.approve', shown, people.director);
    expect(await world.refusal('case.approve', shown, people.finance)).toBe('CLAIM_OUTDATED');
    await world.run('claim.resubmit', { claimId, ...statement() }, rcb);
    expect(await world.refusal('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer)).toBe(
      'CASE_CHANGED',
    );
    expect(await world.read('enterprise', enterprise)).toMatchObject({ compensatedFen: 48n * WAN });
    await approveCase(world, caseId);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'approved', fundFen: 48n * WAN });
  });

  test('given amendments between filing, claim and its revision, then it is handed in anew under the loan’s own rules', async () => {
    const world = await overdue();
    await found(world, changed(charters.kv2017, { version: 2, effectiveFrom: '2018-09-03' }));
    await submit(world, id);
    await found(world, changed(charters.kv2017, { version: 3, effectiveFrom: '2018-09-03' }));
    await world.run('claim.resubmit', { claimId, ...statement() }, rcb);
    expect(await world.read('claim', claimId)).toMatchObject({ charterVersion: 1, fundFen: 80n * WAN });
    await approveCase(world, caseId);
    await payOut(world, payIdOf(id));
    await world.run('receipt.book', { targetId: claimId, line: bankLine('credit', 10n, '2018-09-03') });
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'paid', fundRecoveredFen: 8n });
  });

  test('given a loan that is paid off, then its claim cannot be approved or made anew, and comes to nothing', async () => {
    const world = await claimed();
    await world.run('filing.report', reportOf(id, { asOf: '2018-09-03', coveredFen: '0' }), rcb);
    expect(await world.refusal('claim.resubmit', { claimId, ...statement() }, rcb)).toBe('CLAIM_OUTDATED');
    await world.run('case.withdraw', { caseId, reason: '已结清' }, rcb);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'refused' });
    expect(await world.read('filing', id)).toMatchObject({ status: 'settled' });
    expect(await world.read('enterprise', enterprise)).toMatchObject({ compensatedFen: 0n });
  });

  test('given a refusal, then the loan stays covered and may be claimed on again', async () => {
    const world = await claimed();
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    await world.run('case.review', { ...shown, opinion: 'reject', comment: '材料不实' }, people.reviewer);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'refused' });
    expect(await world.read('filing', id)).toMatchObject({ status: 'exception' });
    expect(await headOf(world)).toMatchObject({ coveredFen: 100n * WAN });
    const second = { filingId: id, caseId: claimCaseOf(id, 1), ...statement() };
    await world.run('claim.submit', second, rcb);
    await approveCase(world, claimCaseOf(id, 1));
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'approved' });
  });

  test('given a payment the bank refuses, then it is owed as before and paid once in the end', async () => {
    const world = await claimed();
    await approveCase(world, caseId);
    const payId = payIdOf(id);
    await world.run('payment.release', { payId }, people.treasurer);
    await world.run('payment.instruct', { payId });
    await world.run('payment.bounce', { paymentId: `${payId}-P1`, reasonCode: 'AC04', reasonText: '销户' });
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'approved' });
    await payOut(world, payId);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'paid' });
    expect(netDebitFen(linesOf(world), '2241')).toBe(0n);
  });

  test('given money that comes back, then the claim waits for its payment again', async () => {
    const world = await claimed();
    await approveCase(world, caseId);
    await payOut(world, payIdOf(id));
    await world.run('payment.give-back', {
      paymentId: `${payIdOf(id)}-P1`,
      line: bankLine('credit', 80n * WAN, world.clock.today()),
    });
    const back = await world.read('claim', claimId);
    expect(back).toMatchObject({ status: 'approved' });
    expect(back).not.toHaveProperty('paidOn');
  });

  test('given a closed account, then the payment is given up and made anew to the account of today', async () => {
    const world = await claimed();
    await approveCase(world, caseId);
    const payId = payIdOf(id);
    const reissue = () => world.refusal('payment.reissue', { payId }, people.director);
    expect(await reissue()).toBe('REISSUE_REFUSED');
    await world.run('payment.cancel', { payId, reason: '账户已销' }, people.director);
    expect(await headOf(world)).toMatchObject({ heldFen: 0n });
    const account = { name: '重庆农村商业银行永川支行', number: '999', bankCode: '314653000011' };
    const banks = charters.kv2017.banks.map((b) =>
      b.id === 'rcb' ? { ...b, account: { ...account, number: '9999999' } } : b,
    );
    await found(world, changed(charters.kv2017, { version: 2, effectiveFrom: '2018-09-03', banks }));
    expect(await world.refusal('payment.reissue', { payId }, people.treasurer)).toBe('ROLE_REQUIRED');
    expect(await reissue()).toBe('applied');
    expect(await reissue()).toBe('REISSUE_REFUSED');
    expect(await headOf(world)).toMatchObject({ heldFen: 80n * WAN });
    const anew = reissuedIdOf(payId);
    expect(await world.read('payment', anew)).toMatchObject({ payee: { number: '9999999' }, status: 'held' });
    await payOut(world, anew);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'paid' });
    expect(netDebitFen(linesOf(world), '2241')).toBe(0n);
  });

  test('given a bank that has left the charter, then what it is owed goes to its last known account', async () => {
    const world = await claimed();
    const banks = charters.kv2017.banks.filter((b) => b.id !== 'rcb');
    await found(world, changed(charters.kv2017, { version: 2, effectiveFrom: '2018-09-03', banks }));
    await approveCase(world, caseId);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'approved' });
    expect(await world.refusal('filing.file', { bankId: 'rcb', ...filingRow(2, { drawnOn: '2018-09-03' }) }, rcb)).toBe(
      'BANK_UNKNOWN',
    );
  });
});

describe('time limits', () => {
  const remind = (world: World) => world.refusal('claim.remind', { claimId });

  test('given nobody reviews, then first the review and then the decision are marked overdue, on the day after each', async () => {
    const world = await claimed();
    world.clock.set('2018-09-10');
    expect(await remind(world)).toBe('idle');
    world.clock.set('2018-09-11');
    expect(await remind(world)).toBe('applied');
    expect(await world.read('claim', claimId)).toMatchObject({ overdue: 'first-review', remindOn: '2018-10-13' });
    expect(await remind(world)).toBe('idle');
    world.clock.set('2018-10-13');
    expect(await remind(world)).toBe('applied');
    const late = await world.read('claim', claimId);
    expect(late).toMatchObject({ overdue: 'decision' });
    expect(late).not.toHaveProperty('remindOn');
    expect(world.entries().filter((e) => e.type === 'claim.overdue')).toHaveLength(2);
  });

  test('given a review in time, or a claim returned to its bank, then nothing is overdue', async () => {
    for (const opinion of ['pass', 'return']) {
      const world = await claimed();
      const shown = { caseId, ...(await shownOf(world, caseId)) };
      await world.run('case.review', { ...shown, opinion, comment: '意见' }, people.reviewer);
      world.clock.set('2018-09-11');
      expect(await remind(world)).toBe('applied');
      expect(await world.read('claim', claimId)).not.toHaveProperty('overdue');
    }
  });

  test('given a claim handed in anew, then its time limits begin anew', async () => {
    const world = await claimed();
    world.clock.set('2018-09-20');
    await world.run('claim.resubmit', { claimId, ...statement() }, rcb);
    expect(await world.read('claim', claimId)).toMatchObject({ submittedOn: '2018-09-20', remindOn: '2018-09-29' });
  });

  test('given a decided claim, then there is nothing to be reminded of', async () => {
    const world = await claimed();
    await approveCase(world, caseId);
    world.clock.set('2018-12-01');
    expect(await remind(world)).toBe('idle');
  });
});

describe('breakers and claims', () => {
  test('given a compensation ratio above 5%, then the bank is stopped by the approval itself', async () => {
    const world = await createCompensationWorld(charters.sme2018);
    await fundWith(world, 1_500n * WAN);
    for (let n = 2; n <= 9; n += 1) await troubled(world, n);
    await fallsDue(world, await troubled(world, 1));
    await submit(world, id);
    await approveCase(world, caseId);
    expect(await world.read('exposure', 'bank:rcb')).toMatchObject({ compensatedFen: 50n * WAN, status: 'stopped' });
    expect(world.entries().at(-1)?.type).toMatch(/^breaker\./);
    const next = { bankId: 'rcb', ...filingRow(10, { drawnOn: '2018-09-03' }) };
    expect(await world.refusal('filing.file', next, rcb)).toBe('NEW_FILINGS_STOPPED');
    expect(await world.refusal('filing.report', reportOf(filingOf(2), { asOf: '2018-09-03' }), rcb)).toBe('applied');
  });

  test('given half the pool used, then the fund warns', async () => {
    const world = await createCompensationWorld(charters.sme2018);
    await fundWith(world, 100n * WAN);
    await fallsDue(world, await troubled(world, 1));
    await submit(world, id);
    await approveCase(world, caseId);
    expect(await world.read('exposure', 'fund')).toMatchObject({ status: 'warned' });
  });
});

describe('who does what', () => {
  test('given the bank that made the claim, then it decides nothing on it; another machine withdraws nothing', async () => {
    const world = await claimed();
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    const both = { ...rcb, roles: ['bank', 'reviewer', 'director'] };
    expect(await world.refusal('case.review', { ...shown, opinion: 'pass', comment: '同意' }, both)).toBe(
      'DUTIES_NOT_SEPARATE',
    );
    expect(await world.refusal('case.withdraw', { caseId, reason: '撤' }, cqb)).toBe('CASE_NOT_FOUND');
    expect(await world.refusal('claim.resubmit', { claimId, ...statement() }, cqb)).toBe('CLAIM_NOT_FOUND');
  });

  test('given a claim nobody decides until it lapses, then it comes to nothing', async () => {
    const world = await claimed();
    world.clock.set(addDays(world.clock.today(), 181));
    await world.run('case.lapse', { caseId });
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'refused' });
    expect(await world.refusal('case.lapse', { caseId: caseIdOf('none') })).toBe('CASE_NOT_FOUND');
  });
});

test('given a loan compensated in full, then the trial balance is even', async () => {
  const world = await overdue();
  await submit(world, id);
  await approveCase(world, caseId);
  await payOut(world, payIdOf(id));
  expect(netDebitFen(linesOf(world))).toBe(0n);
  expect(await compensatedTwice(world)).toBe('STATE_INVALID');
});

const compensatedTwice = async (world: World) =>
  world.refusal('claim.submit', { filingId: id, caseId: claimCaseOf(id, 2), ...statement() }, rcb);
