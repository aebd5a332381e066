import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { METAFILE } from '#infra/constructs/service-function.ts';
import { createApp } from '#infra/jinqu-app.ts';
import { STAGE } from '../support/synthesis.ts';

/** Architecture, section 8. */
const BYTES_MAX = 600_000;

const outdir = mkdtempSync(join(tmpdir(), 'jinqu-bundles-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const { app, pipeline } = createApp(STAGE, { outdir, context: { [METAFILE]: true } });
const template = z
  .object({
    Resources: z.record(
      z.string(),
      z.object({
        Type: z.string(),
        Properties: z.looseObject({
          Description: z.string().optional(),
          Handler: z.string().optional(),
          Code: z.object({ S3Key: z.string() }).optional(),
          Environment: z.object({ Variables: z.record(z.string(), z.json()) }).optional(),
        }),
      }),
    ),
  })
  .parse(app.synth().getStackByName(pipeline.stackName).template);

const metafile = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
});

interface Bundle {
  readonly folder: string;
  readonly handler: string;
  readonly variables: readonly string[];
}

const bundles = Object.values(template.Resources).flatMap(({ Type, Properties }): [string, Bundle][] => {
  if (Type !== 'AWS::Lambda::Function' || Properties.Code === undefined) return [];
  const entry = Properties.Description?.split(' ').at(-1) ?? '';
  const variables = Object.keys(Properties.Environment?.Variables ?? {});
  const folder = join(outdir, `asset.${Properties.Code.S3Key.replace(/\.zip$/, '')}`);
  return [[entry, { folder, handler: Properties.Handler ?? '', variables }]];
});

/** Files of which something is left in the bundle. */
const contentsOf = ({ folder }: Bundle): readonly string[] => {
  const { outputs } = metafile.parse(JSON.parse(readFileSync(join(folder, 'index.meta.json'), 'utf8')));
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
};

/** Loads a bundle as Lambda would, in a process of its own with the function's environment and nothing else. */
const load = ({ folder, handler, variables }: Bundle) => {
  const [file, name] = handler.split('.');
  const program = `const before = performance.now();
    const handler = require(${JSON.stringify(join(folder, `${file}.js`))})[${JSON.stringify(name)}];
    console.log(JSON.stringify({ type: typeof handler, arity: handler.length, milliseconds: performance.now() - before }));`;
  const env = { AWS_REGION: 'eu-west-1', ...Object.fromEntries(variables.map((variable) => [variable, 'set'])) };
  const output = execFileSync(process.execPath, ['--eval', program], { env, encoding: 'utf8' });
  return z.object({ type: z.string(), arity: z.int(), milliseconds: z.number() }).parse(JSON.parse(output));
};

describe('the functions as they are deployed', () => {
  test('every composition root is deployed once', () => {
    const roots = execFileSync('git', ['ls-files', 'functions'], { encoding: 'utf8' })
      .split('\n')
      .filter((file) => file.endsWith('.ts') && !/[/-]routes\.ts$/.test(file))
      .map((file) => file.slice('functions/'.length, -'.ts'.length));
    expect(bundles.map(([entry]) => entry).sort()).toEqual(roots.sort());
  });

  test.each(bundles)('%s is within its budget', (_entry, { folder }) => {
    expect(statSync(join(folder, 'index.js')).size).toBeLessThanOrEqual(BYTES_MAX);
  });

  test.each(bundles)('%s carries nothing it has no use for', (_entry, bundle) => {
    const contents = contentsOf(bundle);
    expect(contents.length).toBeGreaterThan(10);
    const idle =
      /zod\/v4\/locales\/(?!en\.js)|aws-xray-sdk|\/ajv\/|credential-provider-(?!env)|client-s3|event-streams|moment/;
    expect(contents.filter((file) => idle.test(file))).toEqual([]);
  });

  test.each(bundles)('%s loads with the environment it is given, as a handler Node.js 24 takes', (entry, bundle) => {
    const { type, arity, milliseconds } = load(bundle);
    expect(type).toBe('function');
    // A third parameter would be a callback, for which this runtime refuses to start.
    expect(arity).toBeLessThanOrEqual(2);
    const kilobytes = Math.round(statSync(join(bundle.folder, 'index.js')).size / 1_000);
    console.log(`${entry}: ${kilobytes} KB, loaded in ${Math.round(milliseconds)} ms`);
  });

  test.each(bundles)('%s says what kind of module it is, whatever folder it is unpacked in', (_entry, { folder }) => {
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ type: 'commonjs' });
  });
});
