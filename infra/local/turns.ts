/** Does one thing after the other, in the order asked for, whoever asks. What fails does not hold up the next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does the work when all asked for before is over. Rejects as the work does. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.over().then(work);
    this.#last = turn;
    return turn;
  }

  /** Resolves when all that was asked for so far is over, however it ended. */
  async over(): Promise<void> {
    await this.#last.catch(() => undefined);
  }
}
