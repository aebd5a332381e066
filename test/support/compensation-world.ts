import kv2017 from '#shared/charters/kv-2017.json' with { type: 'json' };
import kv2023 from '#shared/charters/kv-2023.json' with { type: 'json' };
import sme2018 from '#shared/charters/sme-2018.json' with { type: 'json' };
import sme2019 from '#shared/charters/sme-2019.json' with { type: 'json' };
import { gradingModel } from '#shared/contracts/charters/grading.ts';
import type { GradingModel } from '#shared/domain/charter/grading.ts';
import { company, createWorld, found, type World } from './world.ts';

export const WAN = 1_000_000n;
export const charters = { kv2017, kv2023, sme2018, sme2019 } as const;

const HASH = 'a'.repeat(64);

/** A world with one risk-compensation fund, founded under its first charter or a changed one. */
export const createCompensationWorld = async (
  charter: { readonly fundId: string } = kv2017,
  start = '2018-03-01',
): Promise<World> => {
  const world = createWorld(start, undefined, charter.fundId);
  await found(world, charter);
  return world;
};

/** Facts that score 87.40 under the model of 2017: grade A. */
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
