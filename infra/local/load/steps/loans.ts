import * as z from 'zod';
import { seedRules } from '#shared/domain/charter/charter.ts';
import type { SeedCharter } from '#shared/domain/charter/seed.ts';
import { rulesOn } from '../../portfolio/charters.ts';
import { fileOf } from '../../portfolio/parts.ts';
import type { Portfolio, PortfolioLoan } from '../../portfolio/portfolio.ts';
import type { Desk, Step } from '../step.ts';
import { type CaseStory, decidingOn, decisionSteps, noteOfCase, reviewStep } from './decisions.ts';
import { documentsOf } from './documents.ts';

/** Names under which steps note the number of a loan. */
export const noteOfLoan = (key: string): string => `loan:${key}`;

/** The fund that lends, and its people. */
export type Lender = Pick<Portfolio, 'fund' | 'users'>;

/** A loan from its application to its contract. */
export const lendingSteps = ({ fund, users }: Lender, loan: PortfolioLoan): readonly Step[] => {
  const story: CaseStory = { fundId: fund.fundId, name: `loan.${loan.key}`, chapter: 'lending' };
  const rules = rulesOn(fund, loan.appliedOn);
  return [
    ...applicationSteps(story, loan, seedRules(rules, 'loan')),
    ...decisionSteps(users, story, decidingOn(rules, 'loan', loan.amountFen), loan, loan.votes),
    contractStep(story, loan),
  ];
};

const applicationSteps = (story: CaseStory, loan: PortfolioLoan, rules: SeedCharter): readonly Step[] => {
  const path = `/funds/${story.fundId}/loans/applications`;
  const apply = async (desk: Desk, id: string, purpose: string): Promise<void> => {
    const filed = await desk.as('officer-1').post(path, id, applicationOf(loan, purpose, rules));
    desk.note(noteOfCase(story.name), filed.id);
  };
  const filing = { on: loan.appliedOn, chapter: story.chapter, id: `${story.name}.apply` };
  const { firstTry } = loan;
  if (firstTry === undefined) return [{ ...filing, run: (desk) => apply(desk, filing.id, loan.purpose) }];
  const again = `${story.name}.reapply`;
  return [
    { ...filing, run: (desk) => apply(desk, filing.id, firstTry.purpose) },
    reviewStep(story, firstTry.returnedOn, 'return', firstTry.comment),
    {
      id: again,
      on: firstTry.resubmittedOn,
      chapter: story.chapter,
      run: async (desk) => {
        const revisions = `${path}/${desk.recall(noteOfCase(story.name))}/revisions`;
        await desk.as('officer-1').post(revisions, again, applicationOf(loan, loan.purpose, rules));
      },
    },
  ];
};

const contractStep = (story: CaseStory, loan: PortfolioLoan): Step => {
  const id = `${story.name}.contract`;
  return {
    id,
    on: loan.contractedOn,
    chapter: story.chapter,
    bank: true,
    run: async (desk) => {
      const contract = fileOf(`借款合同 ${loan.contractNumber}\n${loan.borrower.name}\n`);
      const signed = await desk.as('treasurer-1').post(`/funds/${story.fundId}/loans/contracts`, id, {
        caseId: desk.recall(noteOfCase(story.name)),
        contractNumber: loan.contractNumber,
        contractSha256: contract.sha256,
        signedOn: loan.contractedOn,
      });
      desk.note(noteOfLoan(loan.key), signed.id);
    },
  };
};

/** The application in wire form, with what the rules ask to be declared and attached. */
const applicationOf = (loan: PortfolioLoan, purpose: string, { lending }: SeedCharter): object => ({
  applicant: loan.borrower,
  amountFen: String(loan.amountFen),
  termMonths: loan.termMonths,
  repayment: loan.repayment,
  purpose,
  payee: { name: loan.borrower.name, ...loan.account },
  declarations: Object.fromEntries(
    lending.eligibility.flatMap((rule) => (rule.rule === 'declared' ? [[rule.key, rule.expected] as const] : [])),
  ),
  documents: documentsOf(lending.documents[loan.borrower.kind], `${loan.borrower.name}\n${purpose}`),
});

const shownLoan = z.object({ loan: z.object({ status: z.string() }) });

/** Throws unless the office shows the loan in this state: what comes next would fail less clearly. */
export const expectLoan = async (desk: Desk, fundId: string, key: string, status: string): Promise<void> => {
  const id = desk.recall(noteOfLoan(key));
  const shown = await desk.as('treasurer-1').get(`/funds/${fundId}/loans/${id}`, shownLoan);
  if (shown.loan.status !== status) throw new Error(`loan ${key} (${id}) is ${shown.loan.status}, not ${status}`);
};
