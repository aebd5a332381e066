import * as z from 'zod';
import { stageConfig } from '../../config.ts';
import { createApp } from '../../jinqu-app.ts';

/*
 * A process of its own: `node synthesise.ts <configuration as JSON> <folder>` writes the cloud assembly into the folder. The
 * CDK and what it says while bundling end with it, and the local cloud does not carry them.
 */
const [, , config, outdir] = z.tuple([z.string(), z.string(), z.string(), z.string()]).parse(process.argv);

createApp(stageConfig.parse(JSON.parse(config)), { outdir }).app.synth();
