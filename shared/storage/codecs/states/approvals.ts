import * as z from 'zod';
import { charterDocument, proposalContent } from '#shared/contracts/documents.ts';
import type { CaseState, Vote } from '#shared/domain/approvals/case.ts';
import { SUBJECTS } from '#shared/domain/charter/subjects.ts';
import { count, date, fen } from '../scalars.ts';

const VOTE = /^(approve|reject|abstain|recuse|veto) (\S+)(?: (.+))?$/;

/**
 * One vote as one text, `approve <member>` and the delegate who cast it, or `veto <observer> <ground>`: a case is written at
 * every vote.
 */
const vote = z.codec(z.string().regex(VOTE), z.custom<Vote>(), {
  decode: (text): Vote => {
    const [, choice, member = '', more] = VOTE.exec(text) ?? [];
    if (choice === 'veto') return { member, choice, ...(more === undefined ? {} : { ground: more }) };
    return { member, choice: choice as Vote['choice'], ...(more === undefined ? {} : { by: more }) };
  },
  encode: ({ choice, member, by, ground }) => {
    const more = choice === 'veto' ? ground : by;
    return [choice, member, ...(more === undefined ? [] : [more])].join(' ');
  },
});

/** One final approval as one text, `<role> <person>`. */
const approval = z.codec(z.string().regex(/^\S+ ./), z.custom<CaseState['approvals'][number]>(), {
  decode: (text) => {
    const at = text.indexOf(' ');
    return { by: text.slice(at + 1), role: text.slice(0, at) };
  },
  encode: ({ by, role }) => `${role} ${by}`,
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
  approvals: z.array(approval),
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
