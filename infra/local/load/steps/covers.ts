import { coverRules } from '#shared/domain/charter/charter.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import { type LocalUser, userById } from '../../identity/users.ts';
import { rulesOn } from '../../portfolio/charters.ts';
import { type Cover, type CoveredLoan, filingRow, gradingRows, type Lending, loansOf } from '../../portfolio/covers.ts';
import type { Firm } from '../../portfolio/zone.ts';
import type { Step } from '../step.ts';
import { fileStep } from './files.ts';
import { foundingSteps } from './fund.ts';

/** Filings a reviewer confirms with one request. */
const REVIEWED_AT_ONCE = 20;

/** A risk-compensation fund: its founding, its grades, and what the banks file with it and report. */
export const coverSteps = (cover: Cover, firms: readonly Firm[], users: readonly LocalUser[]): readonly Step[] => [
  ...foundingSteps(cover.fund, users),
  ...gradingSteps(cover, firms),
  ...cover.lending.flatMap((lending) => lendingSteps(cover, firms, userById(lending.user, users), lending)),
];

const gradingSteps = (cover: Cover, firms: readonly Firm[]): readonly Step[] => {
  const { fundId } = cover.fund;
  if (cover.grading === undefined) return [];
  return [
    fileStep({
      id: `${fundId}.gradings`,
      on: cover.grading.on,
      userId: 'officer-1',
      fundId,
      kind: 'gradings',
      fileName: '企业评价数据.csv',
      rows: gradingRows(cover, firms),
    }),
  ];
};

const lendingSteps = (
  cover: Cover,
  firms: readonly Firm[],
  { bank = '' }: LocalUser,
  lending: Lending,
): readonly Step[] => {
  const { fundId } = cover.fund;
  const loans = loansOf(cover, firms, lending);
  const file = { userId: lending.user, fundId };
  return [
    fileStep({
      ...file,
      id: `${fundId}.filings-${lending.user}`,
      on: lending.on,
      kind: 'filings',
      fileName: `备案-${lending.on}.csv`,
      rows: loans.map((loan) => filingRow(loan, lending)),
    }),
    ...reviewSteps(cover, bank, lending, loans),
    fileStep({
      ...file,
      id: `${fundId}.repaid-${lending.user}`,
      on: lending.repaidOn,
      kind: 'balances',
      fileName: `余额-${lending.repaidOn}.csv`,
      rows: loans.map(({ contractNumber }) => ({
        contractNumber,
        asOf: lending.repaidOn,
        coveredYuan: '0',
        uncoveredYuan: '0',
      })),
    }),
  ];
};

/** A reviewer confirms what the fund's rules do not confirm by themselves. */
const reviewSteps = (
  { fund }: Cover,
  bank: string,
  { user, on }: Lending,
  loans: readonly CoveredLoan[],
): readonly Step[] => {
  const { automaticUpToFen } = coverRules(rulesOn(fund, on)).filing;
  const contracts = loans
    .filter((loan) => automaticUpToFen === null || loan.amountFen > automaticUpToFen)
    .map((loan) => loan.contractNumber);
  const rounds = Math.ceil(contracts.length / REVIEWED_AT_ONCE);
  return Array.from({ length: rounds }, (_, round) => {
    const id = `${fund.fundId}.review-${user}-${round + 1}`;
    const items = contracts
      .slice(round * REVIEWED_AT_ONCE, (round + 1) * REVIEWED_AT_ONCE)
      .map((contract) => ({ filingId: filingIdOf(bank, contract), opinion: 'confirm', comment: '同意入库' }));
    return {
      id,
      on,
      chapter: 'cover',
      run: async (desk) => {
        await desk.as('reviewer-1').postAll(`/funds/${fund.fundId}/filings/reviews/bulk`, id, items);
      },
    };
  });
};
