import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { StageInput } from '../../config.ts';
import type { StackInput } from '../template/stack.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a cloud assembly is made from; the local cloud itself is no part of it. */
const SOURCES = ['functions', 'shared', 'infra', 'package.json', 'package-lock.json'];
const LOCAL_CLOUD = join('infra', 'local');

/**
 * The stacks of the app for this machine, those that others import from first. Synthesised and bundled anew only when a
 * source, the lock file or the configuration has changed.
 * @param directory where assemblies are kept, one folder each
 * @throws what the CDK app throws: a stack that does not pass its checks, say
 */
export const synthesise = async (directory: string, config: StageInput): Promise<readonly StackInput[]> => {
  const assemblies = join(directory, 'assembly');
  const name = fingerprintOf(config);
  const assembly = join(assemblies, name);
  if (!existsSync(assembly)) {
    mkdirSync(assemblies, { recursive: true });
    // The name appears when everything in it is there, so a killed synthesis is not taken for a finished one.
    const unfinished = `${assembly}.${process.pid}`;
    await runSynthesis(config, unfinished);
    renameSync(unfinished, assembly);
    for (const old of readdirSync(assemblies).filter((each) => each !== name))
      rmSync(join(assemblies, old), { recursive: true, force: true });
  }
  return stacksOf(assembly);
};

/** Runs the CDK app; what it prints is told only when it fails. */
const runSynthesis = async (config: StageInput, outdir: string): Promise<void> => {
  const script = fileURLToPath(new URL('synthesise.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(config), outdir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (code !== 0) throw new Error(`the CDK app cannot be synthesised:\n${printed}${complained}`);
};

const fingerprintOf = (config: StageInput): string => {
  const hash = createHash('sha256').update(JSON.stringify([process.version, config]));
  for (const file of SOURCES.flatMap((source) => filesOf(join(ROOT, source))))
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Files of a path, in an order of their own, without the local cloud's. */
const filesOf = (path: string): readonly string[] => {
  if (path.endsWith('.json')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(ROOT, file).startsWith(LOCAL_CLOUD))
    .sort();
};

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z.looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});

/** Reads the stacks of a cloud assembly, each after those it depends on. */
const stacksOf = (assembly: string): readonly StackInput[] => {
  const { artifacts } = manifestSchema.parse(JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')));
  const stacks = new Map<string, StackInput>();
  const visit = (id: string): void => {
    const artifact = artifacts[id];
    if (artifact?.type !== 'aws:cloudformation:stack' || stacks.has(id)) return;
    for (const dependency of artifact.dependencies) visit(dependency);
    const template: unknown = JSON.parse(readFileSync(join(assembly, artifact.properties?.templateFile ?? ''), 'utf8'));
    const name = artifact.properties?.stackName ?? id;
    stacks.set(id, { name, template: z.looseObject({}).parse(template), assetDirectory: assembly });
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return [...stacks.values()];
};
