import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Sums the reports of all suites in a directory: `<suite>.json` as vitest writes it, `<suite>.exit` with the exit code. A
 * suite that ended badly without a failed test to show for it (a crash, a lint error, a timeout, a file that does not load)
 * counts as one failure, so that nothing is green by silence.
 */
const [directory] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

const readReport = (name) => {
  try {
    return JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
};

for (const file of readdirSync(directory).filter((name) => name.endsWith('.exit'))) {
  const name = file.slice(0, -'.exit'.length);
  const exitCode = Number(readFileSync(join(directory, file), 'utf8'));
  const report = readReport(name);
  const failed = report?.numFailedTests ?? 0;
  const endedBadly = exitCode !== 0 || report?.success !== true;
  if (endedBadly)
    console.log(`${name}: exit code ${exitCode}, ${report === undefined ? 'no report' : `${failed} failed`}`);
  total.passed += report?.numPassedTests ?? 0;
  total.failed += endedBadly ? Math.max(failed, 1) : failed;
  total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
