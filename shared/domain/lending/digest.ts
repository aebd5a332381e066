import type { Digest } from '../book/entry.ts';
import { type LoanState, outstandingFen } from './loan.ts';

/** What lists show of a loan. */
export const loanDigest = (id: string, loan: LoanState, first?: { readonly borrower: string }): Digest => ({
  type: 'loan',
  id,
  fields: {
    status: loan.status,
    grade: loan.grade,
    outstandingFen: String(outstandingFen(loan)),
    overdueFen: String(loan.overdueFen),
    ...(first === undefined
      ? {}
      : {
          borrower: first.borrower,
          enterprise: loan.enterpriseId,
          principalFen: String(loan.principalFen),
          contract: loan.contractNumber,
        }),
    ...(loan.schedule.length === 0 ? {} : { maturesOn: loan.schedule.at(-1)?.dueDate ?? '' }),
    ...(loan.writtenOffFen === 0n
      ? {}
      : { writtenOffFen: String(loan.writtenOffFen), recoveredFen: String(loan.recoveredFen) }),
  },
});
