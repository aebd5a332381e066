import { describe, expect, test } from 'vitest';
import { addDays, type BusinessDate, parseDate, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { accrue } from '#shared/domain/lending/accrual.ts';
import { overdueAt } from '#shared/domain/lending/ageing.ts';
import { allocateRepayment } from '#shared/domain/lending/allocation.ts';
import { classify } from '#shared/domain/lending/classification.ts';
import type { LoanState } from '#shared/domain/lending/loan.ts';
import { dayOneDifferenceFen, presentValueFen, unamortisedFen } from '#shared/domain/lending/measurement.ts';
import { accruePenalty, penaltyDueFen, penaltyUnitsOf } from '#shared/domain/lending/penalty.ts';
import { requiredProvisionFen } from '#shared/domain/lending/provision.ts';
import { buildSchedule, extendSchedule, type Instalment } from '#shared/domain/lending/schedule.ts';
import { seedCharter, WAN } from '../../support/world.ts';

const d = (text: string): BusinessDate => parseDate(text);
const everyDay: WorkingCalendar = { isWorkingDay: () => true };

/** `2020-03-09 100/40`: due, principal and what is paid of it. */
const instalment = (text: string): Instalment => {
  const [due = '', amounts = ''] = text.split(' ');
  const [principal = '0', paid = '0'] = amounts.split('/');
  return { dueDate: d(due), principalFen: BigInt(principal), paidFen: BigInt(paid) };
};

describe('schedule', () => {
  test('given a bullet, then all is due at the end, on a working day', () => {
    const terms = { kind: 'bullet', principalFen: 30n * WAN, startDate: d('2016-10-01'), termMonths: 36 } as const;
    expect(buildSchedule(terms, everyDay)).toEqual([{ dueDate: '2019-10-01', principalFen: 30n * WAN, paidFen: 0n }]);
    expect(buildSchedule(terms, chinaCalendar)[0]?.dueDate).toBe('2019-10-08');
  });

  test('given instalments, then they end with the term and the last takes the odd fen', () => {
    const schedule = buildSchedule(
      { kind: 'instalments', count: 3, everyMonths: 6, principalFen: 100n, startDate: d('2017-08-31'), termMonths: 36 },
      everyDay,
    );
    expect(schedule.map((i) => [i.dueDate, i.principalFen])).toEqual([
      ['2019-08-31', 33n],
      ['2020-02-29', 33n],
      ['2020-08-31', 34n],
    ]);
  });

  test('given an extension, then what is fully paid keeps its date and amounts stay', () => {
    const before = ['2019-08-30 33/33', '2020-02-28 33/10', '2020-08-31 34'].map(instalment);
    expect(extendSchedule(before, 12, everyDay)).toEqual(
      ['2019-08-30 33/33', '2021-02-28 33/10', '2021-08-31 34'].map(instalment),
    );
    expect(extendSchedule([instalment('2018-10-01 5')], 12, chinaCalendar)[0]?.dueDate).toBe('2019-10-08');
  });
});

describe('ageing', () => {
  const schedule = ['2020-01-10 100/100', '2020-02-10 100/40', '2020-03-10 100'].map(instalment);

  test.each([
    ['2020-02-10', 0n, 0],
    ['2020-02-11', 60n, 1],
    ['2020-03-10', 60n, 29],
    ['2020-03-11', 160n, 30],
    ['2021-02-10', 160n, 366],
  ])('given the end of %s, then %d fen are overdue, the oldest by %i days', (date, overdueFen, daysPastDue) => {
    expect(overdueAt(schedule, d(date))).toEqual({ overdueFen, daysPastDue });
  });

  test('given a schedule in another order, then the oldest unpaid date counts', () => {
    expect(overdueAt([...schedule].reverse(), d('2020-03-11')).daysPastDue).toBe(30);
  });
});

describe('five grades', () => {
  const rules = seedCharter.classification;

  test.each([
    [0, 'normal'],
    [1, 'special-mention'],
    [90, 'special-mention'],
    [91, 'substandard'],
    [270, 'substandard'],
    [271, 'doubtful'],
    [360, 'doubtful'],
    [361, 'loss'],
  ])('given %i days past due, then %s', (days, grade) => {
    expect(classify(days, rules, false)).toBe(grade);
  });

  test('given a loan that is watched, then special mention at least, and never better than it is', () => {
    expect(classify(0, rules, true)).toBe('special-mention');
    expect(classify(91, rules, true)).toBe('substandard');
    expect(classify(361, rules, true)).toBe('loss');
  });

  test('given other thresholds, then those', () => {
    expect(classify(30, { ...rules, specialMentionOverDays: 30 }, false)).toBe('normal');
    expect(classify(31, { ...rules, specialMentionOverDays: 30 }, false)).toBe('special-mention');
  });
});

describe('provision', () => {
  const matrix = seedCharter.accounting.provision;

  test.each([
    ['normal', 300_000n],
    ['special-mention', 600_000n],
    ['substandard', 7_500_000n],
    ['doubtful', 15_000_000n],
    ['loss', 30_000_000n],
  ] as const)('given 30万 in %s, then %d fen', (grade, fen) => {
    expect(requiredProvisionFen(30n * WAN, grade, matrix)).toBe(fen);
  });

  test('given fen that do not divide, then half a fen is rounded up', () => {
    expect(requiredProvisionFen(49n, 'normal', matrix)).toBe(0n);
    expect(requiredProvisionFen(50n, 'normal', matrix)).toBe(1n);
    expect(requiredProvisionFen(1n, 'doubtful', matrix)).toBe(1n);
  });
});

describe('penalty', () => {
  const RATE = '0.0005';

  test('given a day at which less than a fen runs up, then nothing is rounded before it is paid', () => {
    const oneDay = accruePenalty(999n, 1, RATE);
    expect(penaltyDueFen(oneDay, RATE)).toBe(0n);
    // 999 fen × 0.0005 × 3 days = 1.4985 fen
    expect(penaltyDueFen(3n * oneDay, RATE)).toBe(1n);
    const left = 3n * oneDay - penaltyUnitsOf(1n, RATE);
    expect(penaltyDueFen(left, RATE)).toBe(0n);
    // The 0.4985 fen stay owed: with one more day they make 0.998, with two 1.4975.
    expect(penaltyDueFen(left + oneDay, RATE)).toBe(0n);
    expect(penaltyDueFen(left + 2n * oneDay, RATE)).toBe(1n);
  });

  test('given 30万 overdue for 100 days at 0.05% a day, then 15,000 yuan; at no rate nothing', () => {
    expect(penaltyDueFen(accruePenalty(30n * WAN, 100, RATE), RATE)).toBe(1_500_000n);
    expect(penaltyDueFen(accruePenalty(30n * WAN, 100, '0'), '0')).toBe(0n);
  });

  test('given more paid than ran up, then nothing is due', () => {
    expect(penaltyDueFen(-1n, RATE)).toBe(0n);
    expect(penaltyDueFen(-1_000_000n, RATE)).toBe(0n);
  });

  const loan = (schedule: readonly Instalment[], agedThrough: string) =>
    ({ schedule, agedThrough: d(agedThrough), penaltyUnits: 0n }) as LoanState;
  const twoParts = ['2020-01-10 100', '2020-01-20 100'].map(instalment);

  test('given two instalments, then penalty runs from the day after each due date', () => {
    const units = (to: string) => accrue(loan(twoParts, '2020-01-01'), d(to), '0.1').penaltyUnits;
    expect(units('2020-01-10')).toBe(0n);
    expect(units('2020-01-11')).toBe(100n);
    expect(units('2020-01-20')).toBe(1_000n);
    expect(units('2020-01-21')).toBe(1_200n);
    expect(units('2020-01-30')).toBe(3_000n);
  });

  test('given days in any steps, then the same runs up; back to a day, then what ran up till then', () => {
    const start = loan(twoParts, '2020-01-01');
    let step = start;
    for (let day = d('2020-01-02'); day <= d('2020-02-10'); day = addDays(day, 1)) step = accrue(step, day, '0.1');
    const leap = accrue(start, d('2020-02-10'), '0.1');
    expect(step).toEqual(leap);
    expect(accrue(leap, d('2020-01-15'), '0.1')).toEqual(accrue(start, d('2020-01-15'), '0.1'));
    expect(accrue(leap, d('2020-02-10'), '0.1')).toBe(leap);
  });

  test('given a loan that has not been paid out, then nothing runs', () => {
    const { agedThrough: _, ...unpaid } = loan(twoParts, '2020-01-01');
    expect(accrue(unpaid as LoanState, d('2020-02-10'), '0.1')).toBe(unpaid);
  });
});

describe('present value', () => {
  const bullet = (due: string) => [instalment(`${due} ${30n * WAN}`)];

  test.each([
    // domain.md §6.3: 30万, three years: 27.098万 at 3.45%, 26.478万 at 4.25%.
    ['0.0345', 27_097_500n, 27_098_500n],
    ['0.0425', 26_477_500n, 26_478_500n],
  ])('given 30万 for 1095 days at %s, then between %d and %d fen', (rate, low, high) => {
    const value = presentValueFen(bullet('2022-03-08'), rate, d('2019-03-09'));
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  });

  test('given a rate of nothing, or money due today or overdue, then it is worth what it says', () => {
    expect(presentValueFen(bullet('2022-03-08'), '0', d('2019-03-09'))).toBe(30n * WAN);
    expect(presentValueFen(bullet('2019-03-09'), '0.0425', d('2019-03-09'))).toBe(30n * WAN);
    expect(presentValueFen(bullet('2018-03-09'), '0.0425', d('2019-03-09'))).toBe(30n * WAN);
    expect(dayOneDifferenceFen(bullet('2019-03-09'), '0.0425', d('2019-03-09'))).toBe(0n);
  });

  test('given exactly one year at 25%, then four fifths, and what is paid counts no more', () => {
    expect(presentValueFen([instalment('2020-03-08 1000/0')], '0.25', d('2019-03-09'))).toBe(800n);
    expect(presentValueFen([instalment('2020-03-08 1000/500')], '0.25', d('2019-03-09'))).toBe(400n);
    expect(dayOneDifferenceFen([instalment('2020-03-08 1000/500')], '0.25', d('2019-03-09'))).toBe(100n);
  });

  test('given time, then the difference only shrinks and ends at nothing; an extension does not bring it back', () => {
    const schedule = bullet('2022-03-08');
    const dayOne = dayOneDifferenceFen(schedule, '0.0425', d('2019-03-09'));
    let before = dayOne;
    for (const date of ['2019-12-31', '2020-12-31', '2021-12-31', '2022-03-08', '2022-12-31']) {
      const after = unamortisedFen(schedule, '0.0425', d(date), before);
      expect(after).toBeLessThanOrEqual(before);
      before = after;
    }
    expect(before).toBe(0n);
    const halfway = unamortisedFen(schedule, '0.0425', d('2020-12-31'), dayOne);
    expect(unamortisedFen(bullet('2025-03-08'), '0.0425', d('2021-01-31'), halfway)).toBe(halfway);
  });
});

describe('allocation of a repayment', () => {
  const instalments = ['2020-01-10 100/100', '2020-02-10 100/40', '2020-03-10 100'].map(instalment);
  const owed = { penaltyFen: 30n, instalments };

  test.each([
    ['penalty-first', 0n, 0n, 0n, 0n],
    ['penalty-first', 20n, 20n, 0n, 0n],
    ['penalty-first', 100n, 30n, 70n, 0n],
    ['penalty-first', 190n, 30n, 160n, 0n],
    ['penalty-first', 200n, 30n, 160n, 10n],
    ['principal-first', 20n, 0n, 20n, 0n],
    ['principal-first', 160n, 0n, 160n, 0n],
    ['principal-first', 170n, 10n, 160n, 0n],
    ['principal-first', 200n, 30n, 160n, 10n],
  ] as const)(
    'given %s and %d fen, then %d penalty, %d principal, %d too much',
    (order, amountFen, penalty, principal, excess) => {
      const part = allocateRepayment({ ...owed, amountFen, order });
      expect(part).toMatchObject({ penaltyFen: penalty, principalFen: principal, excessFen: excess });
      expect(part.penaltyFen + part.principalFen + part.excessFen).toBe(amountFen);
    },
  );

  test('given a part of what is owed, then the oldest instalment gets it first, and untouched ones are the same', () => {
    const part = allocateRepayment({ ...owed, amountFen: 75n, order: 'principal-first' });
    expect(part.instalments).toEqual(['2020-01-10 100/100', '2020-02-10 100/100', '2020-03-10 100/15'].map(instalment));
    expect(part.instalments[0]).toBe(instalments[0]);
  });
});
