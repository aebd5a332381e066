import * as z from 'zod';
import type { Digest, Entry, OutboxCommand } from '#shared/domain/book/entry.ts';
import { bookKey, fundOfBook, seqKey } from '../keys.ts';
import { line } from './line.ts';
import { count, date, facts } from './scalars.ts';
import { type Item, stored } from './stored.ts';

const digest: z.ZodType<Digest> = z.strictObject({
  type: z.string(),
  id: z.string(),
  owner: z.string().exactOptional(),
  fields: facts,
});

const outbox: z.ZodType<OutboxCommand> = z.strictObject({
  queue: z.enum(['fund', 'payments', 'imports']),
  id: z.string(),
  kind: z.string(),
  payload: z.record(z.string(), z.json()),
});

/** An entry item: kept within one kilobyte for an ordinary posting, which is one write unit, two in a transaction. */
const entrySchema = z.strictObject({
  book: z.string(),
  seq: z.string().regex(/^\d{12}$/),
  type: z.string(),
  businessDate: date,
  recordedAt: z.string(),
  summary: z.string(),
  actor: z.strictObject({
    kind: z.enum(['person', 'system', 'bank']),
    id: z.string(),
    name: z.string().exactOptional(),
    bank: z.string().exactOptional(),
  }),
  commandId: z.string(),
  payloadHash: z.string(),
  links: facts,
  lines: z.array(line).exactOptional(),
  voucher: z.strictObject({ period: z.string(), type: z.string(), number: count }).exactOptional(),
  facts: facts.exactOptional(),
  digests: z.array(digest).exactOptional(),
  outbox: z.array(outbox).exactOptional(),
});

export const encodeEntry = (entry: Entry): Item => {
  const { fundId, seq, ...rest } = entry;
  return z.encode(entrySchema, { book: bookKey(fundId), seq: seqKey(seq), ...rest } as z.output<typeof entrySchema>);
};

export const decodeEntry = (item: Item): Entry => {
  const key = `${item['book']} ${item['seq']}`;
  const { book, seq, ...rest } = stored(key, () => z.decode(entrySchema, item as z.input<typeof entrySchema>));
  return { fundId: fundOfBook(book), seq: Number.parseInt(seq, 10), ...rest };
};
