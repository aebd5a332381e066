import { type BundleSize, measureBundles } from './bundle-sizes.ts';
import { type Counts, countAll, disbursementOf } from './counts.ts';
import type { Cost } from './meter.ts';
import { STEP_NAMES } from './office.ts';

/*
 * Prints what things cost: units as DynamoDB charges them, calls and bytes, which are the same on every machine, and how long
 * bundles take to load, which is not.
 */

const COLUMNS = ['write units', 'read units', 'DynamoDB calls', 'bytes put'] as const;
const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const cells = ({ writeUnits, readUnits, calls, bytes }: Cost): readonly string[] => [
  number(writeUnits),
  number(readUnits),
  number(calls),
  bytes.toFixed(0),
];

/** Lines of a table, the first column to the left and the others to the right. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return rows.map(line).join('\n');
};

const costTable = (title: string, costs: readonly (readonly [string, Cost])[]): string =>
  `${title}\n${table([['', ...COLUMNS], ...costs.map(([name, cost]) => [`  ${name}`, ...cells(cost)])])}\n`;

const report = (counts: Counts, members: number): string =>
  [
    costTable(
      'One command alone',
      STEP_NAMES.map((name) => [name, counts.alone[name]]),
    ),
    costTable(
      'One command of ten in a batch',
      STEP_NAMES.map((name) => [name, counts.inTens[name]]),
    ),
    costTable(`One disbursement of ten, final approval to settlement, committee of ${members}`, [
      ['Journal and State', disbursementOf(counts)],
      ['  of it telling the bank', counts.send],
      ['views', counts.project],
    ]),
    `SQS calls per disbursement of ten: ${number(counts.sqsCalls)}`,
    `Largest items in bytes: ${Object.entries(counts.largest)
      .map(([name, bytes]) => `${name} ${bytes}`)
      .join(', ')}\n`,
  ].join('\n');

const bundleTable = (sizes: readonly BundleSize[]): string =>
  `Bundles, loaded in a process of their own\n${table([
    ['', 'KB', 'ms', 'of an empty handler'],
    ...sizes.map(({ entry, bytes, milliseconds, ofEmpty }) => [
      `  ${entry}`,
      (bytes / 1_000).toFixed(0),
      milliseconds.toFixed(0),
      `${ofEmpty.toFixed(1)} ×`,
    ]),
  ])}\n`;

const MEMBERS = 5;
console.log(report(await countAll(MEMBERS), MEMBERS));
console.log(bundleTable(measureBundles()));
