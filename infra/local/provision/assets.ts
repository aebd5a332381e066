import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';

const manifestSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })).default({}),
});

/** A function's code: the file that exports its handler, and how to load it. */
export interface Bundle {
  readonly file: string;
  readonly isModule: boolean;
  readonly exportName: string;
}

/**
 * Finds the bundle of a function in the cloud assembly of its stack.
 *
 * @param assetKey S3 key of the function's code, which is named by the asset's hash
 * @param handler such as `index.handler`
 * @throws Error naming what is missing
 */
export function findBundle(stack: Stack, assetKey: string, handler: string): Bundle {
  const directory = assetDirectory(stack, assetKey);
  const dot = handler.lastIndexOf('.');
  const [module, exportName] = [handler.slice(0, dot), handler.slice(dot + 1)];
  for (const extension of ['.js', '.mjs', '.cjs']) {
    const file = join(directory, `${module}${extension}`);
    if (!existsSync(file)) continue;
    const isModule = extension === '.mjs' || (extension === '.js' && saysModule(directory));
    return { file, isModule, exportName };
  }
  throw new Error(`stack ${stack.name}: no file for handler ${handler} in ${directory}`);
}

function assetDirectory(stack: Stack, key: string): string {
  const hash = basename(key).replace(/\.[a-z]+$/, '');
  const manifest = join(stack.assetDirectory, `${stack.name}.assets.json`);
  const { files } = existsSync(manifest) ? manifestSchema.parse(readJson(manifest)) : { files: {} };
  const directory = join(stack.assetDirectory, files[hash]?.source.path ?? `asset.${hash}`);
  if (!existsSync(directory))
    throw new Error(`stack ${stack.name}: asset ${directory} is missing; synthesise it with bundling`);
  return directory;
}

function saysModule(directory: string): boolean {
  const file = join(directory, 'package.json');
  return existsSync(file) && z.object({ type: z.string().optional() }).parse(readJson(file)).type === 'module';
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
