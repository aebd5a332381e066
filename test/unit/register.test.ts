import { describe, expect, test } from 'vitest';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { company, createWorld, found, people } from '../support/world.ts';

const firmId = company(1).id;
const enrol = { firmId, name: '懒人福家政', registeredOn: '2014-05-06', industry: '家政服务', technology: false };

const enrolled = async () => {
  const world = createWorld('2019-07-31', undefined, REGISTER_BOOK);
  await world.run('register.enrol', enrol, people.officer);
  return world;
};

describe('the register of enterprises', () => {
  test('given an enterprise, when it is incubated, raises money and is listed, then its record says so', async () => {
    const world = await enrolled();
    const move = { firmId, step: 'incubate', on: '2015-01-01', note: '永创汇' };
    await world.run('register.move', move, people.officer);
    const round = { firmId, investor: '某创投', raisedFen: '1000000000', postMoneyFen: '6700000000', on: '2018-03-01' };
    await world.run('register.round', round, people.officer);
    const listing = { firmId, market: '科创板(OTC)', code: '600001', on: '2018-06-01' };
    await world.run('register.list', listing, people.officer);
    expect(await world.read('firm', firmId)).toMatchObject({
      status: 'incubating',
      incubator: '永创汇',
      rounds: [{ postMoneyFen: 6_700_000_000n }],
      listings: [{ code: '600001' }],
    });
    const dates = world.entries().map((e) => e.businessDate);
    expect(dates).toEqual(['2014-05-06', '2015-01-01', '2018-03-01', '2018-06-01']);
  });

  test.each([
    ['register.enrol', { ...enrol }, 'FIRM_EXISTS'],
    ['register.enrol', { ...enrol, firmId: company(2).id }, 'NAME_LOOKS_ALIKE'],
    ['register.enrol', { ...enrol, firmId: `${firmId.slice(0, -1)}0`, name: '另一企业' }, 'USCC_INVALID'],
    [
      'register.enrol',
      { ...enrol, firmId: company(2).id, name: '另一企业', registeredOn: '2020-01-01' },
      'DATE_INVALID',
    ],
    ['register.move', { firmId, step: 'graduate', on: '2016-01-01', note: '毕业' }, 'STATE_INVALID'],
    ['register.move', { firmId: company(3).id, step: 'leave', on: '2016-01-01', note: '迁出' }, 'FIRM_NOT_FOUND'],
    [
      'register.round',
      { firmId, investor: '某', raisedFen: '2', postMoneyFen: '1', on: '2016-01-01' },
      'AMOUNT_INVALID',
    ],
    ['register.end-bank', { bankId: 'rcb', on: '2016-01-01', reason: '到期' }, 'BANK_NOT_FOUND'],
  ] as const)('given the register, when %s does not fit, then it is refused with %s', async (kind, payload, code) => {
    const world = await enrolled();
    expect(await world.refusal(kind, payload, people.officer)).toBe(code);
  });

  test('given a recognised bank, when its recognition ends and is renewed, then the last word counts', async () => {
    const world = await enrolled();
    const terms = {
      bankId: 'rcb',
      name: '重庆农商行',
      products: ['科创贷', '税银通'],
      documentNumber: '永科〔2018〕1号',
    };
    await world.run('register.recognise-bank', { ...terms, since: '2018-01-01' }, people.officer);
    await world.run('register.end-bank', { bankId: 'rcb', on: '2019-01-01', reason: '考核不合格' }, people.officer);
    expect(
      await world.refusal('register.end-bank', { bankId: 'rcb', on: '2019-02-01', reason: '再次' }, people.officer),
    ).toBe('STATE_INVALID');
    await world.run('register.recognise-bank', { ...terms, since: '2019-06-01' }, people.officer);
    expect(await world.read('bank', 'rcb')).toMatchObject({ status: 'recognised', since: '2019-06-01' });
  });

  test('given a listing on a market, when it is recorded again, then it is refused', async () => {
    const world = await enrolled();
    const listing = { firmId, market: '科创板(OTC)', code: '600001', on: '2018-06-01' };
    await world.run('register.list', listing, people.officer);
    expect(await world.refusal('register.list', { ...listing, code: '600002' }, people.officer)).toBe('ALREADY_LISTED');
  });

  test('given the book of a fund, when an enterprise is to be enrolled in it, then it is refused, and so is a charter in the register', async () => {
    const fund = createWorld('2019-07-31');
    expect(await fund.refusal('register.enrol', enrol, people.officer)).toBe('NOT_THE_REGISTER');
    const register = createWorld('2019-07-31', undefined, REGISTER_BOOK);
    await expect(found(register)).rejects.toMatchObject({ code: 'NOT_THE_REGISTER' });
  });
});
