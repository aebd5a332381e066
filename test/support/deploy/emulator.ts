import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '#infra/local/ports.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MINISTACK = join(ROOT, '.venv/bin/ministack');
const START_SECONDS_MAX = 60;

/** An emulator of AWS, running. */
export interface Emulator {
  readonly endpoint: string;
  readonly port: number;
  /** A folder that goes with the emulator. */
  readonly directory: string;
  /** Environment for what is to talk to the emulator as if it were AWS. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logTail: () => string;
  readonly stop: () => Promise<void>;
}

export const REGION = 'eu-west-1';
/** The emulator takes an access key of twelve digits for the account. */
export const CREDENTIALS = { accessKeyId: '000000000000', secretAccessKey: 'emulated' } as const;

/**
 * Starts the pinned ministack on a free port of this machine, with nothing in it. Functions run under the project's own
 * Node.js.
 * @throws when ministack is not installed, or does not come up
 */
export const startEmulator = async (): Promise<Emulator> => {
  if (!existsSync(MINISTACK))
    throw new Error(
      'ministack is not installed. In the root of the repository: ' +
        'python3 -m venv .venv && .venv/bin/pip install -r test/deploy/requirements.txt',
    );
  const directory = mkdtempSync(join(tmpdir(), 'jinqu-emulator-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const environment = {
    ...process.env,
    PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const log = join(directory, 'emulator.log');
  const output = openSync(log, 'a');
  // A group of its own, so that the processes of its functions end with it.
  const process_ = spawn(MINISTACK, [], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      ...environment,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: 'localhost',
      MINISTACK_REGION: REGION,
      LAMBDA_EXECUTOR: 'local',
      S3_DATA_DIR: join(directory, 's3'),
      STATE_DIR: join(directory, 'state'),
      TMPDIR: directory,
    },
  });
  const logTail = () => readFileSync(log, 'utf8').split('\n').slice(-40).join('\n');
  const stop = async () => {
    await end(process_);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await answers(endpoint, process_);
  } catch (error) {
    const tail = logTail();
    await stop();
    throw new Error(`ministack did not come up:\n${tail}`, { cause: error });
  }
  return { endpoint, port, directory, environment, logTail, stop };
};

const answers = async (endpoint: string, process_: ChildProcess): Promise<void> => {
  for (let second = 0; second < START_SECONDS_MAX; second += 1) {
    if (process_.exitCode !== null) throw new Error(`it ended with code ${process_.exitCode}`);
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(1_000);
  }
  throw new Error(`no answer in ${START_SECONDS_MAX} seconds`);
};

const end = async (process_: ChildProcess): Promise<void> => {
  if (process_.pid === undefined || process_.exitCode !== null) return;
  const ended = new Promise((resolve) => process_.once('exit', resolve));
  process.kill(-process_.pid, 'SIGTERM');
  const gone = await Promise.race([ended.then(() => true), wait(5_000, false)]);
  if (!gone) process.kill(-process_.pid, 'SIGKILL');
  await ended;
};
