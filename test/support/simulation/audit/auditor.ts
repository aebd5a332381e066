import type { SimulatedBank } from '../bank.ts';
import type { Bucket } from '../bucket.ts';
import type { Exchange } from '../desk.ts';
import type { SimulatedFund } from '../fund.ts';
import type { Stored, Tables } from '../tables.ts';
import { answersAreTrue } from './answers.ts';
import { Books, readTransaction } from './books.ts';
import { duties } from './duties.ts';
import { everythingEnded } from './ending.ts';
import { evidence, ordersInBucket } from './evidence.ts';
import { demand, guardedBalances, numbering, once, posting, type Rule, subLedgers } from './rules.ts';
import { viewsEqualJournal, watermarkOf } from './views.ts';

/** Transactions between two looks at all views: folding them anew is the dearest of the checks. */
const VIEWS_EVERY = 60;

/** Looks at everything that is stored, and trusts nothing that it has not added up itself. */
export class Auditor {
  readonly books = new Books();
  readonly #rules: readonly Rule[];
  readonly #news: (readonly Stored[])[] = [];
  readonly #bank: SimulatedBank;
  readonly #bucket: Bucket;
  readonly #fundId: string;
  #transactions = 0;
  #files = 0;

  constructor({ charter, rules }: SimulatedFund, bank: SimulatedBank, bucket: Bucket) {
    this.#fundId = charter.fundId;
    this.#bank = bank;
    this.#bucket = bucket;
    const ofBank = evidence(bank);
    this.#rules = [numbering(), posting(), once(), guardedBalances(), subLedgers(), ...rules(), duties(), ofBank];
  }

  onStored(stored: readonly Stored[]): void {
    this.#news.push(stored);
  }

  onExchange(exchange: Exchange): void {
    answersAreTrue(this.books, exchange);
  }

  /** Looks at what was stored since the last time. @throws Violation */
  look(tables: Tables): void {
    for (const stored of this.#news.splice(0)) {
      const transaction = readTransaction(stored, this.#fundId);
      if (transaction === undefined) continue;
      this.books.add(transaction);
      for (const rule of this.#rules) rule(this.books, transaction);
      this.#transactions += 1;
      if (this.#transactions % VIEWS_EVERY === 0) this.#lookAtViews(tables);
    }
    if (this.#bucket.objects.size === this.#files) return;
    this.#files = this.#bucket.objects.size;
    ordersInBucket(this.books, this.#bucket, this.#fundId);
  }

  /** Looks at everything once more, when nothing moves any more. @throws Violation */
  lookAtTheEnd(tables: Tables, today: string, commands: readonly string[]): void {
    this.look(tables);
    this.#lookAtViews(tables);
    const watermark = watermarkOf(tables.contents('viewsTable'), this.#fundId);
    demand(watermark === this.books.lastSeq, `the views end at ${watermark}, the Journal at ${this.books.lastSeq}`);
    ordersInBucket(this.books, this.#bucket, this.#fundId);
    everythingEnded({
      fundId: this.#fundId,
      books: this.books,
      bank: this.#bank,
      bucket: this.#bucket,
      today,
      commands,
    });
  }

  #lookAtViews(tables: Tables): void {
    viewsEqualJournal(this.books.entries, tables.contents('viewsTable'), this.#fundId);
  }
}
