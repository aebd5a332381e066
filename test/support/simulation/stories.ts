import { MANNERS } from './bank.ts';
import { FUNCTIONS } from './functions.ts';
import type { SimulatedFund } from './fund.ts';
import { type Report, simulate } from './simulate.ts';
import { FAULTS } from './storm.ts';

/** The first seed; a nightly run tells other stories, and many more. */
export const FIRST_SEED = Number(process.env['JINQU_SIMULATION_FIRST_SEED'] ?? 1);

/** How many stories are told where `usually` are. */
export const seedsOf = (usually: number): number => Number(process.env['JINQU_SIMULATION_SEEDS'] ?? usually);

/** Tells so many stories of a fund, one seed after the other. @throws SimulationFailure at the first that goes wrong */
export const tell = async (fund: SimulatedFund, seeds: number): Promise<readonly Report[]> => {
  const reports: Report[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed += 1) reports.push(await simulate(seed, { fund }));
  return reports;
};

/** What never struck, and so has not been survived: faults, deaths of functions, manners of the bank. */
export const neverStruck = (reports: readonly Report[]): readonly string[] => {
  const struck = new Set<string>(
    reports.flatMap(({ faults, deaths, manners }) => [...faults.keys(), ...deaths.keys(), ...manners]),
  );
  return [...FAULTS, ...FUNCTIONS, ...MANNERS].filter((one) => !struck.has(one));
};
