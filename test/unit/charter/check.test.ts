import { describe, expect, test } from 'vitest';
import { charterDocument } from '#shared/contracts/documents.ts';
import { checkCharter, FOUNDING_TIER, tierFor } from '#shared/domain/charter/authority.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { refusalOf } from '../../support/refusal.ts';
import { charterWith, seedCharter, WAN } from '../../support/world.ts';

const parsed = (changes: object) => charterDocument.parse(charterWith(changes));

/** Why the charter is refused. */
const reasonOf = (changes: object): string => {
  try {
    checkCharter(parsed(changes));
  } catch (error) {
    if (error instanceof FundError && error.code === 'CHARTER_INVALID') return error.details['reason'] ?? '';
    throw error;
  }
  return 'none';
};

const loanTier = seedCharter.authority.find((t) => t.subject === 'loan');
const withoutLoan = seedCharter.authority.filter((t) => t.subject !== 'loan');
const loanTiers = (...tiers: object[]) => ({
  authority: [...withoutLoan, ...tiers.map((t) => ({ ...loanTier, ...t }))],
});
const director = { role: 'director', count: 1 };

describe('a charter', () => {
  test('given the reference charter, then it does not contradict itself', () => {
    expect(reasonOf({})).toBe('none');
  });

  test.each<[string, object]>([
    ['capital must be positive', { capital: { totalFen: '0' } }],
    [
      'a contributor is listed twice',
      { capital: { contributors: Array(2).fill(seedCharter.capital.contributors[1]) } },
    ],
    ['remainderTo names no contributor', { capital: { remainderTo: 'nobody' } }],
    ['the last loan tier must be open upwards', { authority: withoutLoan }],
    ['the last loan tier must be open upwards', loanTiers({ upToFen: '1' })],
    ['loan tiers must rise', loanTiers({ upToFen: '2' }, { upToFen: '2' }, { upToFen: null })],
    ['loan tiers must rise', loanTiers({ upToFen: '3' }, { upToFen: '2' }, { upToFen: null })],
    ['only the last loan tier may be open', loanTiers({ upToFen: null }, { upToFen: null })],
    ['only the last loan tier may be open', loanTiers({ upToFen: null }, { upToFen: '2' }, { upToFen: null })],
    ['a loan tier names a role twice', loanTiers({ finalApprovals: [director, director] })],
    ['a committee member is listed twice', { committee: { members: Array(2).fill({ id: 'a', name: 'a' }) } }],
    ['a tier asks for a committee without members', { committee: { members: [] } }],
    ['a committee fraction is not in (0, 1]', { committee: { quorum: { numerator: 3, denominator: 2 } } }],
    ['a committee fraction is not in (0, 1]', { committee: { pass: { numerator: 3, denominator: 2 } } }],
    ['grade thresholds must rise', { classification: { specialMentionOverDays: 90 } }],
    ['grade thresholds must rise', { classification: { substandardOverDays: 270 } }],
    ['grade thresholds must rise', { classification: { doubtfulOverDays: 360 } }],
    ['loan terms are out of order', { lending: { maxTermMonths: 5 } }],
    ['the limit per enterprise must be positive', { lending: { maxPerEnterpriseFen: '0' } }],
    ['a share that is half or more is control', { equity: { maxShare: { numerator: 1, denominator: 2 } } }],
    ['a share that is half or more is control', { conversion: { maxShare: { numerator: 1, denominator: 2 } } }],
    ['the last exit step must be open', { equity: { exit: { steps: [{ withinYears: 3, price: 'cost' }] } } }],
    [
      'exit steps must rise',
      { equity: { exit: { steps: [3, 3, null].map((y) => ({ withinYears: y, price: 'cost' })) } } },
    ],
    ['a class of buyers is listed twice', { equity: { exit: { order: ['founders', 'founders'] } } }],
  ])('given that %s, then CHARTER_INVALID says so', (reason, changes) => {
    expect(reasonOf(changes)).toBe(reason);
  });

  test.each(['charter', 'loan', 'extension', 'novation', 'write-off'])(
    'given no tier for %s, then CHARTER_INVALID',
    (subject) => {
      const authority = seedCharter.authority.filter((t) => t.subject !== subject);
      expect(reasonOf({ authority })).toBe(`the last ${subject} tier must be open upwards`);
    },
  );

  test('given no committee anywhere, then no members are needed', () => {
    const authority = seedCharter.authority.map((t) => ({ ...t, committee: false }));
    expect(reasonOf({ authority, committee: { members: [] } })).toBe('none');
  });

  test.each<[string, object]>([
    ['a fraction of a fen', { capital: { totalFen: '1.5' } }],
    ['a number for an amount', { capital: { totalFen: 5_000_000_000 } }],
    ['a negative weight', { capital: { contributors: [{ id: 'city', name: '市', weight: -1 }], remainderTo: 'city' } }],
    ['a weight that is no whole number', { capital: { contributors: [{ id: 'city', name: '市', weight: 0.4 }] } }],
    ['nobody who contributes', { capital: { contributors: [] } }],
    ['a tier nobody approves', loanTiers({ finalApprovals: [] })],
    ['a rate above one', { accounting: { provision: { loss: '1.1' } } }],
    ['a rate as a number', { accounting: { provision: { loss: 1 } } }],
    ['a day that does not exist', { effectiveFrom: '2017-02-29' }],
    ['a kind of fund nobody knows', { kind: 'hedge' }],
    ['a member nobody knows', { comment: 'x' }],
    ['an account that holds no equity', { accounting: { equityAccount: '1002' } }],
  ])('given %s, then the document is refused by its schema', (_, changes) => {
    expect(charterDocument.safeParse(charterWith(changes)).success).toBe(false);
  });
});

describe('the authority matrix', () => {
  const charter = parsed(
    loanTiers(
      { upToFen: String(10n * WAN), noticeWorkingDays: 1 },
      { upToFen: String(20n * WAN), noticeWorkingDays: 2 },
      { upToFen: null, noticeWorkingDays: 3 },
    ),
  );

  test.each([
    [0n, 1],
    [10n * WAN, 1],
    [10n * WAN + 1n, 2],
    [20n * WAN, 2],
    [20n * WAN + 1n, 3],
    [10n ** 15n, 3],
  ])('given %d fen, then tier %i decides', (amountFen, notice) => {
    expect(tierFor(charter, 'loan', amountFen).noticeWorkingDays).toBe(notice);
  });

  test('given a subject the matrix does not know, then AUTHORITY_MISSING', () => {
    const none = { ...charter, authority: charter.authority.filter((t) => t.subject !== 'loan') };
    expect(refusalOf(() => tierFor(none, 'loan', 1n))).toBe('AUTHORITY_MISSING');
  });

  test('given the founding of a fund, then two persons of two bodies must agree', () => {
    expect(FOUNDING_TIER.finalApprovals).toEqual([director, { role: 'finance-bureau', count: 1 }]);
    expect(FOUNDING_TIER).toMatchObject({ subject: 'charter', upToFen: null });
  });
});
