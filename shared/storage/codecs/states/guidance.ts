import * as z from 'zod';
import type { PartnerState, Share } from '#shared/domain/guidance/partner.ts';
import { count, date, fen, paidParts } from '../scalars.ts';

const SHARE = /^(\S+)((?: -?\d+){7})$/;

const numbers = (share: Omit<Share, 'contributor'>): readonly bigint[] => [
  share.capitalFen,
  share.hurdleFen,
  share.catchUpFen,
  share.splitFen,
  share.carryFen,
  share.concededFen,
  share.clawbackFen,
];

/** A name (a contributor, or a day) and what it got, tier by tier, as one text: a distribution has one for each partner. */
const decodeShare = (text: string): readonly [string, Omit<Share, 'contributor'>] => {
  const [, name = '', rest = ''] = SHARE.exec(text) ?? [];
  const [
    capitalFen = 0n,
    hurdleFen = 0n,
    catchUpFen = 0n,
    splitFen = 0n,
    carryFen = 0n,
    concededFen = 0n,
    clawbackFen = 0n,
  ] = rest.trim().split(' ').map(BigInt);
  return [name, { capitalFen, hurdleFen, catchUpFen, splitFen, carryFen, concededFen, clawbackFen }];
};

const share = z.codec(z.string().regex(SHARE), z.custom<Share>(), {
  decode: (text): Share => {
    const [contributor, fen] = decodeShare(text);
    return { contributor, ...fen };
  },
  encode: (value) => [value.contributor, ...numbers(value)].join(' '),
});

const distributed = z.codec(z.string().regex(SHARE), z.custom<PartnerState['distributed'][number]>(), {
  decode: (text) => {
    const [on, fen] = decodeShare(text);
    return { on: z.decode(date, on), ...fen };
  },
  encode: (value) => [value.on, ...numbers(value)].join(' '),
});

/** One contribution as one text, `2019-03-01 30000000`. */
const contribution = z.codec(z.string().regex(/^\S+ \d+$/), z.custom<PartnerState['paidIn'][number]>(), {
  decode: (text) => {
    const [on = '', amount = '0'] = text.split(' ');
    return { on: z.decode(date, on), amountFen: BigInt(amount) };
  },
  encode: ({ on, amountFen }) => `${on} ${amountFen}`,
});

export const guidanceStates = {
  commitment: z.strictObject({
    status: z.enum(['approved', 'active', 'closed']),
    caseId: z.string(),
    charterVersion: count,
    enterpriseId: z.string(),
    committedFen: fen,
    calledFen: fen,
    paidFen: fen,
    contractNumber: z.string().exactOptional(),
  }),
  'commitment-call': z.strictObject({
    status: z.enum(['approved', 'paid', 'cancelled']),
    caseId: z.string(),
    commitmentId: z.string(),
    enterpriseId: z.string(),
    amountFen: fen,
    dueOn: date,
    noticeNumber: z.string(),
    budgetDocumentNumber: z.string(),
    payId: z.string(),
    lot: count.exactOptional(),
  }),
  suspension: z.strictObject({
    status: z.enum(['suspended', 'lifted']),
    events: z.array(z.strictObject({ person: z.string(), what: z.string(), on: date })),
  }),
  partner: z.strictObject({
    paidIn: z.array(contribution),
    distributed: z.array(distributed),
    owedFen: fen,
    escrowFen: fen,
    clawbackDueFen: fen,
  }),
  distribution: z.strictObject({
    status: z.enum(['approved', 'done']),
    caseId: z.string(),
    asOf: date,
    documentNumber: z.string(),
    shares: z.array(share),
    parts: paidParts,
    clawbackDueFen: fen,
    clawbackReceivedFen: fen,
  }),
  recognition: z.strictObject({
    status: z.enum(['recognised', 'reversed']),
    caseId: z.string(),
    enterpriseId: z.string(),
    kind: z.string(),
    qualifyingFen: fen,
    multiplier: z.string(),
    recognisedFen: fen,
    movedInOn: date,
    watchedUntil: date,
    entrySeq: count,
  }),
  'return-investment': z.strictObject({ recognisedFen: fen }),
  timer: z.strictObject({
    status: z.enum(['running', 'stopped']),
    startedOn: date,
    stoppedOn: date.exactOptional(),
    alertedDays: count,
  }),
  'management-fee': z.strictObject({ accruedThrough: z.string(), owedFen: fen }),
} as const;
