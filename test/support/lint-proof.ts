import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Proves that the linters bite. The fixtures hold planted violations, each marked `// bites: <rule>` on its line; they are
 * laid out like the repository in a directory of their own, the repository's own configuration is put beside them, and what
 * the linters report must be exactly what was planted: a rule that went blind fails here, not in a review.
 */

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/support/lint-fixtures');
const configuration = ['biome.json', '.oxlintrc.json', '.gitignore', 'package.json', 'tsconfig.json'];

interface BiomeReport {
  readonly diagnostics: readonly { category: string; location: { path: string; start: { line: number } } }[];
}
interface OxlintReport {
  readonly diagnostics: readonly { code: string; filename: string; labels: { span: { line: number } }[] }[];
}

/** Sorted `file:line rule`, each once: a rule may report one line for several reasons. */
const sorted = (found: readonly string[]): readonly string[] => [...new Set(found)].sort();

const planted = (): readonly string[] => {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return sorted(
    files.flatMap((file) =>
      readFileSync(join(fixtures, file), 'utf8')
        .split('\n')
        .flatMap((line, i) => [...line.matchAll(/\/\/ bites: (\S+)/g)].map(([, rule]) => `${file}:${i + 1} ${rule}`)),
    ),
  );
};

const layOut = (): string => {
  const place = mkdtempSync(join(tmpdir(), 'jinqu-lint-'));
  for (const file of configuration) cpSync(join(root, file), join(place, file));
  cpSync(join(root, 'test/support/lint-rules'), join(place, 'test/support/lint-rules'), { recursive: true });
  cpSync(fixtures, place, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  return place;
};

/** The report of a linter that is expected to find fault; anything else it says is shown. */
const report = (place: string, command: string, ...args: readonly string[]): unknown => {
  const ran = spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: place, encoding: 'utf8' });
  try {
    return JSON.parse(ran.stdout);
  } catch (cause) {
    throw new Error(`${command} gave no report: ${ran.error ?? ran.stderr}`, { cause });
  }
};

const reported = (place: string): readonly string[] => {
  const folders = ['shared', 'functions', 'infra'];
  const biome = report(place, 'biome', 'lint', '--reporter=json', '--max-diagnostics=none', ...folders) as BiomeReport;
  const oxlint = report(place, 'oxlint', '--type-aware', '--format=json', ...folders) as OxlintReport;
  return sorted([
    ...biome.diagnostics.map((d) => `${d.location.path}:${d.location.start.line} ${d.category.split('/').at(-1)}`),
    ...oxlint.diagnostics.map((d) => `${d.filename}:${d.labels[0]?.span.line} ${d.code.replace(/^.*\((.+)\)$/, '$1')}`),
  ]);
};

const place = layOut();
try {
  const [wanted, found] = [planted(), reported(place)];
  const silent = wanted.filter((violation) => !found.includes(violation));
  const surplus = found.filter((violation) => !wanted.includes(violation));
  for (const violation of silent) console.error(`not reported: ${violation}`);
  for (const violation of surplus) console.error(`reported, but not planted: ${violation}`);
  if (wanted.length === 0 || silent.length > 0 || surplus.length > 0) process.exitCode = 1;
  else console.log(`The linters report all ${wanted.length} planted violations.`);
} finally {
  rmSync(place, { recursive: true });
}
