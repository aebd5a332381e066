import { App, Validations } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import { JinquChecks } from './checks/jinqu-checks.ts';
import { type StageInput, stageConfig } from './config.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';

export interface AppOptions {
  /** Where the cloud assembly is written; CDK's own choice unless given. */
  readonly outdir?: string;
  /** Further context, such as `aws:cdk:bundling-stacks: []` where no bundles are wanted. */
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface JinquApp {
  readonly app: App;
  readonly storage: StorageStack;
  readonly pipeline: PipelineStack;
}

/**
 * Stacks refer to each other by exports. What the library recommends instead, a function of CloudFormation as young as it,
 * lets a stack be deleted under one that needs it, and not every region can be trusted to know it.
 */
const EXPORTS = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } as const;

/**
 * The CDK app of one stage. Its `synth()` throws when a check finds something that no acknowledgement explains.
 * @throws z.ZodError when the configuration is not as infra/config.ts has it
 */
export const createApp = (input: StageInput, { outdir, context }: AppOptions = {}): JinquApp => {
  const config = stageConfig.parse(input);
  const app = new App({
    analyticsReporting: false,
    ...(outdir === undefined ? {} : { outdir }),
    // The same here, on the command line and in the local cloud; nothing hangs on the folder's cdk.json.
    context: { ...recommendedFlags, ...EXPORTS, ...context },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new JinquChecks(app, { production: config.production }));
  const common = {
    config,
    env: { region: config.region, ...(config.account === undefined ? {} : { account: config.account }) },
    terminationProtection: config.production,
  };
  const storage = new StorageStack(app, 'Storage', {
    ...common,
    stackName: `jinqu-${config.stage}-storage`,
    description: 'Jinqu: books, bank files, keys',
  });
  const pipeline = new PipelineStack(app, 'Pipeline', {
    ...common,
    stackName: `jinqu-${config.stage}-pipeline`,
    description: 'Jinqu: functions, queues, API',
    storage,
  });
  return { app, storage, pipeline };
};
