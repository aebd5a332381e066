import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { LogFile } from './log-file.ts';
import type { InvocationError, Outcome, Report, WorkerStart } from './protocol.ts';

/** A function as its threads need it. */
export interface FunctionCode {
  readonly start: WorkerStart;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** Starting takes a Lambda ten seconds at most; a busy laptop gets more. */
const INIT_SECONDS_MAX = 60;

/**
 * One execution environment of a function: a worker thread that has loaded its bundle and takes one call at a time. Once
 * it has failed beyond a call (a timeout, a crash, a bundle that does not load) it is dead and must be replaced.
 */
export class ExecutionEnvironment {
  readonly #code: FunctionCode;
  readonly #log: LogFile;
  readonly #worker: Worker;
  #settle: ((report: Report) => void) | undefined;
  readonly #ready: Promise<Report>;
  #dead = false;

  constructor(code: FunctionCode, log: LogFile) {
    this.#code = code;
    this.#log = log;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: code.start,
      env: { ...code.variables },
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: code.start.memoryMegabytes },
    });
    this.#worker.stdout.on('data', (bytes: Uint8Array) => log.write(bytes));
    this.#worker.stderr.on('data', (bytes: Uint8Array) => log.write(bytes));
    this.#worker.on('message', (report: Report) => this.#hear(report));
    this.#worker.on('error', (error) => this.#hear(fatal('Runtime.ExitError', `${error.name}: ${error.message}`)));
    this.#worker.on('exit', (code) => this.#hear(fatal('Runtime.ExitError', `the runtime exited with status ${code}`)));
    this.#ready = this.#listen(INIT_SECONDS_MAX, 'Runtime.InitTimeout');
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Hands one event, as JSON text, to the handler and waits for what comes of it. Never rejects. */
  async invoke(event: string): Promise<Outcome> {
    const requestId = randomUUID();
    const ready = await this.#ready;
    const report = ready.kind === 'ready' ? await this.#call(requestId, event) : ready;
    if (report.kind === 'result') {
      return { ok: true, payload: report.payload === '' ? undefined : JSON.parse(report.payload) };
    }
    const { error } = report.kind === 'failure' ? report : fatal('Runtime.ExitError', 'the runtime gave no answer');
    this.#log.write(`${JSON.stringify({ requestId, invocation: 'failed', ...error })}\n`);
    return { ok: false, error };
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    this.#dead = true;
    await this.#worker.terminate();
  }

  async #call(requestId: string, event: string): Promise<Report> {
    const { timeoutSeconds } = this.#code;
    const answer = this.#listen(timeoutSeconds, 'Sandbox.Timedout');
    this.#worker.postMessage({ requestId, event, timeoutMilliseconds: timeoutSeconds * 1000 });
    return await answer;
  }

  /** The next report; when none comes in time the thread is ended and the report is a failure of the given type. */
  #listen(timeoutSeconds: number, typeOfTimeout: string): Promise<Report> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#hear(fatal(typeOfTimeout, `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`));
        void this.stop();
      }, timeoutSeconds * 1000);
      this.#settle = (report) => {
        clearTimeout(timer);
        resolve(report);
      };
    });
  }

  #hear(report: Report): void {
    if (report.kind === 'failure' && report.fatal) {
      if (this.#settle === undefined && !this.#dead) this.#log.write(`${JSON.stringify(report.error)}\n`);
      this.#dead = true;
    }
    this.#settle?.(report);
    this.#settle = undefined;
  }
}

const fatal = (errorType: string, errorMessage: string): Report & { kind: 'failure'; error: InvocationError } => ({
  kind: 'failure',
  error: { errorType, errorMessage, trace: [] },
  fatal: true,
});
