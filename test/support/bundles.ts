import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { METAFILE } from '#infra/constructs/function-bundles.ts';
import { createApp } from '#infra/jinqu-app.ts';
import { STAGE } from './synthesis.ts';

/** A function's bundle as it is deployed. */
export interface Bundle {
  /** Capability and use case. */
  readonly entry: string;
  readonly folder: string;
  readonly handler: string;
  /** Names of the variables the function is given. */
  readonly variables: readonly string[];
}

const template = z.object({
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
});

/** Synthesises the app into a directory, and finds the bundle of every function in it. */
export const buildBundles = (outdir: string): readonly Bundle[] => {
  const { app, pipeline } = createApp(STAGE, { outdir, context: { [METAFILE]: true } });
  const { Resources } = template.parse(app.synth().getStackByName(pipeline.stackName).template);
  return Object.values(Resources).flatMap(({ Type, Properties }): readonly Bundle[] => {
    if (Type !== 'AWS::Lambda::Function' || Properties.Code === undefined) return [];
    return [
      {
        entry: Properties.Description?.split(' ').at(-1) ?? '',
        folder: join(outdir, `asset.${Properties.Code.S3Key.replace(/\.zip$/, '')}`),
        handler: Properties.Handler ?? '',
        variables: Object.keys(Properties.Environment?.Variables ?? {}),
      },
    ];
  });
};

export const bytesOf = ({ folder }: Bundle): number => statSync(join(folder, 'index.js')).size;

const metafile = z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) });

/** Files of which something is left in the bundle. */
export const contentsOf = ({ folder }: Bundle): readonly string[] => {
  const { inputs } = metafile.parse(JSON.parse(readFileSync(join(folder, 'index.meta.json'), 'utf8')));
  return Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
};

/** What came of loading a bundle. */
export interface Loaded {
  /** `typeof` the handler, and how many parameters it takes. */
  readonly type: string;
  readonly arity: number;
  readonly milliseconds: number;
}

/** Loads a bundle as Lambda would, in a process of its own with the function's environment and nothing else. */
export const load = ({ folder, handler, variables }: Bundle): Loaded => {
  const [file, name] = handler.split('.');
  const program = `const before = performance.now();
    const handler = require(${JSON.stringify(join(folder, `${file}.js`))})[${JSON.stringify(name)}];
    console.log(JSON.stringify({ type: typeof handler, arity: handler.length, milliseconds: performance.now() - before }));`;
  const env = { AWS_REGION: 'eu-west-1', ...Object.fromEntries(variables.map((variable) => [variable, 'set'])) };
  const output = execFileSync(process.execPath, ['--eval', program], { env, encoding: 'utf8' });
  return z.object({ type: z.string(), arity: z.int(), milliseconds: z.number() }).parse(JSON.parse(output));
};
