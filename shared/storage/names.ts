/** Names that infrastructure sets and functions read; defined once so that the two cannot drift apart. */
export const ENV = {
  journalTable: 'JOURNAL_TABLE',
  stateTable: 'STATE_TABLE',
  viewsTable: 'VIEWS_TABLE',
  fundQueueUrl: 'FUND_QUEUE_URL',
  paymentsQueueUrl: 'PAYMENTS_QUEUE_URL',
  importsQueueUrl: 'IMPORTS_QUEUE_URL',
  bankBucket: 'BANK_BUCKET',
  rolesClaim: 'ROLES_CLAIM',
  fundsClaim: 'FUNDS_CLAIM',
  bankClaim: 'BANK_CLAIM',
  issuer: 'ISSUER',
} as const;

/** Folders of the bank bucket: what we send, what the bank delivers, and files of rows handed in through the API. */
export const BANK_PREFIX = { outbox: 'outbox/', inbox: 'inbox/', imports: 'imports/' } as const;

/** Metric that counts changes of entries in the Journal; any at all is an alarm. */
export const METRICS = { namespace: 'Jinqu', journalTampered: 'JournalTampered' } as const;
