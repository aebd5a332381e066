/**
 * The three tables, defined once: infra builds them from here, repositories address them from here, and component tests
 * create them from the synthesised template, so the three cannot drift apart.
 */
export interface TableDefinition {
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly stream?: 'NEW_AND_OLD_IMAGES';
  readonly index?: { readonly name: string; readonly partitionKey: string; readonly sortKey: string };
}

/** Entries of every book: `BOOK#<fundId>` / twelve-digit sequence number. Append-only. */
export const JOURNAL = {
  partitionKey: 'book',
  sortKey: 'seq',
  stream: 'NEW_AND_OLD_IMAGES',
} as const satisfies TableDefinition;

/** Book heads and entities, one item each. The index is sparse and keys-only: an ordinary posting does not touch it. */
export const STATE = {
  partitionKey: 'pk',
  index: { name: 'worklist', partitionKey: 'wl', sortKey: 'wlSort' },
} as const satisfies TableDefinition;

/** What readers want, by reader; folded from the Journal and rebuildable. */
export const VIEWS = {
  partitionKey: 'pk',
  sortKey: 'sk',
} as const satisfies TableDefinition;
