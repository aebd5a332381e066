import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';

/** A process of ours, and what it has said so far. */
export interface Run {
  readonly said: () => string;
  /** Resolves when it has said something that fits. */
  readonly says: (pattern: RegExp) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly exit: Promise<number | null>;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends what a test file has left running. */
export const killAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/** Runs a script as a process of its own. */
export const run = (script: string, ...args: readonly string[]): Run => {
  const child = spawn(process.execPath, [script, ...args]);
  running.add(child);
  let said = '';
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      tell();
    });
  const exit = once(child, 'close').then(([code]) => {
    running.delete(child);
    tell();
    return z.number().nullable().parse(code);
  });
  const says = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(said)) resolve();
        else if (!running.has(child)) reject(new Error(`it ended, saying:\n${said}`));
        else return;
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  return { said: () => said, says, kill: (signal) => child.kill(signal), exit };
};
