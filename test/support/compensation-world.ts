import type { Ledger } from '#shared/application/ports.ts';
import kv2017 from '#shared/charters/kv-2017.json' with { type: 'json' };
import kv2023 from '#shared/charters/kv-2023.json' with { type: 'json' };
import sme2018 from '#shared/charters/sme-2018.json' with { type: 'json' };
import sme2019 from '#shared/charters/sme-2019.json' with { type: 'json' };
import { gradingModel } from '#shared/contracts/charters/grading.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import type { GradingModel } from '#shared/domain/charter/grading.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import { company, createWorld, found, people, WAN, type World } from './world.ts';

export const charters = { kv2017, kv2023, sme2018, sme2019 } as const;

const HASH = 'a'.repeat(64);

/** A world with one risk-compensation fund, founded under its first charter or a changed one. */
export const createCompensationWorld = async (
  charter: { readonly fundId: string } = kv2017,
  start = '2018-03-01',
  on?: Ledger,
): Promise<World> => {
  const world = createWorld(start, on, charter.fundId);
  await found(world, charter);
  return world;
};

/** Facts that score 97.00 under the model of 2017: grade A. */
export const strongFacts = {
  'invention-patents': '5',
  'utility-models': '10',
  'software-copyrights': '0',
  'rd-expense': '60',
  revenue: '1000',
  'rd-institutions': '0',
  'rd-staff': '12',
  staff: '100',
  doctors: '1',
  'new-products': '1',
  'high-tech-firm': '0',
  'tech-firm': '1',
  'high-growth': '0',
} as const;

/** No facts at all in the model's terms. */
export const noFacts = Object.fromEntries(Object.keys(strongFacts).map((name) => [name, '0']));

/** A row that grades the n-th company. */
export const gradingRow = (n: number, changes: object = {}, facts: object = {}) => ({
  enterpriseId: company(n).id,
  enterpriseName: company(n).name,
  factsOn: '2018-02-01',
  facts: { ...strongFacts, ...facts },
  sourceSha256: HASH,
  ...changes,
});

/** The scoring model of a charter document. */
export const modelOf = ({ grading }: { readonly grading: unknown }): GradingModel => gradingModel.parse(grading);

/** The machine of a cooperating bank. */
export const bankMachine = (bank: string): Actor => ({
  kind: 'bank',
  id: `machine-${bank}`,
  name: bank,
  roles: ['bank'],
  bank,
});

export const rcb = bankMachine('rcb');
export const cqb = bankMachine('cqb');

/** A loan of 100万 to the n-th company, drawn on 2018-03-01. */
export const filingRow = (n: number, changes: object = {}) => ({
  contractNumber: `HT-${n}`,
  enterpriseId: company(n).id,
  enterpriseName: company(n).name,
  sizeClass: 'small',
  district: 'yongchuan',
  product: 'kechuang',
  coveredFen: String(100n * WAN),
  uncoveredFen: '0',
  annualRate: '0.043',
  feeRate: '0',
  termMonths: 12,
  drawnOn: '2018-03-01',
  contractSha256: HASH,
  drawdownSha256: HASH,
  ...changes,
});

export const filingOf = (n: number, bank = 'rcb'): string => filingIdOf(bank, `HT-${n}`);

/** Files the n-th loan as a bank's machine; its company is graded first where the fund grades. */
export const fileLoan = async (world: World, n: number, changes: object = {}, bank = rcb): Promise<string> => {
  const row = filingRow(n, changes);
  await world.run('filing.file', { bankId: bank.bank, ...row }, bank);
  return filingIdOf(bank.bank ?? '', row.contractNumber);
};

/** A knowledge-value fund with so many graded companies. */
export const createGradedWorld = async (companies: number, charter: { readonly fundId: string } = kv2017) => {
  const world = await createCompensationWorld(charter);
  for (let n = 1; n <= companies; n += 1) await world.run('grade.assess', gradingRow(n), people.officer);
  return world;
};

/** A report on the n-th loan. */
export const reportOf = (filingId: string, changes: object = {}) => ({
  filingId,
  asOf: '2018-03-01',
  coveredFen: String(100n * WAN),
  uncoveredFen: '0',
  ...changes,
});
