import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { StageInput } from '#infra/config.ts';
import type { Emulator } from './emulator.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** Outputs of both stacks, by name. */
const outputs = z.record(z.string(), z.record(z.string(), z.string()));
const named = z.object({
  ApiUrl: z.string(),
  JournalTable: z.string(),
  StateTable: z.string(),
  BankBucket: z.string(),
  CloseQueueUrl: z.string(),
});

/**
 * Deploys the stage with the real command line of the CDK, the way `npm run deploy` does, into the emulator.
 * @throws with what the command line said, and the emulator's log
 */
export const deploy = async (emulator: Emulator, stage: StageInput): Promise<z.output<typeof named>> => {
  const stageFile = join(emulator.directory, 'stage.json');
  const outputsFile = join(emulator.directory, 'outputs.json');
  writeFileSync(stageFile, JSON.stringify(stage));
  const common = ['--no-notices', '--context', `stage=${stageFile}`, '--output', join(emulator.directory, 'cdk.out')];
  await cdk(emulator, 'bootstrap', ...common);
  await cdk(emulator, 'deploy', '--all', '--require-approval', 'never', '--outputs-file', outputsFile, ...common);
  const byStack = outputs.parse(JSON.parse(readFileSync(outputsFile, 'utf8')));
  return named.parse(Object.assign({}, ...Object.values(byStack)));
};

const cdk = async (emulator: Emulator, ...words: readonly string[]): Promise<void> => {
  try {
    await run(join(ROOT, 'node_modules/.bin/cdk'), words, { cwd: ROOT, env: emulator.environment });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`cdk ${words[0]}: ${said.slice(-4_000)}\nemulator:\n${emulator.logTail()}`, { cause: error });
  }
};
