import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import type { StageInput } from '#infra/config.ts';
import { createApp } from '#infra/jinqu-app.ts';

/** A stage as small as one can be. */
export const STAGE: StageInput = {
  stage: 'test',
  region: 'eu-west-1',
  production: false,
  identity: { issuer: 'https://id.example.com', audience: ['jinqu'] },
};

/** The same as it would be in earnest. */
export const PRODUCTION: StageInput = { ...STAGE, production: true, alarmEmail: 'on-call@example.com' };

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  DeletionPolicy: z.string().optional(),
});
const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Value: z.json() })),
});

export type Resource = z.output<typeof resource>;
export type StackTemplate = z.output<typeof template>;

export interface Synthesis {
  readonly storage: StackTemplate;
  readonly pipeline: StackTemplate;
  readonly terminationProtected: boolean;
}

/** Context that leaves the functions unbundled, which is what takes the time. */
export const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

/** Synthesises the app, checks and all, and reads what came out of it. Throws what the checks find. */
export const synthesise = (input: StageInput): Synthesis => {
  const outdir = mkdtempSync(join(tmpdir(), 'jinqu-synth-'));
  try {
    const { app, storage, pipeline } = createApp(input, { outdir, context: UNBUNDLED });
    const assembly = app.synth();
    const read = (stack: Stack): StackTemplate => template.parse(assembly.getStackByName(stack.stackName).template);
    return {
      storage: read(storage),
      pipeline: read(pipeline),
      terminationProtected: [storage, pipeline].every((each) => each.terminationProtection === true),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** The resources of one type, by logical id. */
export const ofType = ({ Resources }: StackTemplate, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);
