import { describe, expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { approveCase, claimCaseOf, comes, payIdOf, payOut, statement } from '../../support/claims.ts';
import {
  bankMachine,
  charters,
  createCompensationWorld,
  filingRow,
  reportOf,
} from '../../support/compensation-world.ts';
import { changed, fundWith, people, WAN } from '../../support/world.ts';

/** Another zone: 科企梯度贷-like shares of 8 : 2 between guarantor and bank beside a fund of 7, four contributors, two districts. */
const other = changed(charters.sme2018, {
  fundId: 'zone2-sme',
  name: { zh: '某高新区风险补偿基金', en: 'Another Zone’s Risk Compensation Fund' },
  capital: {
    totalFen: String(700n * WAN),
    contributors: [
      { id: 'province', name: '省级', weight: 3 },
      { id: 'city', name: '市级', weight: 3 },
      { id: 'county', name: '区级', weight: 3 },
      { id: 'park', name: '园区', weight: 1 },
    ],
    remainderTo: 'park',
  },
  banks: [{ ...charters.sme2018.banks[0], id: 'east', products: ['kechuang'] }],
  districts: [
    { id: 'north', name: '北区' },
    { id: 'south', name: '南区' },
  ],
  filing: { automaticUpToFen: String(1_000n * WAN), documents: [], rateCeiling: null },
  sharing: [
    { id: 'gradient', banks: ['east'], guaranteed: true, fund: 7, guarantor: 8, bank: 2 },
    { id: 'bare', banks: null, guaranteed: false, fund: 2, guarantor: 0, bank: 1 },
  ],
  claims: { lawsuit: false, documents: [], interest: { maxDays: 30 } },
  recovery: {
    finalLoss: {
      shares: [
        { contributor: 'province', weight: 3 },
        { contributor: 'city', weight: 3 },
        { contributor: 'county', weight: 3 },
        { contributor: 'park', weight: 1 },
      ],
      oddFenTo: null,
    },
    windowDays: 90,
  },
  breakers: [],
  limits: [],
});

describe('a second zone, by data alone', () => {
  test('given other shares, banks, districts and contributors, then the same code serves it to the last fen', async () => {
    const world = await createCompensationWorld(other);
    await fundWith(world, 700n * WAN);
    const east = bankMachine('east');
    const row = filingRow(1, {
      district: 'south',
      guarantorId: 'cq-tech-g',
      coveredFen: String(17n * WAN + 5n),
      annualRate: '0.12',
    });
    const { contractSha256: _c, drawdownSha256: _d, ...bare } = row;
    await world.run('filing.file', { bankId: 'east', ...bare }, east);
    const filingId = filingIdOf('east', row.contractNumber);
    world.clock.set('2018-06-02');
    const late = { asOf: '2018-06-02', overdueSince: '2018-06-01', coveredFen: String(17n * WAN + 5n) };
    await world.run('filing.report', reportOf(filingId, late), east);
    world.clock.set('2018-09-03');
    const { lawsuit: _, ...said } = statement({ documents: [], interestFen: '10' });
    await world.run('claim.submit', { filingId, caseId: claimCaseOf(filingId), ...said }, east);
    const claimId = claimIdOf(filingId);
    const [whole, parts] = [17n * WAN + 15n, 17n];
    const fundFen = (whole * 7n) / parts;
    const guarantorFen = ((whole - fundFen) * 8n) / 10n;
    expect(await world.read('claim', claimId)).toMatchObject({ lossFen: whole, fundFen, guarantorFen });
    await approveCase(world, claimCaseOf(filingId));
    await payOut(world, payIdOf(filingId));
    await comes(world, claimId, whole / 2n);
    world.clock.set('2018-12-02');
    const caseId = idFrom('CS', 'loss');
    await world.run('loss.propose', { caseId, claimId, reason: '终结', documents: [] }, people.officer);
    await approveCase(world, caseId);
    const claim = await world.read('claim', claimId);
    const posted = world.entries().findLast((e) => e.type === 'case.approved')?.lines ?? [];
    const borne = posted.filter((l) => l.account === '2711').map((l) => [l.dims?.contributor, l.amountFen] as const);
    expect(borne.map(([contributor]) => contributor)).toEqual(['province', 'city', 'county', 'park']);
    expect(borne.reduce((sum, [, fen]) => sum + fen, 0n)).toBe(claim?.writtenOffFen);
    const tenth = (claim?.writtenOffFen ?? 0n) / 10n;
    for (const [contributor, fen] of borne) {
      const weight = contributor === 'park' ? 1n : 3n;
      expect(fen - weight * tenth).toBeLessThanOrEqual(3n);
      expect(fen - weight * tenth).toBeGreaterThanOrEqual(0n);
    }
    expect(netDebitFen(world.entries().flatMap((e) => e.lines ?? []))).toBe(0n);
    expect(await world.read('exposure', 'district:south')).toMatchObject({ lostFen: claim?.writtenOffFen });
    expect(await world.read('exposure', 'district:north')).toBeUndefined();
  });
});
