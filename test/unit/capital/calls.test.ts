import { describe, expect, test } from 'vitest';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { netFen } from '../../support/books.ts';
import {
  bankLine,
  caseIdOf,
  charterWith,
  createWorld,
  FUND,
  found,
  people,
  person,
  seedCharter,
  shownOf,
  WAN,
  type World,
} from '../../support/world.ts';

const CALL = 'CC-000000000001';

const call = (world: World, amountFen: bigint, callId = CALL) =>
  world.refusal(
    'capital.call',
    { callId, amountFen: String(amountFen), dueOn: '2017-04-01', documentNumber: '渝财〔2017〕1号' },
    people.director,
  );

const receive = (world: World, contributor: string, amountFen: bigint, reference: string, callId = CALL) =>
  world.refusal('capital.receive', {
    callId,
    contributor,
    line: bankLine('credit', amountFen, world.clock.today(), { reference }),
  });

const fund = async (changes: object = {}) => {
  const world = createWorld();
  await found(world, charterWith(changes));
  return world;
};

/** Amends the charter and has it adopted. */
const amend = async (world: World, changes: object, version = 2) => {
  const caseId = caseIdOf(`amendment ${version}`);
  const document = charterWith({ version, ...changes });
  await world.run('charter.propose', { caseId, charter: document }, people.admin);
  for (const approver of [people.director, people.finance])
    await world.run('case.approve', { caseId, ...(await shownOf(world, caseId)) }, approver);
};

describe('capital call', () => {
  test('given 40 and 60, when a tranche is called, then each is called for its share and pays it', async () => {
    const world = await fund();
    await call(world, 1_000n * WAN);
    expect((await world.read('call', CALL))?.parts).toEqual([
      { contributor: 'city', amountFen: 400n * WAN, paidFen: 0n },
      { contributor: 'zone', amountFen: 600n * WAN, paidFen: 0n },
    ]);
    await receive(world, 'city', 400n * WAN, 'A');
    expect(await world.read('call', CALL)).toMatchObject({ status: 'open' });
    await receive(world, 'zone', 600n * WAN, 'B');
    expect(await world.read('call', CALL)).toMatchObject({ status: 'paid' });
    expect((await world.ledger.load(FUND, [])).head).toMatchObject({ bankFen: 1_000n * WAN, paidInFen: 1_000n * WAN });
    expect(netFen(world, '2711')).toBe(-1_000n * WAN);
  });

  test('given an odd fen, then it goes to the contributor the charter names', async () => {
    const world = await fund();
    await call(world, 101n);
    expect((await world.read('call', CALL))?.parts.map((p) => p.amountFen)).toEqual([40n, 61n]);
  });

  test('given more than was called, when it comes, then the rest waits; money for nobody waits whole', async () => {
    const world = await fund();
    await call(world, 1_000n * WAN);
    await receive(world, 'city', 500n * WAN, 'MORE');
    expect(await world.read('receipt', receiptIdOf('MORE'))).toMatchObject({ openFen: 100n * WAN });
    await receive(world, 'city', WAN, 'AGAIN');
    expect(await world.read('receipt', receiptIdOf('AGAIN'))).toMatchObject({ openFen: WAN });
    await receive(world, 'nobody', WAN, 'WHO');
    expect(await world.read('receipt', receiptIdOf('WHO'))).toMatchObject({ openFen: WAN });
    await receive(world, 'city', WAN, 'WHICH', 'CC-000000000009');
    expect(await world.read('receipt', receiptIdOf('WHICH'))).toMatchObject({ openFen: WAN });
    expect((await world.ledger.load(FUND, [])).head).toMatchObject({ bankFen: 503n * WAN, paidInFen: 400n * WAN });
  });

  test('given shares that do not divide, when all is called in pieces, then the last takes what is left of each', async () => {
    const world = createWorld();
    const contributors = [5, 3, 1].map((weight, i) => ({ id: `source-${i}`, name: `来源${i}`, weight }));
    await found(world, charterWith({ capital: { totalFen: '1000', contributors, remainderTo: 'source-2' } }));
    // 1,000 by 5 : 3 : 1 is 555, 333 and, with the odd fen, 112; 500 is 277, 166 and 57.
    expect(await call(world, 500n)).toBe('applied');
    expect(await call(world, 500n, 'CC-000000000002')).toBe('applied');
    const partsOf = async (id: string) => (await world.read('call', id))?.parts.map((p) => p.amountFen);
    expect(await partsOf('CC-000000000001')).toEqual([277n, 166n, 57n]);
    expect(await partsOf('CC-000000000002')).toEqual([278n, 167n, 55n]);
    expect(await call(world, 1n, 'CC-000000000003')).toBe('COMMITMENT_EXCEEDED');
  });

  test('given all that was committed, when one more fen is called, then COMMITMENT_EXCEEDED', async () => {
    const world = await fund();
    expect(await call(world, 5_000n * WAN)).toBe('applied');
    expect(await call(world, 1n, 'CC-000000000002')).toBe('COMMITMENT_EXCEEDED');
    expect(await call(world, 0n, 'CC-000000000003')).toBe('AMOUNT_INVALID');
  });

  test('given nothing has come, when the call is cancelled, then it can be called again; afterwards money for it waits', async () => {
    const world = await fund();
    await call(world, 5_000n * WAN);
    const cancel = () => world.refusal('capital.cancel-call', { callId: CALL, reason: '计划调整' }, people.director);
    expect(await cancel()).toBe('applied');
    expect(await cancel()).toBe('STATE_INVALID');
    expect(await call(world, 5_000n * WAN, 'CC-000000000002')).toBe('applied');
    await receive(world, 'city', WAN, 'LATE');
    expect(await world.read('receipt', receiptIdOf('LATE'))).toMatchObject({ openFen: WAN });
  });

  test('given money has come, when the call is cancelled, then CALL_PARTLY_PAID; an unknown one is CALL_NOT_FOUND', async () => {
    const world = await fund();
    await call(world, 1_000n * WAN);
    await receive(world, 'city', 1n, 'A');
    const cancel = (callId: string) =>
      world.refusal('capital.cancel-call', { callId, reason: '计划调整' }, people.director);
    expect(await cancel(CALL)).toBe('CALL_PARTLY_PAID');
    expect(await cancel('CC-000000000009')).toBe('CALL_NOT_FOUND');
  });

  test('given a call number that is taken, when it is called again, then CALL_EXISTS', async () => {
    const world = await fund();
    await call(world, WAN);
    expect(await call(world, WAN)).toBe('CALL_EXISTS');
  });

  test('given no charter in force, when capital is called, then CHARTER_NOT_IN_FORCE', async () => {
    expect(await call(createWorld(), WAN)).toBe('CHARTER_NOT_IN_FORCE');
    expect(
      await createWorld().refusal(
        'capital.call',
        { callId: CALL, amountFen: '1', dueOn: '2017-04-01', documentNumber: 'x' },
        person('x', 'officer'),
      ),
    ).toBe('ROLE_REQUIRED');
  });
});

describe('rules of the date', () => {
  const county = { id: 'county', name: '区财政', weight: 50 };
  const amended = {
    effectiveFrom: '2018-01-01',
    capital: {
      totalFen: '10000000000',
      contributors: [county, ...seedCharter.capital.contributors],
      remainderTo: 'county',
    },
    accounting: { equityAccount: '4001', voucherTypes: 'receipt-payment-transfer' },
  };

  test('given an amendment not yet in force, when capital is called, then by the shares and limits of today', async () => {
    const world = await fund();
    await amend(world, amended);
    expect(await call(world, 5_000n * WAN + 1n)).toBe('COMMITMENT_EXCEEDED');
    expect(await call(world, 1_000n * WAN)).toBe('applied');
    const parts = (await world.read('call', CALL))?.parts;
    expect(parts?.find((p) => p.contributor === 'city')?.amountFen).toBe(400n * WAN);
    expect(parts?.find((p) => p.contributor === 'zone')?.amountFen).toBe(600n * WAN);
    expect(parts?.find((p) => p.contributor === 'county')?.amountFen ?? 0n).toBe(0n);
    expect((await world.read('capital', 'all'))?.contributors).toContainEqual({
      id: 'city',
      committedFen: 2_666_666_666n,
      calledFen: 400n * WAN,
      refundedFen: 0n,
    });
  });

  test('given an amendment in force, when capital is called, then by its shares', async () => {
    const world = await fund();
    await amend(world, amended);
    world.clock.set('2018-01-01');
    await call(world, 150n);
    expect((await world.read('call', CALL))?.parts.map((p) => [p.contributor, p.amountFen])).toEqual([
      ['county', 50n],
      ['city', 40n],
      ['zone', 60n],
    ]);
  });

  test('given money booked before an amendment, when it is told of afterwards, then account and voucher type are of its date', async () => {
    const world = await fund();
    await amend(world, amended);
    await call(world, 1_000n * WAN);
    world.clock.set('2018-01-02');
    const line = bankLine('credit', WAN, '2017-12-31');
    await world.run('capital.receive', { callId: CALL, contributor: 'city', line });
    expect(world.entries().at(-1)).toMatchObject({
      businessDate: '2017-12-31',
      voucher: { period: '2017-12', type: '记', number: 1 },
    });
    expect(netFen(world, '2711')).toBe(-WAN);
    await world.run('capital.receive', {
      callId: CALL,
      contributor: 'city',
      line: bankLine('credit', WAN, '2018-01-01'),
    });
    expect(world.entries().at(-1)).toMatchObject({ voucher: { period: '2018-01', type: '收', number: 1 } });
    expect(netFen(world, '4001')).toBe(-WAN);
  });
});
