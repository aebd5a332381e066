import * as z from 'zod';
import { BREAKER_MEASURES, SIZE_CLASSES } from '#shared/domain/charter/compensation.ts';
import { TROUBLES } from '#shared/domain/guarantee/filing.ts';
import { count, date, fen, grade } from '../scalars.ts';

const filing = z.strictObject({
  status: z.enum(['applied', 'confirmed', 'exception', 'claimed', 'compensated', 'settled', 'refused', 'withdrawn']),
  bankId: z.string(),
  enterpriseId: z.string(),
  contractNumber: z.string(),
  product: z.string(),
  district: z.string(),
  sizeClass: z.enum(SIZE_CLASSES),
  scheme: z.string(),
  guarantorId: z.string().exactOptional(),
  charterVersion: count,
  coveredFen: fen,
  uncoveredFen: fen,
  outstandingFen: fen,
  uncoveredOutstandingFen: fen,
  annualRate: z.string(),
  feeRate: z.string(),
  drawnOn: date,
  maturesOn: date,
  filedOn: date,
  confirmedOn: date.exactOptional(),
  asOf: date,
  overdueSince: date.exactOptional(),
  trouble: z.enum(TROUBLES).exactOptional(),
  noticeOn: date.exactOptional(),
  grade,
  provisionFen: fen,
  continuations: count,
  continuedOn: date.exactOptional(),
  remindOn: date.exactOptional(),
});

const exposure = z.strictObject({
  status: z.enum(['normal', 'warned', 'stopped', 'terminated']),
  disbursedFen: fen,
  outstandingFen: fen,
  liabilityFen: fen,
  nonPerformingFen: fen,
  expectedFen: fen,
  compensatedFen: fen,
  recoveredFen: fen,
  lostFen: fen,
  tolerated: z.array(z.strictObject({ measure: z.enum(BREAKER_MEASURES), ratio: z.string() })),
  alerts: z.array(z.string()),
});

export const guaranteeStates = { filing, exposure } as const;
