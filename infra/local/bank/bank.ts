import { addDays, type BusinessDate } from '#shared/domain/calendar.ts';
import { Turns } from '../turns.ts';
import { type Account, BankBooks, type BookedOrder, type Deposit } from './books.ts';
import { Counter } from './counter.ts';
import type { SharedFiles } from './files.ts';
import { readEnquiry } from './orders.ts';
import type { Rule } from './scenarios.ts';

/**
 * A bank on this machine, a party of its own: it knows the fund office by the files each leaves for the other, keeps its own
 * accounts and order book, and believes nobody. Its days are those of the office's clock.
 */
export interface SandboxBank {
  /** Opens an account; opening it again changes nothing. */
  openAccount(account: Account): void;
  /**
   * Takes money in for an account, booked on the day named or the first one open after it. The same id is the same money.
   * Throws when there is no such account.
   */
  deposit(deposit: Deposit): void;
  /** Puts a rule before all others, for as long as the process runs. */
  addRule(rule: Rule): void;
  /** Reads new files, carries out what is due, states the days that are over, and hands its own files over. */
  work(): Promise<void>;
  /** As `work`, and ends the present day: what comes later is booked on the next working day. */
  endDay(): Promise<void>;
  /** All orders it has received, in order. */
  orders(): readonly BookedOrder[];
  /** What is on an account now, in fen. */
  balanceFen(account: string): bigint;
  close(): void;
}

export interface BankOptions {
  /** Where `bank.db` lies. */
  readonly directory: string;
  readonly files: SharedFiles;
  readonly today: () => BusinessDate;
  readonly rules: readonly Rule[];
}

const OUTBOX = /^outbox\/(?<folder>[^/]+)\/(?<enquiries>enquiries\/)?(?<name>[^/]+)$/;

/** Opens the bank where it was left. */
export const openBank = (options: BankOptions): SandboxBank => new Bank(options);

class Bank implements SandboxBank {
  readonly #books: BankBooks;
  readonly #files: SharedFiles;
  readonly #today: () => BusinessDate;
  /** One thing after the other, whoever asks for it. */
  readonly #turns = new Turns();
  #rules: readonly Rule[];

  constructor({ directory, files, today, rules }: BankOptions) {
    this.#books = new BankBooks(directory);
    this.#files = files;
    this.#today = today;
    this.#rules = rules;
  }

  openAccount(account: Account): void {
    this.#books.openAccount(account);
  }

  deposit(deposit: Deposit): void {
    if (this.#books.account(deposit.account) === undefined) throw new Error(`no account ${deposit.account} here`);
    this.#books.addDeposit(deposit);
  }

  addRule(rule: Rule): void {
    this.#rules = [rule, ...this.#rules];
  }

  orders(): readonly BookedOrder[] {
    return this.#books.orders();
  }

  balanceFen(account: string): bigint {
    return this.#books.balanceFen(account);
  }

  close(): void {
    this.#books.close();
  }

  work(): Promise<void> {
    return this.#turns.take(() => this.#workUntil((today) => addDays(today, -1)));
  }

  endDay(): Promise<void> {
    return this.#turns.take(() => this.#workUntil((today) => today));
  }

  async #workUntil(lastDayOver: (today: BusinessDate) => BusinessDate): Promise<void> {
    const today = this.#today();
    const counter = new Counter(this.#books, this.#rules, today);
    await this.#readFiles(counter);
    this.#books.transaction(() => {
      counter.bookDeposits();
      counter.carryOutOrders();
      counter.endDays(lastDayOver(today));
    });
    await this.#handOver();
  }

  async #readFiles(counter: Counter): Promise<void> {
    for (const key of await this.#files.list('outbox/')) {
      const { folder, enquiries, name } = OUTBOX.exec(key)?.groups ?? {};
      if (folder === undefined || name === undefined || this.#books.isRead(key)) continue;
      const bytes = await this.#files.get(key);
      this.#books.transaction(() => {
        if (enquiries === undefined) counter.receive(folder, name, bytes);
        else counter.answerEnquiry(folder, readEnquiry(bytes));
        this.#books.markRead(key);
      });
    }
  }

  /** A file handed over but not noted so is handed over again, byte for byte, which the fund office must bear anyway. */
  async #handOver(): Promise<void> {
    for (const { key, content } of this.#books.deliveries()) {
      await this.#files.put(key, content);
      this.#books.delivered(key);
    }
  }
}
