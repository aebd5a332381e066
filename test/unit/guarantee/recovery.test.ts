import { describe, expect, test } from 'vitest';
import { statementCommands } from '#shared/application/intake.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { linesOf } from '../../support/books.ts';
import {
  approveCase,
  claimCaseOf,
  comes,
  compensated,
  fallsDue,
  payOut,
  reportRecovery,
  submit,
  troubled,
  writeOff,
} from '../../support/claims.ts';
import {
  charters,
  cqb,
  createCompensationWorld,
  createGradedWorld,
  filingOf,
  rcb,
} from '../../support/compensation-world.ts';
import { bankLine, changed, fundWith, headOf, people, WAN, type World } from '../../support/world.ts';

const id = filingOf(1);
const claimId = claimIdOf(id);

/** A loan compensated with 80 of 100万, 20万 of it the bank's loss. */
const paid = async (changes: object = {}, charter: { fundId: string } = charters.kv2017): Promise<World> => {
  const world = charter.fundId === 'kv' ? await createGradedWorld(2, charter) : await createCompensationWorld(charter);
  await fundWith(world, 1_500n * WAN);
  await compensated(world, await troubled(world, 1, changes));
  return world;
};

const balance = (world: World, account: string) => netDebitFen(linesOf(world), account);

describe('recovery by the bank', () => {
  test('given costs and a sum, then costs come first, then the loss by 80/20, and the bank owes the fund its part', async () => {
    const world = await paid();
    const recoveryId = await reportRecovery(world, claimId, 52n * WAN, 2n * WAN);
    expect(await world.read('recovery', recoveryId)).toMatchObject({
      status: 'due',
      by: 'bank',
      costFen: 2n * WAN,
      fundFen: 40n * WAN,
      bankFen: 10n * WAN,
      receivedFen: 0n,
    });
    expect(balance(world, '1221')).toBe(40n * WAN);
    expect(balance(world, '1221.01')).toBe(40n * WAN);
    await comes(world, recoveryId, 15n * WAN);
    expect(await world.read('recovery', recoveryId)).toMatchObject({ status: 'due', receivedFen: 15n * WAN });
    await comes(world, recoveryId, 25n * WAN);
    expect(await world.read('recovery', recoveryId)).toMatchObject({ status: 'received' });
    expect(balance(world, '1221')).toBe(0n);
    expect(await headOf(world)).toMatchObject({ bankFen: 1_460n * WAN });
    expect(await world.read('exposure', 'fund')).toMatchObject({ recoveredFen: 40n * WAN });
  });

  test('given costs without a sum, then they wait and are taken off the next one', async () => {
    const world = await paid();
    await reportRecovery(world, claimId, 0n, 3n * WAN);
    expect(await world.read('claim', claimId)).toMatchObject({ costOpenFen: 3n * WAN });
    const recoveryId = await reportRecovery(world, claimId, 8n * WAN);
    expect(await world.read('recovery', recoveryId)).toMatchObject({ costFen: 3n * WAN, fundFen: 4n * WAN });
  });

  test('given all of it in odd pieces, then each has exactly what it bore, then interest, and the rest is the bank’s', async () => {
    const world = await paid();
    const ids = [];
    for (const fen of [1n, 3n, 99_999_991n, 5n]) ids.push(await reportRecovery(world, claimId, fen));
    const parts = await Promise.all(ids.map((r) => world.read('recovery', r)));
    const sum = (of: 'fundFen' | 'bankFen') => parts.reduce((total, p) => total + (p?.[of] ?? 0n), 0n);
    expect(sum('fundFen')).toBe(80n * WAN);
    expect(sum('bankFen')).toBe(20n * WAN);
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'recovered', allowanceFen: 0n });
    const more = await reportRecovery(world, claimId, 7n * WAN);
    expect(await world.read('recovery', more)).toMatchObject({ status: 'received', fundFen: 0n, bankFen: 7n * WAN });
    expect(balance(world, '1221.01')).toBe(0n);
    expect(balance(world, '1231')).toBe(0n);
    expect(balance(world, '6702')).toBe(0n);
  });

  test('given an uncovered part, then it shares in what comes back, or comes last, as the charter says', async () => {
    const open = { uncoveredFen: String(100n * WAN) };
    const proRata = await paid(open);
    const first = await reportRecovery(proRata, claimId, 50n * WAN);
    expect(await proRata.read('recovery', first)).toMatchObject({ fundFen: 20n * WAN, bankFen: 30n * WAN });
    const last = await paid(open, changed(charters.kv2017, { recovery: { uncovered: 'last' } }));
    const second = await reportRecovery(last, claimId, 50n * WAN);
    expect(await last.read('recovery', second)).toMatchObject({ fundFen: 40n * WAN, bankFen: 10n * WAN });
  });

  test('given an order with interest before principal, then interest owed comes first', async () => {
    const world = await createGradedWorld(
      1,
      changed(charters.kv2017, { recovery: { order: ['cost', 'interest', 'principal'] } }),
    );
    await fundWith(world, 1_500n * WAN);
    await compensated(world, await troubled(world, 1), { interestFen: String(2n * WAN) });
    const recoveryId = await reportRecovery(world, claimId, 12n * WAN);
    expect(await world.read('recovery', recoveryId)).toMatchObject({ fundFen: 8n * WAN, bankFen: 4n * WAN });
  });

  const report = (changes: object) => ({
    recoveryId: idFrom('RV', 'x'),
    claimId,
    collectedFen: '1',
    costFen: '0',
    collectedOn: '2018-09-03',
    evidenceSha256: 'c'.repeat(64),
    note: '回款',
    ...changes,
  });
  test.each([
    ['RECOVERY_INVALID', report({ collectedFen: '0' }), rcb],
    ['RECOVERY_INVALID', report({ collectedOn: '2018-09-04' }), rcb],
    ['CLAIM_NOT_FOUND', report({}), cqb],
    ['CLAIM_NOT_FOUND', report({ claimId: 'CL-000000000000' }), rcb],
    ['ROLE_REQUIRED', report({}), people.treasurer],
  ])('%s', async (code, payload, actor) => {
    expect(await (await paid()).refusal('recovery.report', payload, actor)).toBe(code);
  });

  test('given a recovery reported twice, or on a claim that is not decided, then it is refused', async () => {
    const world = await paid();
    await world.run('recovery.report', report({}), rcb);
    expect(await world.refusal('recovery.report', report({}), rcb)).toBe('RECOVERY_EXISTS');
    const open = await createGradedWorld(1);
    await fallsDue(open, await troubled(open, 1));
    await submit(open, id);
    expect(await open.refusal('recovery.report', report({}), rcb)).toBe('STATE_INVALID');
  });
});

describe('money that comes to the fund itself', () => {
  test('given a sum that names the claim, then it is spread, and the bank’s part is owed, held and paid out', async () => {
    const world = await paid();
    await reportRecovery(world, claimId, 0n, 1n * WAN);
    await comes(world, claimId, 51n * WAN);
    const recoveryId = idFrom('RV', [claimId, 1]);
    expect(await world.read('recovery', recoveryId)).toMatchObject({
      by: 'direct',
      status: 'received',
      grossFen: 51n * WAN,
      costFen: 1n * WAN,
      fundFen: 40n * WAN,
      bankFen: 10n * WAN,
    });
    expect(await headOf(world)).toMatchObject({ bankFen: 1_471n * WAN, heldFen: 11n * WAN });
    expect(balance(world, '2241')).toBe(-11n * WAN);
    await payOut(world, idFrom('PY', [recoveryId, 'rcb']));
    expect(balance(world, '2241')).toBe(0n);
    expect(await headOf(world)).toMatchObject({ bankFen: 1_460n * WAN, heldFen: 0n });
  });

  test.each(['CL-0123456789AB', 'RV-0123456789AB'])(
    'given %s in the remittance text, then the line is booked for it',
    (targetId) => {
      const entry = {
        reference: 'R1',
        bookingDate: parseDate('2018-09-03'),
        side: 'credit',
        reversal: false,
        amountFen: 5n,
        payer: '某银行',
        payerAccount: '1',
        remittance: `追偿款 ${targetId}`,
      } as const;
      const statement = {
        statementId: 'S1',
        account: '1',
        date: parseDate('2018-09-03'),
        openingFen: 0n,
        closingFen: 5n,
        entries: [entry],
      };
      const commands = statementCommands('kv', statement, { key: 'k', sha256: 'a' }, ['1']);
      expect(commands[0]).toMatchObject({ kind: 'receipt.book', payload: { targetId } });
    },
  );

  test('given a guarantor, then its part is paid to it', async () => {
    const world = await paid({ guarantorId: 'cq-tech-g' }, charters.sme2018);
    await comes(world, claimId, 10n * WAN);
    const recoveryId = idFrom('RV', [claimId, 1]);
    expect(await world.read('recovery', recoveryId)).toMatchObject({
      fundFen: 3n * WAN,
      guarantorFen: 5n * WAN,
      bankFen: 2n * WAN,
    });
    expect(await world.read('payment', idFrom('PY', [recoveryId, 'cq-tech-g']))).toMatchObject({
      amountFen: 5n * WAN,
      payee: { name: '重庆科技融资担保有限公司' },
    });
  });

  test('given money for a claim that awaits none, or more than a bank owes, then it waits in the repair queue', async () => {
    const world = await createGradedWorld(1);
    await fundWith(world, 1_500n * WAN);
    await fallsDue(world, await troubled(world, 1));
    await submit(world, id);
    await comes(world, claimId, 5n);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
    await comes(world, 'CL-000000000000', 5n);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
    await approveCase(world, claimCaseOf(id));
    const recoveryId = await reportRecovery(world, claimId, 10n * WAN);
    await comes(world, recoveryId, 9n * WAN);
    expect(await world.read('recovery', recoveryId)).toMatchObject({ receivedFen: 8n * WAN, status: 'received' });
    expect(balance(world, '2241')).toBe(-(80n * WAN) - 1n * WAN - 10n);
    await comes(world, recoveryId, 1n);
    expect(world.entries().at(-1)?.type).toBe('bank-line.unmatched');
  });

  test('given a line that waited, then a treasurer places it, in parts, and no more than is awaited', async () => {
    const world = await paid();
    const recoveryId = await reportRecovery(world, claimId, 10n * WAN);
    const line = bankLine('credit', 30n * WAN, world.clock.today(), { reference: 'LOST' });
    await world.run('receipt.suspend', { line });
    const receiptId = receiptIdOf('LOST');
    const place = (targetId: string, amountFen: bigint, actor = people.treasurer) =>
      world.refusal('receipt.place', { receiptId, targetId, amountFen: String(amountFen) }, actor);
    expect(await place(recoveryId, 8n * WAN + 1n)).toBe('NOT_AWAITED');
    expect(await place('RV-000000000000', 1n)).toBe('NOT_AWAITED');
    expect(await place(claimId, 31n * WAN)).toBe('ASSIGNMENT_TOO_LARGE');
    expect(await place(recoveryId, 8n * WAN, people.officer)).toBe('ROLE_REQUIRED');
    expect(await place(recoveryId, 8n * WAN)).toBe('applied');
    expect(await place(claimId, 22n * WAN)).toBe('applied');
    expect(await place(claimId, 1n)).toBe('STATE_INVALID');
    expect(await world.read('receipt', receiptId)).toMatchObject({ status: 'assigned', openFen: 0n });
    expect(
      await world.refusal(
        'receipt.place',
        { receiptId: 'RC-000000000000', targetId: claimId, amountFen: '1' },
        people.treasurer,
      ),
    ).toBe('RECEIPT_NOT_FOUND');
    // 90万 of the loss was open; 22万 of it came, of which the bank is owed its fifth.
    expect(balance(world, '2241')).toBe(-(22n * WAN) / 5n);
    expect(balance(world, '1221.01')).toBe(80n * WAN - 8n * WAN - (22n * WAN * 4n) / 5n);
    expect(netDebitFen(linesOf(world))).toBe(0n);
  });
});

describe('the final loss', () => {
  test('given nothing more to come, then city and zone bear it 40/60, and paid-in capital falls by it', async () => {
    const world = await paid();
    await reportRecovery(world, claimId, 1n);
    await comes(world, await reportRecovery(world, claimId, 9_999_999n), 8n * WAN);
    const before = await headOf(world);
    await writeOff(world, claimId);
    expect(await world.read('claim', claimId)).toMatchObject({
      status: 'written-off',
      writtenOffFen: 72n * WAN,
      allowanceFen: 0n,
    });
    const posted = world.entries().findLast((e) => e.type === 'case.approved')?.lines ?? [];
    expect(posted.filter((l) => l.account === '2711').map((l) => [l.dims?.contributor, l.amountFen])).toEqual([
      ['city', (72n * WAN * 2n) / 5n],
      ['zone', (72n * WAN * 3n) / 5n],
    ]);
    expect(await headOf(world)).toMatchObject({ paidInFen: before.paidInFen - 72n * WAN });
    expect(balance(world, '1221.01')).toBe(0n);
    expect(balance(world, '1231')).toBe(0n);
    expect(balance(world, '6702')).toBe(0n);
    expect(netDebitFen(linesOf(world))).toBe(0n);
  });

  test('given money after the loss, then it goes back to those who bore it', async () => {
    const world = await paid();
    await writeOff(world, claimId);
    expect(await headOf(world)).toMatchObject({ paidInFen: 1_420n * WAN });
    await comes(world, claimId, 10n * WAN);
    expect(await headOf(world)).toMatchObject({ paidInFen: 1_428n * WAN, heldFen: 2n * WAN });
    const recoveryId = await reportRecovery(world, claimId, 5n * WAN);
    expect(await headOf(world)).toMatchObject({ paidInFen: 1_428n * WAN });
    await comes(world, recoveryId, 4n * WAN);
    expect(await headOf(world)).toMatchObject({ paidInFen: 1_432n * WAN });
    expect(await world.read('claim', claimId)).toMatchObject({ status: 'written-off', fundRecoveredFen: 12n * WAN });
    expect(balance(world, '1221')).toBe(0n);
  });

  test('given a sum the bank owed before the loss, then it is still the bank’s debt and no loss', async () => {
    const world = await paid();
    const recoveryId = await reportRecovery(world, claimId, 10n * WAN);
    await writeOff(world, claimId);
    expect(await world.read('claim', claimId)).toMatchObject({ writtenOffFen: 72n * WAN });
    expect(balance(world, '1221')).toBe(8n * WAN);
    await comes(world, recoveryId, 8n * WAN);
    expect(balance(world, '1221')).toBe(0n);
    expect(await headOf(world)).toMatchObject({ paidInFen: 1_428n * WAN });
  });

  test('given a loss of an odd fen, then the zone takes it', async () => {
    const world = await paid();
    await reportRecovery(world, claimId, 1n);
    await reportRecovery(world, claimId, 1n);
    await writeOff(world, claimId);
    const posted = world.entries().findLast((e) => e.type === 'case.approved')?.lines ?? [];
    const parts = posted.filter((l) => l.account === '2711').map((l) => l.amountFen);
    expect(parts).toEqual([31_999_999n, 48_000_000n]);
  });

  test('given the window is not over, or the claim not paid, then there is no loss yet', async () => {
    const world = await paid();
    world.clock.set(addDays(world.clock.today(), 179));
    const propose = (actor = people.officer) =>
      world.refusal('loss.propose', { caseId: idFrom('CS', 'l'), claimId, reason: '终结', documents: [] }, actor);
    expect(await propose()).toBe('LOSS_EARLY');
    world.clock.set(addDays(world.clock.today(), 1));
    expect(await propose(people.reviewer)).toBe('ROLE_REQUIRED');
    expect(await propose()).toBe('applied');
    await reportRecovery(world, claimId, 100n * WAN);
    const second = { caseId: idFrom('CS', 'm'), claimId, reason: '终结', documents: [] };
    expect(await world.refusal('loss.propose', second, people.officer)).toBe('STATE_INVALID');
  });

  test('given something comes back before the last approval, then the loss must be proposed anew', async () => {
    const world = await paid();
    world.clock.set(addDays(world.clock.today(), 180));
    const caseId = idFrom('CS', 'l');
    await world.run('loss.propose', { caseId, claimId, reason: '终结', documents: [] }, people.officer);
    await reportRecovery(world, claimId, 10n * WAN);
    await approveCase(world, caseId);
    expect(await world.read('case', caseId)).toMatchObject({ status: 'approving' });
    const shown = { revision: 1, payloadHash: (await world.read('case', caseId))?.payloadHash ?? '' };
    expect(await world.refusal('case.approve', { caseId, ...shown }, people.office)).toBe('CLAIM_OUTDATED');
  });
});
