import * as z from 'zod';
import type { Lot } from '#shared/domain/equity/lots.ts';
import { formatQuantity, parseQuantity } from '#shared/domain/equity/quantity.ts';
import { account, count, date, fen } from '../scalars.ts';

const quantity = z.codec(z.string(), z.bigint(), { decode: parseQuantity, encode: formatQuantity });

/** One lot as one text, `1 2019-03-01 AC-… 1000000 30000000 registered`: a holding must stay small. */
const lot = z.codec(z.string().regex(/^\d+ \S+ \S+ \S+ \d+ (registered|pending)$/), z.custom<Lot>(), {
  decode: (text): Lot => {
    const [no, on, source, units, cost, register] = text.split(' ');
    return {
      no: Number(no),
      acquiredOn: z.decode(date, on ?? ''),
      source: source ?? '',
      quantity: parseQuantity(units ?? ''),
      costFen: BigInt(cost ?? '0'),
      registered: register === 'registered',
    };
  },
  encode: (value) =>
    [
      value.no,
      value.acquiredOn,
      value.source,
      formatQuantity(value.quantity),
      value.costFen,
      value.registered ? 'registered' : 'pending',
    ].join(' '),
});

export const stake = z.strictObject({ exposureFen: fen, quantity });

export const equityStates = {
  acquisition: z.strictObject({
    status: z.enum(['approved', 'contracted', 'paid', 'registered', 'done', 'cancelled']),
    caseId: z.string(),
    charterVersion: count,
    enterpriseId: z.string(),
    shareClass: z.string(),
    quantity,
    costFen: fen,
    consideration: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('money'),
        payee: account,
        fees: z.array(z.strictObject({ what: z.string(), amountFen: fen, payee: account })),
      }),
      z.strictObject({ kind: z.literal('claim'), loanId: z.string(), principalFen: fen, penaltyFen: fen }),
    ]),
    contractNumber: z.string().exactOptional(),
    payId: z.string().exactOptional(),
    registeredOn: date.exactOptional(),
    lot: count.exactOptional(),
  }),
  holding: z.strictObject({
    status: z.enum(['unregistered', 'active', 'partly-exited', 'exited', 'written-off']),
    enterpriseId: z.string(),
    shareClass: z.string(),
    lots: z.array(lot),
    nextLot: count,
    onSale: z.strictObject({ quantity, costFen: fen }),
    writtenOffFen: fen,
    recoveredFen: fen,
  }),
  exit: z.strictObject({
    status: z.enum(['approved', 'done', 'cancelled']),
    caseId: z.string(),
    holdingId: z.string(),
    enterpriseId: z.string(),
    buyer: z.string(),
    proceedsFen: fen,
    receivedFen: fen,
    parts: z.array(lot),
  }),
  dividend: z.strictObject({
    status: z.enum(['declared', 'received', 'revoked']),
    holdingId: z.string(),
    enterpriseId: z.string(),
    documentNumber: z.string(),
    incomeFen: fen,
    capitalFen: fen,
    receivedFen: fen,
    taken: z.array(lot),
    entrySeq: count,
  }),
  portfolio: z.strictObject({ exposureFen: fen, costFen: fen, sectors: z.record(z.string(), fen) }),
} as const;
