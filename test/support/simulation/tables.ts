import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { JOURNAL, STATE, type TableDefinition, VIEWS } from '#shared/storage/tables.ts';
import { type Condition, changedBy, clausesOf, holds } from './expressions.ts';

/** Names of the tables, as functions are told them. */
export const TABLES = { journalTable: 'Journal', stateTable: 'State', viewsTable: 'Views' } as const;

const DEFINITIONS: Readonly<Record<string, TableDefinition>> = { Journal: JOURNAL, State: STATE, Views: VIEWS };

interface Write extends Condition {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly UpdateExpression?: string;
}

interface TransactItem {
  readonly Put?: Write;
  readonly Update?: Write;
  readonly Get?: { readonly TableName: string; readonly Key: Item };
}

interface Query extends Condition {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** One transaction as it was stored: what was put where. */
export interface Stored {
  readonly table: string;
  readonly key: string;
  readonly item: Item;
  readonly before: Item | undefined;
}

/** Who is in which worklist, as the index came to know it. */
interface IndexChange {
  readonly at: number;
  readonly item: Item;
}

export interface TablesOptions {
  readonly now: () => number;
  /** How far the index lags behind at this query, in milliseconds. */
  readonly indexLagMilliseconds: () => number;
  /** Told of every transaction after it was stored. */
  readonly onStored: (stored: readonly Stored[]) => void;
  /** A planted bug: conditions that the store forgets. */
  readonly forgets?: (table: string, clause: string) => boolean;
}

/**
 * The three tables in memory, as far as our adapters use DynamoDB: transactions that are stored as a whole or not at all,
 * conditional puts, updates, queries, and an index that lags. What an adapter asks that is not known here throws.
 */
export class Tables {
  readonly #tables = new Map<string, Map<string, Item>>(Object.keys(DEFINITIONS).map((name) => [name, new Map()]));
  readonly #index: IndexChange[] = [];
  readonly #options: TablesOptions;

  constructor(options: TablesOptions) {
    this.#options = options;
  }

  /** Everything in a table, by key. */
  contents(table: keyof typeof TABLES): ReadonlyMap<string, Item> {
    return this.#of(TABLES[table]);
  }

  /** Puts items in place as they are; for a world that continues another. */
  restore(contents: Readonly<Record<keyof typeof TABLES, ReadonlyMap<string, Item>>>): void {
    for (const role of ['journalTable', 'stateTable', 'viewsTable'] as const) {
      const table = this.#of(TABLES[role]);
      table.clear();
      for (const [key, item] of contents[role]) this.#put(TABLES[role], key, item);
    }
  }

  /** Carries out a command of the document client. @throws what DynamoDB would */
  answer(command: string, input: object): object {
    switch (command) {
      case 'TransactGetItemsCommand':
        return this.#transactGet(input as { TransactItems: readonly TransactItem[] });
      case 'TransactWriteItemsCommand':
        return this.#transactWrite(input as { TransactItems: readonly TransactItem[] });
      case 'QueryCommand':
        return this.#query(input as Query);
      case 'GetItemCommand': {
        const { TableName, Key } = input as { TableName: string; Key: Item };
        return itemOf(this.#of(TableName).get(keyOf(TableName, Key)));
      }
      default:
        throw new Error(`${command} is not known here`);
    }
  }

  #of(table: string): Map<string, Item> {
    const found = this.#tables.get(table);
    if (found === undefined) throw new Error(`no table ${table}`);
    return found;
  }

  #transactGet({ TransactItems }: { TransactItems: readonly TransactItem[] }): object {
    checkItems(TransactItems.map(({ Get }) => `${Get?.TableName} ${keyOf(Get?.TableName ?? '', Get?.Key ?? {})}`));
    return {
      Responses: TransactItems.map(({ Get }) =>
        itemOf(this.#of(Get?.TableName ?? '').get(keyOf(Get?.TableName ?? '', Get?.Key ?? {}))),
      ),
    };
  }

  #transactWrite({ TransactItems }: { TransactItems: readonly TransactItem[] }): object {
    const writes = TransactItems.map(({ Put, Update }) => {
      const write = Put ?? Update;
      if (write === undefined) throw new Error('only puts and updates are known here');
      return { write, key: keyOf(write.TableName, write.Item ?? write.Key ?? {}) };
    });
    checkItems(writes.map(({ write, key }) => `${write.TableName} ${key}`));
    const reasons = writes.map(({ write, key }) => ({
      Code: this.#holds(write, this.#of(write.TableName).get(key)) ? 'None' : 'ConditionalCheckFailed',
    }));
    if (reasons.some(({ Code }) => Code !== 'None'))
      throw new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: reasons });
    this.#options.onStored(
      writes.map(({ write, key }) => {
        const before = this.#of(write.TableName).get(key);
        const item = write.Item ?? changedBy(write, before ?? write.Key ?? {});
        return { table: write.TableName, key, before, item: this.#put(write.TableName, key, item) };
      }),
    );
    return {};
  }

  #holds(write: Write, item: Item | undefined): boolean {
    return clausesOf(write.ConditionExpression).every(
      (clause) => this.#options.forgets?.(write.TableName, clause) === true || holds(clause, write, item),
    );
  }

  #put(table: string, key: string, given: Item): Item {
    const item = structuredClone(given);
    const before = this.#of(table).get(key);
    this.#of(table).set(key, item);
    const { index } = DEFINITIONS[table] ?? {};
    if (
      index !== undefined &&
      (before?.[index.partitionKey] !== item[index.partitionKey] || before?.[index.sortKey] !== item[index.sortKey])
    )
      this.#index.push({ at: this.#options.now(), item });
    return item;
  }

  #query(query: Query): object {
    const { TableName, IndexName, Limit, ExclusiveStartKey } = query;
    const definition = DEFINITIONS[TableName];
    const sortKey = (IndexName === undefined ? definition?.sortKey : definition?.index?.sortKey) ?? '';
    const clauses = clausesOf(query.KeyConditionExpression);
    const from = ExclusiveStartKey?.[sortKey];
    const found = (IndexName === undefined ? [...this.#of(TableName).values()] : this.#indexed())
      .filter((item) => clauses.every((clause) => holds(clause, query, item)))
      .sort((a, b) => (String(a[sortKey]) < String(b[sortKey]) ? -1 : 1))
      .filter((item) => from === undefined || String(item[sortKey]) > String(from));
    const page = found.slice(0, Limit ?? PAGE);
    const last = page.at(-1);
    return { Items: page, ...(found.length > page.length ? { LastEvaluatedKey: last } : {}) };
  }

  /** The index as it was a while ago. */
  #indexed(): readonly Item[] {
    const until = this.#options.now() - this.#options.indexLagMilliseconds();
    const members = new Map<unknown, Item>();
    for (const { at, item } of this.#index) {
      if (at > until) break;
      members.set(item[STATE.partitionKey], item);
    }
    return [...members.values()].filter((item) => item[STATE.index.partitionKey] !== undefined);
  }
}

/** A page of a query without a limit; DynamoDB's is a megabyte. */
const PAGE = 40;

const ITEMS_MAX = 100;

const itemOf = (item: Item | undefined): object => (item === undefined ? {} : { Item: item });

const keyOf = (table: string, item: Item): string => {
  const { partitionKey = '', sortKey } = DEFINITIONS[table] ?? {};
  return [partitionKey, ...(sortKey === undefined ? [] : [sortKey])].map((name) => String(item[name])).join('/');
};

const checkItems = (keys: readonly string[]): void => {
  const fault = keys.length > ITEMS_MAX ? 'too many items' : new Set(keys).size < keys.length ? 'an item twice' : '';
  if (fault !== '') throw Object.assign(new Error(fault), { name: 'ValidationException' });
};
