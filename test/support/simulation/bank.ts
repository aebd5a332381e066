import { type BankEntry, type BankStatement, camt053, pain002, readPain001 } from '../bank-documents.ts';
import type { Bucket } from './bucket.ts';
import type { SimulatedFund } from './fund.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, MINUTE, type Timeline } from './timeline.ts';

/** What a bank does with an order. The last of them says one thing and does another. */
export const MANNERS = [
  'pays',
  'accepts, then pays',
  'pays after days',
  'refuses',
  'refuses twice',
  'is silent until asked, then pays',
  'is silent until asked, then refuses',
  'is silent for ever',
  'pays, then gives back',
  'states a line twice',
  'refuses, then pays',
] as const;
export type Manner = (typeof MANNERS)[number];

interface Order {
  readonly paymentId: string;
  readonly amountFen: bigint;
  readonly manner: Manner;
  enquiries: number;
  outcome: 'open' | 'paid' | 'refused';
}

/** The fund's bank: takes orders and money, answers as its manners are, and states its lines once a day or later. */
export class SimulatedBank {
  balanceFen = 0n;
  readonly shown = new Set<Manner>();
  /** Payments it said no to. */
  readonly refused = new Set<string>();
  /** Every line it ever booked, by reference. */
  readonly lines = new Map<string, BankEntry>();
  readonly orders = new Map<string, Order>();
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #bucket: Bucket;
  readonly #fund: SimulatedFund['charter'];
  /** Manners of this run; a calm bank pays what it is told to. */
  #manners: readonly [Manner, ...Manner[]];
  #unstated: BankEntry[] = [];
  #last: BankStatement;
  #files = 0;

  constructor(timeline: Timeline, random: Random, bucket: Bucket, fund: SimulatedFund['charter']) {
    this.#fund = fund;
    this.#last = { id: 'ST-0', account: fund.account.number, date: '', openingFen: 0n, entries: [] };
    this.#timeline = timeline;
    this.#random = random;
    this.#bucket = bucket;
    this.#manners = random.chance(0.3) ? ['pays'] : MANNERS;
  }

  /** From now on it does what it is asked. */
  becomeGood(): void {
    this.#manners = ['pays'];
  }

  /** A file of ours has reached it: an order, or a question. */
  receive(key: string): void {
    const enquiry = /\/enquiries\/(\S+-P\d+)\./.exec(key);
    if (enquiry === null) this.#takeOrder(key);
    else this.#beAsked(enquiry[1] ?? '');
  }

  #takeOrder(key: string): void {
    const { endToEndId, amountFen } = readPain001(this.#bucket.text(key));
    // A bank knows an order again by its EndToEndId.
    if (this.orders.has(endToEndId) || this.refused.has(endToEndId)) return;
    const manner = this.#random.pick(this.#manners);
    this.shown.add(manner);
    const order: Order = { paymentId: endToEndId, amountFen, manner, enquiries: 0, outcome: 'open' };
    this.orders.set(endToEndId, order);
    this.#timeline.log(`bank ${endToEndId} ${manner}`);
    this.#timeline.after(this.#random.between(MINUTE, 4 * HOUR), () => this.#deal(order));
  }

  #deal(order: Order): void {
    const { between } = this.#random;
    const later = (milliseconds: number, then: () => void): void => this.#timeline.after(milliseconds, then);
    const ways: Readonly<Record<Manner, () => void>> = {
      pays: () => this.#pay(order),
      'states a line twice': () => this.#pay(order),
      'accepts, then pays': () => {
        this.#report(order.paymentId, 'ACSP');
        later(between(HOUR, DAY), () => this.#pay(order));
      },
      'pays after days': () => later(between(1, 6) * DAY, () => this.#pay(order)),
      'pays, then gives back': () => {
        this.#pay(order);
        later(between(HOUR, 3 * DAY), () => this.#giveBack(order));
      },
      refuses: () => this.#refuse(order),
      'refuses twice': () => {
        this.#refuse(order);
        later(between(MINUTE, 2 * DAY), () => this.#report(order.paymentId, 'RJCT', '再次告知'));
      },
      'refuses, then pays': () => {
        this.#refuse(order);
        later(between(HOUR, 2 * DAY), () => this.#pay(order));
      },
      'is silent until asked, then pays': () => undefined,
      'is silent until asked, then refuses': () => undefined,
      'is silent for ever': () => undefined,
    };
    ways[order.manner]();
  }

  #beAsked(paymentId: string): void {
    const order = this.orders.get(paymentId);
    // What it has never heard of it will not pay any more, whenever it may come.
    if (order === undefined) {
      this.refused.add(paymentId);
      this.#report(paymentId, 'RJCT', '无此指令');
      return;
    }
    if (order.outcome !== 'open') return;
    order.enquiries += 1;
    if (order.enquiries < 2) return;
    if (order.manner === 'is silent until asked, then pays') this.#pay(order);
    if (order.manner === 'is silent until asked, then refuses') this.#refuse(order);
  }

  #pay(order: Order): void {
    if (order.amountFen > this.balanceFen) {
      this.#refuse(order);
      return;
    }
    order.outcome = 'paid';
    const { paymentId: endToEndId, amountFen } = order;
    this.#book({ side: 'debit', amountFen, endToEndId, payer: '收款企业' });
  }

  #refuse(order: Order): void {
    if (order.outcome === 'open') order.outcome = 'refused';
    this.refused.add(order.paymentId);
    this.#report(order.paymentId, 'RJCT', '账号有误');
  }

  #giveBack(order: Order): void {
    if (order.outcome !== 'paid') return;
    const { paymentId: endToEndId, amountFen } = order;
    this.#book({ side: 'credit', amountFen, endToEndId, reversal: true, payer: '收款企业' });
  }

  /** Somebody pays money in. */
  credit(amountFen: bigint, remittance: string): void {
    this.#book({ side: 'credit', amountFen, remittance });
  }

  #book(entry: Omit<BankEntry, 'reference' | 'bookedOn'>): void {
    const reference = `B${this.lines.size + 1}`;
    const line: BankEntry = { ...entry, reference, bookedOn: this.#timeline.today };
    this.lines.set(reference, line);
    this.#unstated.push(line);
    this.balanceFen += line.side === 'credit' ? line.amountFen : -line.amountFen;
    this.#timeline.log(`bank ${reference} ${line.side} ${line.amountFen} ${line.endToEndId ?? line.remittance ?? ''}`);
  }

  /** States what was booked since the last statement, and now and then what it has stated before. */
  endDay(): void {
    const movedFen = this.#unstated.reduce((sum, e) => sum + (e.side === 'credit' ? e.amountFen : -e.amountFen), 0n);
    const id = `ST-${Number(this.#last.id.split('-')[1]) + 1}`;
    const openingFen = this.balanceFen - movedFen;
    const { account, date } = { account: this.#fund.account.number, date: this.#timeline.today };
    const statement = { id, account, date, openingFen, entries: this.#unstated };
    const twice = this.#unstated.some((e) => this.orders.get(e.endToEndId ?? '')?.manner === 'states a line twice');
    this.#deliver(camt053(statement));
    if (twice || this.#random.chance(0.1)) this.#deliver(camt053(statement));
    // A statement over a longer time says the same lines again, under a number of its own.
    if (twice || this.#random.chance(0.1)) {
      const entries = [...this.#last.entries, ...statement.entries];
      this.#deliver(camt053({ ...statement, id: `${id}-R`, openingFen: this.#last.openingFen, entries }));
    }
    // And a statement over all the time there was says everything again.
    if (this.#random.chance(0.05))
      this.#deliver(camt053({ ...statement, id: `${id}-A`, openingFen: 0n, entries: [...this.lines.values()] }));
    this.#last = statement;
    this.#unstated = [];
  }

  #report(paymentId: string, status: 'ACSP' | 'RJCT', reason = ''): void {
    this.#deliver(pain002(paymentId, status, reason));
  }

  #deliver(xml: string): void {
    this.#files += 1;
    this.#bucket.put(`inbox/${this.#fund.fundId}/file ${this.#files}.xml`, Buffer.from(xml));
  }
}
