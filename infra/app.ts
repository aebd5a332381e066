import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { stageConfig } from './config.ts';
import { createApp } from './jinqu-app.ts';

/** The stage to deploy: `--context stage=<name or path of a JSON file>`, or JINQU_STAGE; dev unless given. */
const stageName = (): string => {
  const context: unknown = new App({ autoSynth: false }).node.tryGetContext('stage');
  return String(context ?? process.env['JINQU_STAGE'] ?? 'dev');
};

const stageFile = (name: string): string | URL =>
  name.endsWith('.json') ? name : new URL(`stages/${name}.json`, import.meta.url);

createApp(stageConfig.parse(JSON.parse(readFileSync(stageFile(stageName()), 'utf8')))).app.synth();
