import { startSmallCloud } from './cloud.ts';

/** A process of its own that runs the small stack in the directory named by its first argument, until it is killed. */
const cloud = await startSmallCloud(process.argv[2] ?? '');
process.send?.({ apiUrl: cloud.apiUrl });
