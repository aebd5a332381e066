import { availableParallelism } from 'node:os';
import type { Activity } from '../activity.ts';
import { ExecutionEnvironment, type FunctionCode } from './environment.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import type { Outcome } from './protocol.ts';

/** More environments of one function than processors only get into each other's way; two let one wait for an engine. */
const ENVIRONMENTS_MAX = Math.max(2, Math.min(4, availableParallelism()));

/**
 * A Lambda function as it runs here: as many execution environments as are needed at the same time, started on demand and
 * kept warm. Calls beyond that wait for a free one, in order.
 */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** How many calls run at the same time at most. */
  readonly concurrencyMax: number;
  readonly #reserved: number;
  readonly #code: FunctionCode;
  readonly #log: LogFile;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #free: ExecutionEnvironment[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #activity: Activity;
  #admitted = 0;

  /**
   * @param logFile where what it prints goes
   * @param reservedConcurrency calls Lambda would take at a time, where the template limits them
   */
  constructor(code: FunctionCode, logFile: string, activity: Activity, reservedConcurrency?: number) {
    this.name = code.start.functionName;
    this.arn = code.start.functionArn;
    this.#code = code;
    this.#log = openLogFile(logFile);
    this.#activity = activity;
    this.#reserved = reservedConcurrency ?? Number.POSITIVE_INFINITY;
    this.concurrencyMax = Math.min(this.#reserved, ENVIRONMENTS_MAX);
  }

  /** True when Lambda would refuse a further call because the reserved concurrency is used up. */
  get throttled(): boolean {
    return this.#admitted >= this.#reserved;
  }

  /** Runs the handler on the event. Failures of the function are an outcome; the promise never rejects for them. */
  invoke(event: unknown): Promise<Outcome> {
    return this.#activity.during(async () => {
      this.#admitted += 1;
      const environment = await this.#take();
      try {
        return await environment.invoke(JSON.stringify(event));
      } finally {
        this.#giveBack(environment);
        this.#admitted -= 1;
      }
    });
  }

  /** Ends every environment; calls that still run end as failures. */
  async stop(): Promise<void> {
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
    this.#log.close();
  }

  async #take(): Promise<ExecutionEnvironment> {
    for (;;) {
      const free = this.#free.pop();
      if (free !== undefined && !free.dead) return free;
      if (free !== undefined) this.#environments.delete(free);
      else if (this.#environments.size < this.concurrencyMax) return this.#start();
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #start(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment(this.#code, this.#log);
    this.#environments.add(environment);
    return environment;
  }

  #giveBack(environment: ExecutionEnvironment): void {
    if (environment.dead) this.#environments.delete(environment);
    else this.#free.push(environment);
    this.#waiting.shift()?.();
  }
}
