import { parseArgs } from 'node:util';

/*
 * npm run simulate -- --seed 7            one run, told in short
 * npm run simulate -- --seed 7 --fund sme of the risk-compensation fund instead of the seed fund; equipment: of the guidance fund
 * npm run simulate -- --seed 7 --log      the same, with everything that happened
 * npm run simulate -- --seed 7 --runs 100 seeds 7 to 106
 */
// Read when the code is loaded: what production would log of simulated faults is nobody's business here.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
const { SimulationFailure, simulate } = await import('./simulate.ts');
const { SIMULATED_FUNDS } = await import('./fund.ts');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    fund: { type: 'string', default: 'seed' },
    log: { type: 'boolean' },
  },
});
const first = Number(values.seed);
const fund = SIMULATED_FUNDS[values.fund];
if (fund === undefined) throw new Error(`--fund is one of ${Object.keys(SIMULATED_FUNDS).join(', ')}`);

for (let seed = first; seed < first + Number(values.runs); seed += 1) {
  try {
    const report = await simulate(seed, { fund, keepLog: values.log === true });
    for (const line of report.log) console.log(line);
    const faults = [...report.faults.values()].reduce((sum, n) => sum + n, 0);
    console.log(`seed ${seed}: ${report.steps} steps, ${report.entries} entries, ${faults} faults, ${report.hash}`);
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof SimulationFailure)) throw error;
    for (const line of error.log) console.log(line);
    console.error(error.message);
  }
}
