import * as z from 'zod';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { Subject } from '#shared/domain/charter/subjects.ts';
import { accountOf, rulesOn } from '../../portfolio/charters.ts';
import type { LaterEvent, PortfolioLoan } from '../../portfolio/portfolio.ts';
import type { Chapter, Desk, Step } from '../step.ts';
import { type CaseStory, type DecisionDays, decidingOn, decisionSteps, noteOfCase } from './decisions.ts';
import { documentsOf } from './documents.ts';
import { expectLoan, type Lender, noteOfLoan } from './loans.ts';

type Event<Kind extends LaterEvent['kind']> = Extract<LaterEvent, { kind: Kind }>;

/** The loan an event befalls, and the name its steps go by. */
interface Told extends Lender {
  readonly loan: PortfolioLoan;
  readonly name: string;
}

/** A loan after its contract. */
export const laterSteps = ({ fund, users }: Lender, loan: PortfolioLoan): readonly Step[] =>
  loan.later.flatMap((event, i) => stepsOf({ fund, users, loan, name: `loan.${loan.key}.later-${i + 1}` }, event));

const stepsOf = (told: Told, event: LaterEvent): readonly Step[] => {
  switch (event.kind) {
    case 'repays':
      return [paymentStep(told, event, (loanId) => `${loanId} 归还免息贷款`)];
    case 'pays-without-number':
      return [paymentStep(told, event, () => event.remittance), placingStep(told, event)];
    case 'reinstructed':
      return [reinstructionStep(told, event)];
    case 'answered-late':
      return [answerStep(told, event)];
    case 'extended':
      return extensionSteps(told, event);
    case 'becomes-company':
      return novationSteps(told, event);
    case 'written-off':
      return writeOffSteps(told, event);
  }
};

const paymentStep = (
  { fund, loan, name }: Told,
  { on, amountFen }: Event<'repays' | 'pays-without-number'>,
  remittanceOf: (loanId: string) => string,
): Step => ({
  id: name,
  on,
  chapter: 'repayment',
  bank: true,
  run: async (desk) => {
    desk.bank.deposit({
      id: name,
      account: accountOf(fund).number,
      amountFen,
      payer: loan.borrower.name,
      payerAccount: loan.account.number,
      remittance: remittanceOf(desk.recall(noteOfLoan(loan.key))),
      dueOn: on,
    });
  },
});

const receiptRow = z.looseObject({ id: z.string(), payer: z.string(), openFen: z.string() });

/** The treasurer looks through the unmatched receipts for the borrower's money and places it. */
const placingStep = ({ fund, loan, name }: Told, { placedOn, amountFen }: Event<'pays-without-number'>): Step => {
  const id = `${name}.place`;
  const path = `/funds/${fund.fundId}/receipts`;
  return {
    id,
    on: placedOn,
    chapter: 'repayment',
    run: async (desk) => {
      const treasurer = desk.as('treasurer-1');
      const noted = desk.recall(noteOfLoan(loan.key));
      const receipts = await treasurer.all(path, receiptRow);
      const receipt = receipts.find((r) => r.payer === loan.borrower.name);
      if (receipt === undefined) throw new Error(`no receipt from ${loan.borrower.name} waits to be placed`);
      await treasurer.post(`${path}/${receipt.id}/assignments`, id, { loanId: noted, amountFen: String(amountFen) });
    },
  };
};

const reinstructionStep = ({ fund, loan, name }: Told, { on, reason }: Event<'reinstructed'>): Step => ({
  id: name,
  on,
  chapter: 'lending',
  bank: true,
  run: async (desk) => {
    await expectLoan(desk, fund.fundId, loan.key, 'payment-rejected');
    await desk.as('treasurer-1').post(`${loanPath(desk, { fund, loan })}/reinstructions`, name, { reason });
  },
});

/** By then the nightly close has found the payment unanswered and has asked the bank. */
const answerStep = ({ fund, loan, name }: Told, { on }: Event<'answered-late'>): Step => ({
  id: name,
  on,
  chapter: 'lending',
  bank: true,
  run: (desk) => expectLoan(desk, fund.fundId, loan.key, 'unknown'),
});

const extensionSteps = (told: Told, event: Event<'extended'>): readonly Step[] => {
  const { months, reason } = event;
  const story = storyOf(told, 'repayment');
  return [
    proposalStep(told, story, event.proposedOn, 'extensions', { months, reason }),
    ...decidedSteps(told, story, 'extension', event),
  ];
};

const novationSteps = (told: Told, event: Event<'becomes-company'>): readonly Step[] => {
  const { company } = event;
  const story = storyOf(told, 'lending');
  const documents = documentsOf(['business-licence'], company.name);
  return [
    proposalStep(told, story, event.proposedOn, 'novations', { company, documents }),
    ...decidedSteps(told, story, 'novation', event),
  ];
};

const writeOffSteps = (told: Told, event: Event<'written-off'>): readonly Step[] => {
  const { reason } = event;
  const story = storyOf(told, 'repayment');
  const documents = documentsOf(['recovery-report'], reason);
  return [
    proposalStep(told, story, event.proposedOn, 'write-offs', { reason, documents }),
    ...decidedSteps(told, story, 'write-off', event),
  ];
};

/** The decisions on a case about what the loan owes when it is proposed. */
const decidedSteps = (
  { fund, users, loan }: Told,
  story: CaseStory,
  subject: Subject,
  event: DecisionDays & { readonly proposedOn: BusinessDate },
): readonly Step[] => {
  const repaid = loan.later.filter((e) => e.kind === 'repays' && e.on < event.proposedOn);
  const owedFen = repaid.reduce((left, e) => left - ('amountFen' in e ? e.amountFen : 0n), loan.amountFen);
  return decisionSteps(users, story, decidingOn(rulesOn(fund, event.proposedOn), subject, owedFen), event);
};

const proposalStep = (told: Told, story: CaseStory, on: Step['on'], what: string, body: object): Step => {
  const id = `${told.name}.propose`;
  return {
    id,
    on,
    chapter: story.chapter,
    run: async (desk) => {
      const proposed = await desk.as('officer-1').post(`${loanPath(desk, told)}/${what}`, id, body);
      desk.note(noteOfCase(story.name), proposed.id);
    },
  };
};

const storyOf = ({ fund, name }: Told, chapter: Chapter): CaseStory => ({ fundId: fund.fundId, name, chapter });

const loanPath = (desk: Desk, { fund, loan }: Pick<Told, 'fund' | 'loan'>): string =>
  `/funds/${fund.fundId}/loans/${desk.recall(noteOfLoan(loan.key))}`;
