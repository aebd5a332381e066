import { addDays, addWorkingDays, type BusinessDate, maxDate, onWorkingDay } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { sumFen } from '#shared/domain/money.ts';
import { textOf } from '../error-text.ts';
import type { BankBooks, BookedOrder, Deposit } from './books.ts';
import { type OrderStatus, writeCamt053, writePain002 } from './documents.ts';
import { type ReceivedOrder, readPain001 } from './orders.ts';
import { type Behaviour, type Rule, ruleFor } from './scenarios.ts';

/** What an order must be told when the bank has never seen it, or cannot read it. */
type Refusal = Pick<BookedOrder, 'reasonCode' | 'reasonText'>;
const UNKNOWN: Refusal = { reasonCode: 'NARR', reasonText: '查无此指令' };
const NO_ACCOUNT: Refusal = { reasonCode: 'AC01', reasonText: '付款账户不存在' };
const NO_FUNDS: Refusal = { reasonCode: 'AM04', reasonText: '账户余额不足' };

/** What the bank does with one thing at a time, on one day. Each method belongs in one transaction of the books. */
export class Counter {
  readonly #books: BankBooks;
  readonly #rules: readonly Rule[];
  readonly #today: BusinessDate;

  constructor(books: BankBooks, rules: readonly Rule[], today: BusinessDate) {
    this.#books = books;
    this.#rules = rules;
    this.#today = today;
  }

  /**
   * Takes an order into the book, once: the same order again, in whatever file, is the order that is there.
   * @param name of the file, which is all there is to answer by when it cannot be read
   */
  receive(folder: string, name: string, bytes: Uint8Array): void {
    const received = tryToRead(bytes);
    if ('endToEndId' in received) this.#enter(folder, received);
    else this.#refuse(folder, name.replace(/\.xml$/, ''), received);
  }

  #enter(folder: string, received: ReceivedOrder): void {
    if (this.#books.order(received.endToEndId) !== undefined) return;
    const rule = ruleFor(this.#rules, received, (id) => this.#books.usesOf(id));
    const known = this.#books.account(received.account)?.folder === folder;
    const behaviour: Behaviour = known ? (rule?.behaviour ?? SETTLES) : { kind: 'rejects', ...NO_ACCOUNT };
    const order: BookedOrder = {
      ...received,
      folder,
      rule: rule?.id ?? '',
      reasonCode: '',
      reasonText: '',
      ...this.#treatment(behaviour, received.requestedOn),
    };
    this.#books.addOrder(order);
    if (order.state === 'refused') this.#answer(order, 'RJCT');
    if (order.dueOn !== null && order.dueOn > this.#today) this.#answer(order, 'ACSP');
  }

  #treatment(behaviour: Behaviour, requestedOn: BusinessDate): Pick<BookedOrder, 'state' | 'dueOn'> & Partial<Refusal> {
    const first = this.#openDay(maxDate(this.#today, requestedOn));
    switch (behaviour.kind) {
      case 'rejects': {
        const { reasonCode, reasonText } = behaviour;
        return { state: 'refused', dueOn: null, reasonCode, reasonText };
      }
      case 'stays-silent':
        return { state: 'silent', dueOn: null };
      case 'answers-late':
        return { state: 'waiting', dueOn: addWorkingDays(first, behaviour.workingDays, chinaCalendar) };
      default:
        return { state: 'waiting', dueOn: first };
    }
  }

  /** What the bank does not have it will never pay: an order that comes after such an answer finds itself refused. */
  answerEnquiry(folder: string, endToEndId: string): void {
    const order = this.#books.order(endToEndId);
    if (order === undefined) this.#refuse(folder, endToEndId, UNKNOWN);
    else if (order.state === 'silent')
      this.#books.changeOrder({ ...order, state: 'waiting', dueOn: this.#openDay(this.#today) });
    else this.#answer(order, ANSWERS[order.state]);
  }

  #refuse(folder: string, endToEndId: string, refusal: Refusal): void {
    if (this.#books.order(endToEndId) !== undefined) return;
    const order: BookedOrder = {
      endToEndId,
      folder,
      account: '',
      amountFen: 0n,
      creditorName: '',
      creditorAccount: '',
      remittance: '',
      requestedOn: this.#today,
      rule: '',
      state: 'refused',
      dueOn: null,
      ...refusal,
    };
    this.#books.addOrder(order);
    this.#answer(order, 'RJCT');
  }

  /** Books all deposits that are due. */
  bookDeposits(): void {
    for (const deposit of this.#books.dueDeposits(this.#today)) {
      const bookedOn = this.#openDay(deposit.dueOn);
      if (bookedOn > this.#today) continue;
      this.#books.book({ bookedOn, side: 'credit', endToEndId: 'NOTPROVIDED', ...creditOf(deposit) });
      this.#books.depositBooked(deposit.id);
    }
  }

  /** Carries out all orders that are due: pays them, or refuses them where the money is not there. */
  carryOutOrders(): void {
    const bookedOn = this.#openDay(this.#today);
    if (bookedOn > this.#today) return;
    for (const order of this.#books.dueOrders(this.#today)) {
      const paid = this.#books.balanceFen(order.account) >= order.amountFen;
      const after: BookedOrder = paid ? { ...order, state: 'paid' } : { ...order, state: 'refused', ...NO_FUNDS };
      if (paid) this.#books.book({ bookedOn, side: 'debit', ...debitOf(order) });
      this.#books.changeOrder(after);
      this.#answer(after, paid ? 'ACSC' : 'RJCT');
    }
  }

  /** The first day not before `date` on which something can be booked. */
  #openDay(date: BusinessDate): BusinessDate {
    const ended = this.#books.endedThrough();
    return onWorkingDay(ended === undefined ? date : maxDate(date, addDays(ended, 1)), chinaCalendar);
  }

  #answer({ endToEndId, folder, rule, reasonCode, reasonText }: BookedOrder, status: OrderStatus['status']): void {
    const messageId = `${endToEndId}-A${this.#books.nextAnswer(endToEndId)}`;
    const text = writePain002({ messageId, endToEndId, status, reasonCode, reasonText, on: this.#today });
    this.#deliver(folder, `${messageId}.pain002`, text, this.#behaviourOf(rule) === 'answers-twice');
  }

  /** Writes the statements of all days up to `through` that have movements and none yet, and ends these days. */
  endDays(through: BusinessDate): void {
    for (const { account, date } of this.#books.daysToState(through)) {
      const movements = this.#books.movements(account, date);
      const openingFen = this.#books.balanceFen(account, date);
      const movedFen = sumFen(movements.map((m) => (m.side === 'credit' ? m.amountFen : -m.amountFen)));
      const statementId = `${account}-${date.replaceAll('-', '')}`;
      const closingFen = openingFen + movedFen;
      const text = writeCamt053({ statementId, account, date, openingFen, closingFen, movements });
      const behaviours = movements.map((m) => this.#behaviourOf(this.#books.order(m.endToEndId)?.rule ?? ''));
      const folder = this.#books.account(account)?.folder ?? '';
      this.#deliver(folder, `${statementId}.camt053`, text, behaviours.includes('statement-twice'));
      this.#books.stated(account, date);
    }
    this.#books.endThrough(through);
  }

  #deliver(folder: string, name: string, text: string, twice: boolean): void {
    this.#books.addDelivery(`inbox/${folder}/${name}.xml`, text);
    if (twice) this.#books.addDelivery(`inbox/${folder}/${name}.again.xml`, text);
  }

  #behaviourOf(rule: string): Behaviour['kind'] {
    return this.#rules.find(({ id }) => id === rule)?.behaviour.kind ?? 'settles';
  }
}

const tryToRead = (bytes: Uint8Array): ReceivedOrder | Refusal => {
  try {
    return readPain001(bytes);
  } catch (error) {
    return { reasonCode: 'FF01', reasonText: `文件无法读取：${textOf(error)}`.slice(0, 100) };
  }
};

const SETTLES: Behaviour = { kind: 'settles' };

const ANSWERS = { paid: 'ACSC', refused: 'RJCT', waiting: 'PDNG' } as const satisfies Record<
  Exclude<BookedOrder['state'], 'silent'>,
  OrderStatus['status']
>;

const creditOf = ({ account, amountFen, payer, payerAccount, remittance }: Deposit) => ({
  account,
  amountFen,
  remittance,
  party: payer,
  partyAccount: payerAccount,
});

const debitOf = ({ account, amountFen, endToEndId, remittance, creditorName, creditorAccount }: BookedOrder) => ({
  account,
  amountFen,
  endToEndId,
  remittance,
  party: creditorName,
  partyAccount: creditorAccount,
});
