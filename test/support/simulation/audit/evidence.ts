import type { Entry } from '#shared/domain/book/entry.ts';
import { attemptOf } from '#shared/domain/payments/payment.ts';
import { readPain001 } from '../../bank-documents.ts';
import type { SimulatedBank } from '../bank.ts';
import type { Bucket } from '../bucket.ts';
import type { Books } from './books.ts';
import { demand, type Rule } from './rules.ts';

/** What the bank says is what the book says: every line booked once, every outcome with its evidence. */
export const evidence = (bank: SimulatedBank): Rule => {
  const booked = new Set<string>();
  const instructed = new Map<string, number>();
  const refused = new Map<string, number>();
  const count = (of: Map<string, number>, id: string): number => {
    const next = (of.get(id) ?? 0) + 1;
    of.set(id, next);
    return next;
  };
  const readers: Readonly<Record<string, (entry: Entry) => void>> = {
    'payment.rejected': ({ links }) => {
      const { payment = '' } = links;
      demand(bank.refused.has(payment), `${payment} counts as refused, the bank never said so`);
      count(refused, attemptOf(payment)?.id ?? '');
    },
    'payment.returned': ({ links }) => void count(refused, attemptOf(links.payment ?? '')?.id ?? ''),
    'loan.instructed': ({ links }) => instruct(links.payment ?? ''),
    'payment.instructed': ({ links }) => instruct(links.payment ?? ''),
    'loan.settled': (entry) => settle(entry),
    'payment.settled': (entry) => settle(entry),
  };
  const instruct = (payment: string): void => {
    const id = attemptOf(payment)?.id ?? '';
    const times = count(instructed, id);
    demand(times <= 1 + (refused.get(id) ?? 0), `${id} is paid again although the bank has not said no`);
  };
  const settle = ({ links, facts }: Entry): void => {
    const line = bank.lines.get(facts?.['bankReference'] ?? '');
    demand(line?.endToEndId === links.payment, `${links.payment} counts as paid, the bank shows no such line`);
  };
  return (_books, { entries }) => {
    for (const entry of entries) {
      readers[entry.type]?.(entry);
      const reference = entry.facts?.['bankReference'];
      if (reference === undefined) continue;
      demand(!booked.has(reference), `bank line ${reference} is booked twice (entry ${entry.seq})`);
      booked.add(reference);
    }
  };
};

/** Every order in the bank's folder is one the book knows, as the book has it, and was written once. */
export const ordersInBucket = (books: Books, bucket: Bucket, fundId: string): void => {
  for (const [key, { writes, bytes }] of bucket.objects) {
    if (!key.startsWith(`outbox/${fundId}/`)) continue;
    demand(writes === 1, `${key} was written ${writes} times`);
    if (key.includes('/enquiries/')) continue;
    const order = readPain001(Buffer.from(bytes).toString());
    const known = books.entries.find((e) => e.links.payment === order.endToEndId && e.type.endsWith('.instructed'));
    demand(known !== undefined, `${order.endToEndId} was sent to the bank, and no entry instructs it`);
    demand(key === `outbox/${fundId}/${order.endToEndId}.xml`, `${order.endToEndId} was sent a second time as ${key}`);
    const creditFen = (known?.lines ?? [])
      .filter((l) => l.account === '1002')
      .reduce((sum, l) => sum + l.amountFen, 0n);
    demand(
      creditFen === order.amountFen,
      `${order.endToEndId} orders ${order.amountFen}, the voucher says ${creditFen}`,
    );
  }
};
