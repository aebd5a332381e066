import type { ApiAnswer, ApiRequest, Caller } from '../api/client.ts';
import type { Random } from './random.ts';
import { HOUR, SECOND, type Timeline, Violation } from './timeline.ts';

/** Something somebody asked and was answered for good. */
export interface Exchange {
  readonly as: Caller;
  readonly path: string;
  readonly body: unknown;
  readonly answer: ApiAnswer;
  /** Number of the last entry when the request was made: what the answer must know of. */
  readonly sinceSeq: number;
}

export interface DeskParts {
  readonly fundId: string;
  readonly timeline: Timeline;
  readonly random: Random;
  /** The API on some container; undefined when no answer comes back. */
  readonly send: (request: ApiRequest) => Promise<ApiAnswer | undefined>;
  readonly lastSeq: () => number;
  readonly onExchange: (exchange: Exchange) => void;
}

const NO_ANSWER: ApiAnswer = { status: 0, headers: {}, body: {} };

/** How somebody at the office works with the API: asks, and asks again under the same key until there is an answer. */
export class Desk {
  readonly #parts: DeskParts;
  #keys = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Does one thing, once. */
  async command(as: Caller, path: string, body: object): Promise<ApiAnswer> {
    const key = this.newKey();
    // Some click twice.
    const clicks = this.#parts.random.chance(0.3) ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: clicks }, () => this.commandUnder(key, as, path, body)));
    return answers.find((a) => a.status === 200) ?? answers[0] ?? NO_ANSWER;
  }

  async commandUnder(key: string, as: Caller, path: string, body: object): Promise<ApiAnswer> {
    return await this.#until('POST', as, path, body, key);
  }

  /** Uses a key again for something else, which must be refused if the first took effect. */
  async commandUnderUsedKey(key: string, as: Caller, path: string, body: object, first: ApiAnswer): Promise<void> {
    const { status, body: answer } = await this.commandUnder(key, as, path, body);
    if (first.status === 200 && answer['code'] !== 'COMMAND_ID_REUSED')
      this.#parts.timeline.fail(new Violation(`a key used for something else was answered ${status}`));
  }

  read(as: Caller, path: string): Promise<ApiAnswer> {
    return this.#until('GET', as, path, undefined, null);
  }

  newKey(): string {
    this.#keys += 1;
    return `desk-key-${this.#keys}`;
  }

  async #until(
    method: string,
    as: Caller,
    path: string,
    body: object | undefined,
    key: string | null,
  ): Promise<ApiAnswer> {
    const { fundId, timeline, random, send, lastSeq, onExchange } = this.#parts;
    for (;;) {
      const sinceSeq = lastSeq();
      const answer = await send({ method, path: `/funds/${fundId}${path}`, as, body, key });
      if (answer !== undefined && answer.status < 500) {
        timeline.log(`${as.subject} ${method} ${path}: ${answer.status} ${String(answer.body['code'] ?? '')}`);
        onExchange({ as, path, body, answer, sinceSeq });
        return answer;
      }
      await timeline.sleep(random.spread(SECOND, 2 * HOUR));
    }
  }
}
