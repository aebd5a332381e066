import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Activity } from './activity.ts';
import type { VirtualClock } from './clock.ts';
import { type Ending, startParts } from './ending.ts';
import type { Clients } from './engines/clients.ts';
import { type Engines, startEngines } from './engines/engines.ts';
import { countMessages } from './events/queue-source.ts';
import { Schedules } from './events/schedules.ts';
import { HttpApi } from './http/api.ts';
import { serveApi } from './http/server.ts';
import { type LogFile, openLogFile } from './lambda/log-file.ts';
import { stablePort } from './ports.ts';
import { type Application, provisionApplication } from './provision/application.ts';
import { lockDirectory, openState } from './state.ts';
import type { StackInput } from './template/stack.ts';

export interface CloudOptions {
  /** Everything the cloud stores is in here; one running cloud per directory. */
  readonly directory: string;
  /** The synthesised stacks, those that others import from first. */
  readonly stacks: readonly StackInput[];
  /** Port of the API; the one of last time, or any that is free, when not given. */
  readonly port?: number;
  /**
   * The time the functions see and schedules run by. Set it before the start where it is not the real time: an
   * occurrence of a schedule that its present reading has passed by is fired at the start.
   */
  readonly clock: VirtualClock;
}

/** The application of the stacks, running on this machine. */
export interface LocalCloud {
  /** Address of the HTTP API, the same at every start while its port is free. */
  readonly apiUrl: string;
  readonly clients: Clients;
  /** Outputs of all stacks by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Fires a schedule now. @param nameOrIdPart part of its name or logical id; throws when it fits none or several */
  fireSchedule(nameOrIdPart: string): Promise<void>;
  /**
   * Fires what is due and waits until no function runs and nothing is left in any stream, in the queues that functions
   * read, or to be told about buckets. Rejects, saying what is left, when nothing has begun for two minutes.
   */
  idle(): Promise<void>;
  /** Every dead-letter queue with how many messages are in it. */
  deadLetters(): Promise<readonly { readonly queue: string; readonly count: number }[]>;
  /** Finishes what is being worked on and ends everything. */
  stop(): Promise<void>;
}

/** Much work takes long; work that stands still so long will not end. */
const STANDSTILL_SECONDS_MAX = 120;
const LOOK_MILLISECONDS = 4;

/**
 * Starts the engines, makes what the templates describe, and runs it. A cloud that was killed goes on where it was.
 * Throws, with everything ended again, when another cloud runs in the directory or the templates cannot be run.
 */
export const startCloud = (options: CloudOptions): Promise<LocalCloud> =>
  startParts('the local cloud', (ending) => start(options, ending));

async function start({ directory, stacks, port, clock }: CloudOptions, ending: Ending): Promise<LocalCloud> {
  ending.add(lockDirectory(directory));
  const state = openState(directory, 'cloud');
  ending.add(() => state.close());
  const log = openLogFile(join(directory, 'logs', 'cloud.log'));
  ending.add(() => log.close());
  const complain = complaintsTo(log);
  const engines = await startEngines(directory, state);
  ending.add(() => engines.stop());

  const activity = new Activity();
  const apiPort = await stablePort(state, 'port/api', port);
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const functionSurroundings = { clock: clock.buffer, logDirectory: join(directory, 'logs'), activity };
  const application = await provisionApplication({ stacks, engines, state, apiUrl, functionSurroundings, complain });
  const { functions, sources } = application;
  ending.add(async () => {
    await Promise.all(functions.map((each) => each.stop()));
  });

  const { clients } = engines;
  const schedules = new Schedules(application.schedules, { client: clients.sqs, state, clock, activity, complain });
  for (const source of sources) source.start();
  ending.add(async () => {
    await Promise.all(sources.map((source) => source.stop()));
  });
  await schedules.fireDue();
  schedules.start();
  ending.add(() => schedules.stop());
  if (application.api !== undefined) {
    const server = await serveApi(new HttpApi(application.api), apiPort);
    ending.add(() => server.stop());
  }
  return {
    apiUrl,
    clients,
    outputs: application.outputs,
    fireSchedule: async (part) => await schedules.fire(part),
    idle: () => idle(application, activity, schedules),
    deadLetters: () => deadLetters(application, engines),
    stop: () => ending.run(),
  };
}

async function idle({ sources }: Application, activity: Activity, schedules: Schedules): Promise<void> {
  let seen = activity.begun;
  let lastNewsAt = performance.now();
  for (;;) {
    await schedules.fireDue();
    const begun = activity.begun;
    const busy = activity.running === 0 ? await undrained(sources) : [`${activity.running} invocations`];
    if (busy.length === 0 && activity.running === 0 && activity.begun === begun) return;
    if (begun !== seen) lastNewsAt = performance.now();
    seen = begun;
    if (performance.now() > lastNewsAt + STANDSTILL_SECONDS_MAX * 1000) {
      throw new Error(`nothing has begun for ${STANDSTILL_SECONDS_MAX} s, and there still are: ${busy.join(', ')}`);
    }
    await delay(LOOK_MILLISECONDS);
  }
}

async function undrained(sources: Application['sources']): Promise<string[]> {
  const drained = await Promise.all(sources.map((source) => source.isDrained()));
  return sources.filter((_, i) => drained[i] === false).map((source) => source.name);
}

async function deadLetters({ queues, sources }: Application, { clients }: Engines) {
  const targets = new Set([...queues, ...sources].map(({ deadLetterArn }) => deadLetterArn));
  const found = queues.filter(({ arn }) => targets.has(arn));
  return await Promise.all(
    found.map(async ({ name, url }) => ({ queue: name, count: await countMessages(clients.sqs, url) })),
  );
}

const complaintsTo =
  (log: LogFile) =>
  (message: string, error: unknown): void => {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.write(`${new Date().toISOString()} ${message}: ${cause}\n`);
  };
