import * as z from 'zod';
import { fileOf } from '../../portfolio/parts.ts';
import type { Portfolio, PortfolioLoan } from '../../portfolio/portfolio.ts';
import type { Desk, Step } from '../step.ts';
import { approvalStep, type CaseStory, noteOfCase, reviewStep, voteSteps } from './decisions.ts';

/** Names under which steps note the number of a loan. */
export const noteOfLoan = (key: string): string => `loan:${key}`;

/** A loan from its application to its contract. */
export const lendingSteps = ({ fundId }: Portfolio['fund'], loan: PortfolioLoan): readonly Step[] => {
  const story: CaseStory = { fundId, name: `loan.${loan.key}`, chapter: 'lending' };
  return [
    ...applicationSteps(story, loan),
    reviewStep(story, loan.reviewedOn, 'pass'),
    ...voteSteps(story, loan.votedOn, loan.votes),
    approvalStep(story, loan.approvedOn, 'director-1'),
    contractStep(story, loan),
  ];
};

const applicationSteps = (story: CaseStory, loan: PortfolioLoan): readonly Step[] => {
  const path = `/funds/${story.fundId}/loans/applications`;
  const apply = async (desk: Desk, id: string, purpose: string): Promise<void> => {
    const filed = await desk.as('officer-1').post(path, id, applicationOf(loan, purpose));
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
        await desk.as('officer-1').post(revisions, again, applicationOf(loan, loan.purpose));
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

/** Document types the charters ask for, and what the made-up file of each is called. */
const DOCUMENTS: Readonly<Record<'company' | 'team', Readonly<Record<string, string>>>> = {
  company: {
    'application-form': '申请表.pdf',
    'business-licence': '营业执照.pdf',
    'financial-statement': '财务报表.pdf',
    'business-plan': '商业计划书.pdf',
  },
  team: { 'application-form': '申请表.pdf', 'business-plan': '商业计划书.pdf', 'team-undertaking': '团队承诺书.pdf' },
};

/** The application in wire form. */
const applicationOf = (loan: PortfolioLoan, purpose: string): object => ({
  applicant: loan.borrower,
  amountFen: String(loan.amountFen),
  termMonths: loan.termMonths,
  repayment: loan.repayment,
  purpose,
  payee: { name: loan.borrower.name, ...loan.account },
  declarations: {
    'in-tech-register': true,
    'research-dishonesty': false,
    'joint-punishment': false,
    'bad-bank-record': false,
    'pending-suit': false,
  },
  documents: Object.entries(DOCUMENTS[loan.borrower.kind]).map(([type, name]) => ({
    type,
    name,
    ...fileOf(`${name}\n${loan.borrower.name}\n${purpose}\n`),
  })),
});

const shownLoan = z.object({ loan: z.object({ status: z.string() }) });

/** Throws unless the office shows the loan in this state: what comes next would fail less clearly. */
export const expectLoan = async (desk: Desk, fundId: string, key: string, status: string): Promise<void> => {
  const id = desk.recall(noteOfLoan(key));
  const shown = await desk.as('treasurer-1').get(`/funds/${fundId}/loans/${id}`, shownLoan);
  if (shown.loan.status !== status) throw new Error(`loan ${key} (${id}) is ${shown.loan.status}, not ${status}`);
};
