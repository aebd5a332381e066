import { expect, test } from 'vitest';
import sba from '#shared/charters/sba-7a.json' with { type: 'json' };
import { charterDocument } from '#shared/contracts/documents.ts';
import { checkCharter } from '#shared/domain/charter/authority.ts';
import { bankMachine, createCompensationWorld } from '../../support/compensation-world.ts';
import { company } from '../../support/world.ts';

const row = (drawnOn: string) => ({
  bankId: 'other-lenders',
  contractNumber: `L${drawnOn}`,
  enterpriseId: company(1).id,
  enterpriseName: 'ABC HOBBYCRAFT',
  sizeClass: 'small',
  district: 'us',
  product: 'sba-7a',
  coveredFen: '4800000',
  uncoveredFen: '1200000',
  annualRate: '0',
  feeRate: '0',
  termMonths: 84,
  drawnOn,
});

test('given the charter of the reference fund, when it is checked, then it holds', () => {
  const charter = charterDocument.parse(sba);
  checkCharter(charter);
  // A check that lets everything through would let this through.
  const others = { ...charter, capital: { ...charter.capital, remainderTo: 'nobody' } };
  expect(() => checkCharter(others)).toThrow('remainderTo names no contributor');
});

test('given the reference fund, when loans made long ago are filed, then its window takes those of the file and no older ones', async () => {
  const world = await createCompensationWorld(sba, '2015-01-05');
  const lenders = bankMachine('other-lenders');
  expect(await world.refusal('filing.file', row('1997-01-06'), lenders)).toBe('applied');
  expect(await world.refusal('filing.file', row('1990-01-05'), lenders)).toBe('FILING_LATE');
});
