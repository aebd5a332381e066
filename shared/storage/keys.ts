import type { EntityRef } from '#shared/domain/entities.ts';

/** Digits of an entry's number in the Journal's sort key; enough for a million million entries, and sorts as text. */
const SEQ_DIGITS = 12;

/** Partition of a fund's book in the Journal. */
export const bookKey = (fundId: string): string => `BOOK#${fundId}`;

/** The fund a book's partition belongs to. */
export const fundOfBook = (book: string): string => book.slice('BOOK#'.length);

export const seqKey = (seq: number): string => String(seq).padStart(SEQ_DIGITS, '0');

/** Item of a book's head in State. */
export const headKey = (fundId: string): string => `${fundId}#head`;

/** Item of an entity in State. */
export const entityKey = (fundId: string, r: EntityRef): string => `${fundId}#${r.type}#${r.id}`;

/** Sort key of something that wants looking at on a day. */
export const reminderKey = (on: string, r: EntityRef): string => `${on}#${r.type}#${r.id}`;

/** What such a key names. */
export const reminderOf = (key: string): { readonly type: 'filing' | 'claim'; readonly id: string } => {
  const [, type, id = ''] = key.split('#');
  return { type: type === 'claim' ? 'claim' : 'filing', id };
};

/** First part of the sort keys of all grades of one charter version; text order is version order. */
export const gradeVersionKey = (charterVersion: number): string => `${String(charterVersion).padStart(5, '0')}#`;

/** Sort key of a graded enterprise. */
export const gradeKey = (grade: { charterVersion: number; expiresOn: string }, enterpriseId: string): string =>
  `${gradeVersionKey(grade.charterVersion)}${grade.expiresOn}#${enterpriseId}`;

/** The enterprise such a key names, while its grade is still good on a day. */
export const gradedOf = (key: string, date: string): readonly string[] => {
  const [, expiresOn = '', enterpriseId = ''] = key.split('#');
  return expiresOn >= date ? [enterpriseId] : [];
};

/** Worklists of the sparse index: who is in one is said by the entity's codec. */
export const worklists = {
  /** All books there are, by fund id. */
  funds: 'FUNDS',
  /** Loans the daily close must look at, by loan id. */
  loans: (fundId: string): string => `${fundId}#LOANS`,
  /** Payments that the bank has not settled, by payment id. */
  payments: (fundId: string): string => `${fundId}#PAYMENTS`,
  /** Cases that have not come to their end, by the last day on which they may be decided. */
  cases: (fundId: string): string => `${fundId}#CASES`,
  /** Filings and claims that want looking at on a day, by that day, type and id. */
  reminders: (fundId: string): string => `${fundId}#REMINDERS`,
  /** Graded enterprises, by the charter version of their grade, its last day, and their code. */
  grades: (fundId: string): string => `${fundId}#GRADES`,
} as const;
