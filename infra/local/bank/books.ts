import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { dateText } from '#shared/contracts/scalars.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';

const accountRow = z.object({ number: z.string(), name: z.string(), folder: z.string() });

const depositRow = z.object({
  id: z.string(),
  account: z.string(),
  amountFen: z.bigint(),
  payer: z.string(),
  payerAccount: z.string(),
  remittance: z.string(),
  dueOn: dateText,
});

const orderRow = z.object({
  endToEndId: z.string(),
  folder: z.string(),
  account: z.string(),
  amountFen: z.bigint(),
  creditorName: z.string(),
  creditorAccount: z.string(),
  remittance: z.string(),
  requestedOn: dateText,
  rule: z.string(),
  state: z.enum(['silent', 'waiting', 'paid', 'refused']),
  dueOn: dateText.nullable(),
  reasonCode: z.string(),
  reasonText: z.string(),
});

const movementRow = z.object({
  account: z.string(),
  bookedOn: dateText,
  side: z.enum(['credit', 'debit']),
  amountFen: z.bigint(),
  reference: z.string(),
  endToEndId: z.string(),
  party: z.string(),
  partyAccount: z.string(),
  remittance: z.string(),
});

/** A customer's account; `folder` is where its files go. */
export type Account = Readonly<z.output<typeof accountRow>>;

/** Money somebody brings, to be booked on a day. The id says that it is the same money. */
export type Deposit = Readonly<z.output<typeof depositRow>>;

/** An order by its EndToEndId, which is the same order for ever. `dueOn`: the day it is carried out; none while silent. */
export type BookedOrder = Readonly<z.output<typeof orderRow>>;

/** One booked movement of an account; `party` is the other side of it. */
export type Movement = Readonly<z.output<typeof movementRow>>;

const SCHEMA = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS account (number TEXT PRIMARY KEY, name TEXT, folder TEXT);
  CREATE TABLE IF NOT EXISTS readFile (key TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS ended (one INTEGER PRIMARY KEY, through TEXT);
  CREATE TABLE IF NOT EXISTS orders (position INTEGER PRIMARY KEY AUTOINCREMENT, endToEndId TEXT UNIQUE, folder TEXT,
    account TEXT, amountFen INTEGER, creditorName TEXT, creditorAccount TEXT, remittance TEXT, requestedOn TEXT,
    rule TEXT, state TEXT, dueOn TEXT, reasonCode TEXT, reasonText TEXT, answers INTEGER DEFAULT 0);
  CREATE TABLE IF NOT EXISTS deposit (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, account TEXT,
    amountFen INTEGER, payer TEXT, payerAccount TEXT, remittance TEXT, dueOn TEXT, booked INTEGER DEFAULT 0);
  CREATE TABLE IF NOT EXISTS movement (position INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT, bookedOn TEXT,
    side TEXT, amountFen INTEGER, reference TEXT, endToEndId TEXT, party TEXT, partyAccount TEXT, remittance TEXT,
    UNIQUE (account, reference));
  CREATE TABLE IF NOT EXISTS statement (account TEXT, date TEXT, PRIMARY KEY (account, date));
  CREATE TABLE IF NOT EXISTS delivery (position INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, content TEXT,
    delivered INTEGER DEFAULT 0)`;

type Value = string | bigint | null;

/**
 * The books of the sandbox bank: accounts, order book, movements, statements written, files not yet handed over. What
 * belongs together is stored in one transaction, so a killed process leaves no half of anything.
 */
export class BankBooks {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#db = new DatabaseSync(join(directory, 'bank.db'), { timeout: 5_000 });
    this.#db.exec(SCHEMA);
  }

  close(): void {
    this.#db.close();
  }

  transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  openAccount(account: Account): void {
    this.#insert('account', account);
  }

  account(number: string): Account | undefined {
    return this.#read(accountRow, 'SELECT * FROM account WHERE number = ?', number)[0];
  }

  isRead(key: string): boolean {
    return this.#all('SELECT 1 FROM readFile WHERE key = ?', key).length > 0;
  }

  markRead(key: string): void {
    this.#insert('readFile', { key });
  }

  /** The last day that is over at the bank; nothing is booked on it or before. */
  endedThrough(): BusinessDate | undefined {
    return this.#read(z.object({ through: dateText }), 'SELECT through FROM ended')[0]?.through;
  }

  endThrough(date: BusinessDate): void {
    this.#run(
      'INSERT INTO ended VALUES (1, ?) ON CONFLICT DO UPDATE SET through = max(through, excluded.through)',
      date,
    );
  }

  order(endToEndId: string): BookedOrder | undefined {
    return this.#read(orderRow, 'SELECT * FROM orders WHERE endToEndId = ?', endToEndId)[0];
  }

  /** All orders, in the order they came. */
  orders(): readonly BookedOrder[] {
    return this.#read(orderRow, 'SELECT * FROM orders ORDER BY position');
  }

  dueOrders(today: BusinessDate): readonly BookedOrder[] {
    return this.#read(orderRow, "SELECT * FROM orders WHERE state = 'waiting' AND dueOn <= ? ORDER BY position", today);
  }

  usesOf(rule: string): number {
    return this.#count('SELECT count(*) AS n FROM orders WHERE rule = ?', rule);
  }

  addOrder(order: BookedOrder): void {
    this.#insert('orders', order);
  }

  changeOrder({ endToEndId, state, dueOn, reasonCode, reasonText }: BookedOrder): void {
    this.#run(
      'UPDATE orders SET state = ?, dueOn = ?, reasonCode = ?, reasonText = ? WHERE endToEndId = ?',
      state,
      dueOn,
      reasonCode,
      reasonText,
      endToEndId,
    );
  }

  /** The number of the next answer about an order, from 1. */
  nextAnswer(endToEndId: string): number {
    this.#run('UPDATE orders SET answers = answers + 1 WHERE endToEndId = ?', endToEndId);
    return this.#count('SELECT answers AS n FROM orders WHERE endToEndId = ?', endToEndId);
  }

  addDeposit(deposit: Deposit): void {
    this.#insert('deposit', deposit);
  }

  dueDeposits(today: BusinessDate): readonly Deposit[] {
    return this.#read(depositRow, 'SELECT * FROM deposit WHERE booked = 0 AND dueOn <= ? ORDER BY position', today);
  }

  depositBooked(id: string): void {
    this.#run('UPDATE deposit SET booked = 1 WHERE id = ?', id);
  }

  /** Books a movement under the next reference of its account and day. */
  book(movement: Omit<Movement, 'reference'>): void {
    const { account, bookedOn } = movement;
    const before = this.#count(
      'SELECT count(*) AS n FROM movement WHERE account = ? AND bookedOn = ?',
      account,
      bookedOn,
    );
    const reference = `${bookedOn.replaceAll('-', '')}-${String(before + 1).padStart(6, '0')}`;
    this.#insert('movement', { ...movement, reference });
  }

  movements(account: string, on: BusinessDate): readonly Movement[] {
    return this.#read(
      movementRow,
      'SELECT * FROM movement WHERE account = ? AND bookedOn = ? ORDER BY position',
      account,
      on,
    );
  }

  /** Balance of an account before a day, or now, in fen. */
  balanceFen(account: string, before = '9999'): bigint {
    const sum = "coalesce(sum(CASE side WHEN 'credit' THEN amountFen ELSE -amountFen END), 0)";
    const sql = `SELECT ${sum} AS fen FROM movement WHERE account = ? AND bookedOn < ?`;
    return this.#read(z.object({ fen: z.bigint() }), sql, account, before)[0]?.fen ?? 0n;
  }

  /** Days up to `through` with movements and no statement yet, the oldest first. */
  daysToState(through: BusinessDate): readonly { readonly account: string; readonly date: BusinessDate }[] {
    return this.#read(
      z.object({ account: z.string(), date: dateText }),
      `SELECT DISTINCT m.account, m.bookedOn AS date FROM movement m
        LEFT JOIN statement s ON s.account = m.account AND s.date = m.bookedOn
        WHERE s.date IS NULL AND m.bookedOn <= ? ORDER BY m.bookedOn, m.account`,
      through,
    );
  }

  stated(account: string, date: BusinessDate): void {
    this.#insert('statement', { account, date });
  }

  /** Puts a file where it waits to be handed over. */
  addDelivery(key: string, content: string): void {
    this.#insert('delivery', { key, content });
  }

  /** Files that wait, in the order they were written. */
  deliveries(): readonly { readonly key: string; readonly content: string }[] {
    return this.#read(
      z.object({ key: z.string(), content: z.string() }),
      'SELECT key, content FROM delivery WHERE delivered = 0 ORDER BY position',
    );
  }

  delivered(key: string): void {
    this.#run('UPDATE delivery SET delivered = 1 WHERE key = ?', key);
  }

  #statement(sql: string): StatementSync {
    const statement = this.#prepared.get(sql) ?? this.#db.prepare(sql);
    statement.setReadBigInts(true);
    this.#prepared.set(sql, statement);
    return statement;
  }

  #run(sql: string, ...values: Value[]): void {
    this.#statement(sql).run(...values);
  }

  /** Stores a row whose columns are the members' names; a row that is there stays as it is. */
  #insert(table: string, row: Readonly<Record<string, Value>>): void {
    const columns = Object.keys(row);
    this.#run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
      ...Object.values(row),
    );
  }

  #all(sql: string, ...values: Value[]): readonly unknown[] {
    return this.#statement(sql).all(...values);
  }

  #read<T>(row: z.ZodType<T>, sql: string, ...values: Value[]): readonly T[] {
    return this.#all(sql, ...values).map((found) => row.parse(found));
  }

  #count(sql: string, ...values: Value[]): number {
    return Number(this.#read(z.object({ n: z.bigint() }), sql, ...values)[0]?.n ?? 0n);
  }
}
