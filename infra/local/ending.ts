import { textOf } from './error-text.ts';

/** What must be undone, last first, whatever of it fails. */
export class Ending {
  readonly #what: string;
  readonly #steps: (() => void | Promise<void>)[] = [];

  /** @param what ends, in words for people */
  constructor(what: string) {
    this.#what = what;
  }

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Undoes everything, once. @throws AggregateError of what failed, when all else is undone */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${this.#what} did not end cleanly: ${failures.map(textOf).join('; ')}`);
  }
}

/**
 * Starts something that consists of parts, each of which says how it is ended. When one does not start, those before it are
 * ended again and its error is thrown, whatever fails in the ending.
 */
export const startParts = async <T>(what: string, start: (ending: Ending) => Promise<T>): Promise<T> => {
  const ending = new Ending(what);
  try {
    return await start(ending);
  } catch (error) {
    await ending.run().catch(() => undefined);
    throw error;
  }
};
