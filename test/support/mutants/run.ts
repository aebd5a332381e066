/*
 * Breaks a copy of the tree in one place after another and runs the unit and property tests on it: a fault that no test
 * notices is a gap in the tests. `npm run test:mutants -- close rate` tries only the files
 * with one of these in their names.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { approvalsBreakages } from './approvals.ts';
import { bookBreakages } from './book.ts';
import { broken, type Mutant, mutantsOf } from './breakage.ts';
import { kernelBreakages } from './kernel.ts';
import { moneyBreakages } from './money.ts';

const RUN_TIMEOUT_MILLISECONDS = 600_000;

/** Every file git knows or would take in. */
const copyTree = (to: string): void => {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  for (const file of new Set(listed.split('\0').filter((f) => f !== ''))) cpSync(file, join(to, file));
  symlinkSync(join(process.cwd(), 'node_modules'), join(to, 'node_modules'));
};

/** Whether the tests pass; a run that never ends counts as noticed. */
const passes = (tree: string, ...which: readonly string[]): boolean =>
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--passWithNoTests', ...which], {
    cwd: tree,
    stdio: 'ignore',
    timeout: RUN_TIMEOUT_MILLISECONDS,
  }).status === 0;

/** The tests next to the code are asked first: they notice most, and soon. */
const survives = (tree: string, { file }: Mutant): boolean => {
  const folder = basename(dirname(file));
  const near = folder === 'domain' ? basename(file, '.ts') : `/${folder}/`;
  return passes(tree, '--project=unit', near) && passes(tree, '--project=unit') && passes(tree, '--project=property');
};

const mutants = [kernelBreakages, bookBreakages, approvalsBreakages, moneyBreakages].flatMap(mutantsOf);
const parts = process.argv.slice(2);
const wanted = mutants.filter(({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)));
for (const mutant of wanted) broken(readFileSync(mutant.file, 'utf8'), mutant);

const tree = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  copyTree(tree);
  if (!passes(tree, '--project=unit', '--project=property')) throw new Error('the tests fail as it is');
  const survivors = wanted.filter((mutant) => {
    const path = join(tree, mutant.file);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, broken(whole, mutant));
    const survived = survives(tree, mutant);
    writeFileSync(path, whole);
    console.log(`${survived ? 'SURVIVED' : 'noticed '} ${mutant.file}: ${mutant.from.trim()} -> ${mutant.to.trim()}`);
    return survived;
  });
  console.log(`${wanted.length} faults, ${survivors.length} of them noticed by no test`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  rmSync(tree, { recursive: true });
}
