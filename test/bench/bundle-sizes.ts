import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, buildBundles, bytesOf, load } from '../support/bundles.ts';

export interface BundleSize {
  readonly entry: string;
  readonly bytes: number;
  /** Time from the start of a process to the loaded handler beyond that of Node itself: the least of several tries. */
  readonly milliseconds: number;
  /** How many times as long a process takes as with a handler that does nothing. */
  readonly ofEmpty: number;
}

const ROUNDS = 5;

/** Bundles every function as it is deployed, and loads it a few times in turn with the others. */
export const measureBundles = (): readonly BundleSize[] => {
  const directory = mkdtempSync(join(tmpdir(), 'jinqu-bench-'));
  try {
    const bundles = buildBundles(directory);
    const empty = emptyBundle(join(directory, 'empty'));
    const rounds = Array.from({ length: ROUNDS }, () => [empty, ...bundles].map((bundle) => timed(bundle)));
    const least = (at: number, pick: (t: Times) => number) =>
      Math.min(...rounds.map((round) => pick(round[at] ?? NEVER)));
    const emptyProcess = least(0, (t) => t.process);
    return bundles.map((bundle, i) => ({
      entry: bundle.entry,
      bytes: bytesOf(bundle),
      milliseconds: least(i + 1, (t) => t.loading),
      ofEmpty: least(i + 1, (t) => t.process) / emptyProcess,
    }));
  } finally {
    rmSync(directory, { recursive: true });
  }
};

interface Times {
  readonly loading: number;
  readonly process: number;
}
const NEVER: Times = { loading: Number.POSITIVE_INFINITY, process: Number.POSITIVE_INFINITY };

const timed = (bundle: Bundle): Times => {
  const before = performance.now();
  const { milliseconds } = load(bundle);
  return { loading: milliseconds, process: performance.now() - before };
};

const emptyBundle = (folder: string): Bundle => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => {};\n');
  return { entry: 'empty', folder, handler: 'index.handler', variables: [] };
};
