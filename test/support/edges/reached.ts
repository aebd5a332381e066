import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The machines of equity: everything in them begins with an approved acquisition. */
export const EQUITY_MACHINES: readonly string[] = ['acquisition', 'dividend', 'exit', 'holding'];

/** Whether anything in the domain approves an acquisition yet. From then on equity needs its scenarios like the rest. */
export const equityIsReached = (): boolean =>
  globSync('shared/domain/**/*.ts', { cwd: root }).some((path) =>
    /(?<!const )\bapproveAcquisition\(/.test(readFileSync(join(root, path), 'utf8')),
  );
