import type { Digest } from '../book/entry.ts';
import type { CaseState } from './case.ts';

/** What lists show of a case. `title` only where it is new. */
export const caseDigest = (id: string, state: CaseState, title?: string): Digest => ({
  type: 'case',
  id,
  fields: {
    status: state.status,
    subject: state.subject,
    amountFen: String(state.amountFen),
    ...(title === undefined
      ? {}
      : { title, maker: state.maker, submittedOn: state.submittedOn, expiresOn: state.expiresOn }),
  },
});
