import * as z from 'zod';
import { charterDocument, proposalContent } from '#shared/contracts/documents.ts';
import { SUBJECTS } from '#shared/domain/charter/subjects.ts';
import { count, date, fen } from '../scalars.ts';

const vote = z.strictObject({
  member: z.string(),
  choice: z.enum(['approve', 'reject', 'abstain', 'recuse', 'veto']),
  ground: z.string().exactOptional(),
  by: z.string().exactOptional(),
});

const caseState = z.strictObject({
  status: z.enum([
    'submitted',
    'returned',
    'voting',
    'on-notice',
    'approving',
    'approved',
    'rejected',
    'withdrawn',
    'lapsed',
    'done',
  ]),
  subject: z.enum(SUBJECTS),
  amountFen: fen,
  maker: z.string(),
  revision: count,
  payloadHash: z.string(),
  charterVersion: count,
  interested: z.array(z.string()).exactOptional(),
  reviewer: z.string().exactOptional(),
  votes: z.array(vote),
  noticeEndsOn: date.exactOptional(),
  approvals: z.array(z.strictObject({ by: z.string(), role: z.string() })),
  submittedOn: date,
  expiresOn: date,
});

export const approvalsStates = {
  charter: charterDocument,
  case: caseState,
  proposal: z.strictObject({
    revision: count,
    content: proposalContent,
    checks: z.array(z.strictObject({ label: z.string(), passed: z.boolean() })),
  }),
  delegations: z.strictObject({
    delegations: z.array(z.strictObject({ from: z.string(), to: z.string(), firstDay: date, lastDay: date })),
  }),
} as const;
