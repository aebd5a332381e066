import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type ErrorDetails, FundError } from '#shared/errors/fund-error.ts';
import {
  application,
  caseIdOf,
  company,
  documents,
  fundedWorld,
  ofTeam,
  people,
  team,
  WAN,
} from '../../support/world.ts';

interface Filed {
  readonly code: string;
  readonly details: ErrorDetails;
  readonly checks?: readonly object[] | undefined;
}

/** What becomes of an application, with its details. */
const file = async (changes: object, charter: object = {}, amountFen = 10n * WAN): Promise<Filed> => {
  const world = await fundedWorld(charter);
  const payload = { caseId: caseIdOf(1), application: application(1, amountFen, changes) };
  try {
    await world.run('loan.apply', payload, people.officer);
  } catch (error) {
    if (error instanceof FundError) return { code: error.code, details: error.details };
    throw error;
  }
  return { code: 'applied', details: {}, checks: (await world.read('proposal', caseIdOf(1)))?.checks };
};

const established = (establishedOn: string) => ({ applicant: { ...company(1), establishedOn } });
const good = application(1, WAN).declarations;

describe('eligibility', () => {
  test('given an eligible company, then every rule is answered in the file', async () => {
    const { code, checks } = await file({});
    expect(code).toBe('applied');
    expect(checks).toEqual(
      [
        '注册成立不超过5年',
        '已入库重庆市科技型企业系统',
        '一年内无科研失信',
        '未列入失信联合惩戒名单',
        '无连续超过30天的不良信用记录',
        '无重大未决诉讼',
      ].map((label) => ({ label, passed: true })),
    );
  });

  test.each([
    ['注册成立不超过5年', established('2012-02-29')],
    ['注册成立不超过5年', established('2017-03-02')],
    ['已入库重庆市科技型企业系统', { declarations: { ...good, 'in-tech-register': false } }],
    ['一年内无科研失信', { declarations: { ...good, 'research-dishonesty': true } }],
    ['未列入失信联合惩戒名单', { declarations: { ...good, 'joint-punishment': true } }],
    ['无连续超过30天的不良信用记录', { declarations: { ...good, 'bad-bank-record': true } }],
    ['无重大未决诉讼', { declarations: { ...good, 'pending-suit': true } }],
  ])('given what breaks «%s», then NOT_ELIGIBLE names it and nothing else', async (label, changes) => {
    expect(await file(changes)).toMatchObject({ code: 'NOT_ELIGIBLE', details: { reasons: label } });
  });

  test('given several reasons, then all are named at once; what is not declared does not count as declared', async () => {
    const { code, details } = await file({ ...established('2010-01-01'), declarations: {} });
    expect(code).toBe('NOT_ELIGIBLE');
    expect(details['reasons']?.split('；')).toHaveLength(6);
  });

  test('given a company exactly five years old, or founded today, then it is eligible', async () => {
    expect((await file(established('2012-03-01'))).code).toBe('applied');
    expect((await file(established('2017-03-01'))).code).toBe('applied');
  });

  test('given a rule on an inherited name, then it is not met by what every object has', async () => {
    const rule = { rule: 'declared', key: 'constructor', expected: true, label: '构造' };
    expect(await file({}, { lending: { eligibility: [rule] } })).toMatchObject({ details: { reasons: '构造' } });
  });
});

describe('completeness', () => {
  test('given missing documents, then DOCUMENTS_MISSING names all of them', async () => {
    expect(await file({ documents: documents('business-licence', 'other') })).toEqual({
      code: 'DOCUMENTS_MISSING',
      details: { missing: 'application-form financial-statement business-plan' },
    });
  });

  test('given a team, then it needs a team’s documents, not a company’s', async () => {
    expect((await file(ofTeam(1))).code).toBe('applied');
    expect(await file({ applicant: team(1) })).toMatchObject({ details: { missing: 'team-undertaking' } });
  });
});

describe('terms', () => {
  test.each([
    [5, 'TERM_OUT_OF_RANGE'],
    [6, 'applied'],
    [36, 'applied'],
    [37, 'TERM_OUT_OF_RANGE'],
  ])('given %i months, then %s', async (termMonths, code) => {
    expect((await file({ termMonths })).code).toBe(code);
  });

  test.each([
    [{ kind: 'bullet' }, 'applied'],
    [{ kind: 'instalments', count: 36, everyMonths: 1 }, 'applied'],
    [{ kind: 'instalments', count: 12, everyMonths: 3 }, 'applied'],
    [{ kind: 'instalments', count: 13, everyMonths: 3 }, 'REPAYMENT_REFUSED'],
  ])('given the plan %j over 36 months, then %s', async (repayment, code) => {
    expect((await file({ repayment })).code).toBe(code);
  });

  test('given a charter that knows bullets only, then instalments are refused; one for companies only, then teams', async () => {
    const repayment = { kind: 'instalments', count: 2, everyMonths: 1 };
    expect((await file({ repayment }, { lending: { repayments: ['bullet'] } })).code).toBe('REPAYMENT_REFUSED');
    expect((await file(ofTeam(1), { lending: { borrowers: ['company'] } })).code).toBe('BORROWER_KIND_REFUSED');
  });

  test.each([
    [0n, 'AMOUNT_INVALID'],
    [1n, 'applied'],
    [30n * WAN, 'applied'],
    [30n * WAN + 1n, 'ENTERPRISE_LIMIT_EXCEEDED'],
    [10n ** 15n, 'ENTERPRISE_LIMIT_EXCEEDED'],
  ])('given %d fen, then %s', async (amountFen, code) => {
    expect((await file({}, {}, amountFen)).code).toBe(code);
  });

  test.each(['-1', '1.5', '1e3', '10000000000000001', ' 1', '', '0x1', '１００'])(
    'given %j for an amount, then it is not even a command',
    async (amountFen) => {
      await expect(file({ amountFen })).rejects.toBeInstanceOf(z.ZodError);
    },
  );
});

describe('who applies', () => {
  test('given a code whose check character is wrong, or a team’s number for a company, then USCC_INVALID', async () => {
    const id = `${company(1).id.slice(0, -1)}${company(1).id.endsWith('0') ? '1' : '0'}`;
    expect((await file({ applicant: { ...company(1), id } })).code).toBe('USCC_INVALID');
    expect((await file({ applicant: { ...company(1), id: team(1).id } })).code).toBe('USCC_INVALID');
    expect((await file({ ...ofTeam(1), applicant: { ...team(1), id: company(1).id } })).code).toBe('USCC_INVALID');
  });

  test.each(['示例\u0378公司', '示例\u200b公司', '示例\u202e司公', '', ' 示例公司'])(
    'given the name %j, then it is not even a command',
    async (name) => {
      await expect(file({ applicant: { ...company(1), name } })).rejects.toBeInstanceOf(z.ZodError);
    },
  );

  test('given a code known under another name, then NAME_DIFFERS; the same name in another width is the same', async () => {
    const world = await fundedWorld();
    const apply = (n: number, name: string) =>
      world.refusal(
        'loan.apply',
        { caseId: caseIdOf(n), application: application(n, WAN, { applicant: { ...company(1), name } }) },
        people.officer,
      );
    expect(await apply(1, '示例（重庆）公司')).toBe('applied');
    expect(await apply(2, '示例(重庆)公司')).toBe('applied');
    expect(await apply(3, '示例(重庆)有限公司')).toBe('NAME_DIFFERS');
  });

  test('given two codes with names that look alike, then the second is NAME_LOOKS_ALIKE', async () => {
    const world = await fundedWorld();
    const apply = (n: number, name: string) =>
      world.refusal(
        'loan.apply',
        { caseId: caseIdOf(n), application: application(n, WAN, { applicant: { ...company(n), name } }) },
        people.officer,
      );
    expect(await apply(1, 'ALPHA科技')).toBe('applied');
    expect(await apply(2, 'АLРНА 科技')).toBe('NAME_LOOKS_ALIKE');
    expect(await apply(3, 'BETA科技')).toBe('applied');
  });

  test('given a limit shared by applications that are not decided, then one too many is refused until one ends', async () => {
    const world = await fundedWorld();
    const apply = (n: number, amountFen: bigint) =>
      world.refusal(
        'loan.apply',
        { caseId: caseIdOf(n), application: application(n, amountFen, { applicant: company(1) }) },
        people.officer,
      );
    expect(await apply(1, 20n * WAN)).toBe('applied');
    expect(await apply(2, 10n * WAN + 1n)).toBe('ENTERPRISE_LIMIT_EXCEEDED');
    expect(await apply(2, 10n * WAN)).toBe('applied');
    await world.run('case.withdraw', { caseId: caseIdOf(1), reason: '撤' }, people.officer);
    expect(await apply(3, 20n * WAN)).toBe('applied');
  });
});
