/*
 * Breaks a copy of the tree in one place after another and runs the unit and property tests on it: a fault that no test
 * notices is a gap in the tests. `npm run test:mutants -- close rate` tries only the files
 * with one of these in their names.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { mutants } from './all.ts';
import { broken, type Mutant } from './breakage.ts';

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

/** Tests that notice much and soon: those beside the code, and those of every refusal, edge and answer. */
const first = ({ file }: Mutant): readonly (readonly string[])[] => {
  const folder = basename(dirname(file));
  return [[folder === 'domain' ? basename(file, '.ts') : `/${folder}/`], ['/refusals/', '/machines/', '/application/']];
};

const survives = (tree: string, mutant: Mutant): boolean =>
  first(mutant).every((some) => passes(tree, '--project=unit', ...some)) &&
  passes(tree, '--project=property') &&
  passes(tree, '--project=unit');

const parts = process.argv.slice(2);
const wanted = mutants.filter(({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)));

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
