/**
 * What is going on in the cloud, counted in one place. Work that hands something on (a function that sends a message) is
 * counted until it has been handed on, so that "nothing goes on" is never said in between.
 */
export class Activity {
  #running = 0;
  #begun = 0;

  /** Pieces of work going on now. */
  get running(): number {
    return this.#running;
  }

  /** Pieces of work begun since the start. */
  get begun(): number {
    return this.#begun;
  }

  /** Counts the work while it goes on. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    this.#begun += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}
