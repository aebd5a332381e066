import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { Chapter } from '../load/step.ts';
import type { Part } from './office.ts';
import type { WORDS } from './words.ts';

type Words = (typeof WORDS)[keyof typeof WORDS];

export interface Terminal {
  readonly isTTY: boolean;
  readonly write: (text: string) => void;
}

/** Says what is going on: a line for each thing finished, and on a terminal one line that changes meanwhile. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #words: Words;
  #label: string | undefined;
  #detail = '';
  #begun = 0;

  constructor(terminal: Terminal, words: Words) {
    this.#terminal = terminal;
    this.#words = words;
  }

  /** A part of the office is about to start, or, when undefined, none is any more. */
  part(part: Part | undefined): void {
    if (part === undefined) this.finish();
    else this.#begin(this.#words.parts[part]);
  }

  /** The loader has come to a day. */
  day(chapter: Chapter, date: BusinessDate, done: number, of: number): void {
    const label = this.#words.chapters[chapter];
    if (label !== this.#label) this.#begin(label);
    this.#detail = `${date} ${Math.floor((done * 100) / of)}%`;
    this.#show();
  }

  /** Whatever was going on is done. */
  finish(): void {
    if (this.#label === undefined) return;
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(1);
    const detail = this.#detail === '' ? '' : ` ${this.#detail.slice(0, 10)}`;
    this.#erase();
    this.#terminal.write(`✓ ${this.#label}${detail} (${seconds} s)\n`);
    this.#label = undefined;
  }

  /** Leaves the line that changes, for an error to be told. */
  interrupt(): void {
    this.#erase();
    this.#label = undefined;
  }

  #begin(label: string): void {
    this.finish();
    this.#label = label;
    this.#detail = '';
    this.#begun = performance.now();
    this.#show();
  }

  #show(): void {
    if (this.#terminal.isTTY) this.#terminal.write(`\r\u001b[K… ${this.#label} ${this.#detail}`);
  }

  #erase(): void {
    if (this.#terminal.isTTY) this.#terminal.write('\r\u001b[K');
  }
}
