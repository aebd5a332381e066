import * as z from 'zod';
import type { Digest, OutboxCommand } from '#shared/domain/book/entry.ts';
import type { Line } from '#shared/domain/book/voucher.ts';
import { count, date, facts } from './scalars.ts';

const LINE = /^(debit|credit) (\S+) (\d+)( red)?((?: [a-z]+=\S+)*)$/;

/** One line as one text, `debit 1303.01 30000000 enterprise=… instrument=…`: a third of what a map of attributes costs. */
export const line = z.codec(z.string().regex(LINE), z.custom<Line>(), {
  decode: (text): Line => {
    const [, side, account, amount, red, dims] = LINE.exec(text) ?? [];
    const pairs = (dims ?? '').trim();
    return {
      side: side === 'debit' ? 'debit' : 'credit',
      account: account ?? '',
      amountFen: BigInt(amount ?? '0'),
      ...(red === undefined ? {} : { red: true }),
      ...(pairs === '' ? {} : { dims: Object.fromEntries(pairs.split(' ').map(pair)) }),
    };
  },
  encode: (value) =>
    [
      value.side,
      value.account,
      value.amountFen,
      ...(value.red === true ? ['red'] : []),
      ...Object.entries(value.dims ?? {}).map(([name, of]) => `${name}=${of}`),
    ].join(' '),
});

const pair = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
};

const digest: z.ZodType<Digest> = z.strictObject({ type: z.string(), id: z.string(), fields: facts });

const outbox: z.ZodType<OutboxCommand> = z.strictObject({
  queue: z.enum(['fund', 'payments']),
  id: z.string(),
  kind: z.string(),
  payload: z.record(z.string(), z.json()),
});

/** An entry item: kept within one kilobyte for an ordinary posting, which is one write unit, two in a transaction. */
export const entrySchema = z.strictObject({
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
