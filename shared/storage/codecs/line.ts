import * as z from 'zod';
import type { Line } from '#shared/domain/book/voucher.ts';

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
