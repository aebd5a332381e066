import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../ports.ts';

/** A running engine. */
export interface Engine {
  readonly endpoint: string;
  /** The SQLite file everything it holds is in. */
  readonly databaseFile: string;
  /** Ends it; every write it acknowledged is in its file. */
  stop(): Promise<void>;
}

const START_ATTEMPTS_MAX = 5;
const START_SECONDS_MAX = 15;

/**
 * Starts dynoxide on a free loopback port with its data in `<directory>/dynamodb.db`: one child process, which the kernel
 * ends when this process dies. Throws when there is no dynoxide for this platform or it does not start.
 */
export async function startDynamoDbEngine(directory: string): Promise<Engine> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'dynamodb.db');
  const binary = findBinary();
  for (let attempt = 1; ; attempt += 1) {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const child = launch(binary, ['--host', '127.0.0.1', '--port', new URL(endpoint).port, '--db-path', file]);
    if (await isUp(child, endpoint)) {
      indexStreamRecords(file);
      return { endpoint, databaseFile: file, stop: () => end(child) };
    }
    await end(child);
    if (attempt === START_ATTEMPTS_MAX) throw new Error('the DynamoDB engine (dynoxide) does not start');
  }
}

function findBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const binary = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
    if (existsSync(binary)) return binary;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
  }
  throw new Error(`${name} is not installed; point JINQU_DYNAMODB_ENDPOINT to DynamoDB Local or another engine`);
}

/** With `setpriv` the kernel kills the child when its parent dies, kill -9 included; without it a shell watches a pipe. */
function launch(binary: string, args: readonly string[]): ChildProcess {
  const options = { stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'], env: {} };
  if (spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0) {
    return spawn('setpriv', ['--pdeathsig', 'KILL', '--', binary, ...args], {
      ...options,
      env: { PATH: process.env['PATH'] },
    });
  }
  const watch = '"$0" "$@" & child=$!; cat >/dev/null; kill -9 $child; wait $child';
  return spawn('/bin/sh', ['-c', watch, binary, ...args], options);
}

async function isUp(child: ChildProcess, endpoint: string): Promise<boolean> {
  const deadline = performance.now() + START_SECONDS_MAX * 1000;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    // It answers unsigned requests with a refusal, which is an answer all the same.
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return true;
    await delay(20);
  }
  return false;
}

/**
 * dynoxide 1.2.1 finds the next stream sequence number by a MAX over all stream records, so that writes slow down as the
 * stream grows. This expression index turns that scan (and the read of a batch) into a search.
 */
function indexStreamRecords(file: string): void {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    db.exec(
      'CREATE INDEX IF NOT EXISTS jinqu_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    db.close();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  child.kill('SIGTERM');
  const stubborn = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(stubborn);
}
