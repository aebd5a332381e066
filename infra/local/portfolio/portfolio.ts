import * as z from 'zod';
import { loanApplication, novationProposal } from '#shared/contracts/documents.ts';
import { dateText, fenText, fundIdText, lineText, personIdText } from '#shared/contracts/scalars.ts';
import { ruleSchema } from '../bank/scenarios.ts';
import type { LocalUser } from '../identity/users.ts';
import { coverSchema } from './covers.ts';
import { guidanceSchema } from './guidance.ts';
import { type FoundedFund, foundedFund, key, provenance, workday } from './parts.ts';
import { type Firm, firmsOf, zoneSchema } from './zone.ts';

/*
 * A portfolio: a zone's funds and what its people did, as data. Nothing here is carried out; the loader plays it through the API.
 * What is known is marked with its source (`sourced`), everything else is made up and marked so.
 */

const vote = z.strictObject({
  by: personIdText,
  choice: z.enum(['approve', 'reject', 'abstain', 'recuse']),
  onBehalfOf: personIdText.exactOptional(),
  comment: lineText(200).exactOptional(),
});

const proposed = { proposedOn: workday, reviewedOn: workday };

/** What becomes of a loan once its contract is signed, by date. */
const laterEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('repays'), on: workday, amountFen: fenText }),
  /** The money comes without the loan's number, and the treasurer finds out whose it is. */
  z.strictObject({
    kind: z.literal('pays-without-number'),
    on: workday,
    amountFen: fenText,
    remittance: lineText(60),
    placedOn: workday,
  }),
  z.strictObject({ kind: z.literal('reinstructed'), on: workday, reason: lineText(200) }),
  /** The day on which the bank, having been asked, answers. */
  z.strictObject({ kind: z.literal('answered-late'), on: workday }),
  z.strictObject({
    kind: z.literal('extended'),
    ...proposed,
    approvedOn: workday,
    months: z.int().min(1),
    reason: lineText(200),
  }),
  z.strictObject({
    kind: z.literal('becomes-company'),
    ...proposed,
    approvedOn: workday,
    company: novationProposal.shape.company,
  }),
  z.strictObject({
    kind: z.literal('written-off'),
    ...proposed,
    votedOn: workday,
    /** One day for each final approval, in the charter's order. */
    approvedOn: z.array(workday).min(1),
    reason: lineText(200),
  }),
]);
export type LaterEvent = z.output<typeof laterEvent>;

const loan = z.strictObject({
  key,
  ...provenance,
  borrower: loanApplication.shape.applicant,
  account: z.strictObject({ number: z.string(), bankCode: z.string() }),
  amountFen: fenText,
  termMonths: z.int(),
  repayment: loanApplication.shape.repayment,
  purpose: lineText(200),
  /** A first application that the reviewer sent back. */
  firstTry: z
    .strictObject({ purpose: lineText(200), returnedOn: workday, comment: lineText(200), resubmittedOn: workday })
    .exactOptional(),
  appliedOn: workday,
  reviewedOn: workday,
  votedOn: workday,
  votes: z.array(vote).exactOptional(),
  approvedOn: workday,
  contractedOn: workday,
  contractNumber: lineText(40),
  later: z.array(laterEvent),
});
export type PortfolioLoan = z.output<typeof loan>;
export type PortfolioVote = z.output<typeof vote>;

const fund = z.strictObject({
  ...foundedFund.shape,
  delegations: z.array(
    z.strictObject({ from: personIdText, to: personIdText, on: workday, firstDay: dateText, lastDay: dateText }),
  ),
  /** The last day that is played; the office's clock then goes on from there. */
  endsOn: workday,
});

export const article = z.strictObject({
  source: z.string(),
  asOf: dateText,
  seedFund: z.strictObject({
    totalFen: fenText,
    firstTrancheFen: fenText,
    enterprises: z.int(),
    lentFen: fenText,
    termMonths: z.int(),
    namedBorrower: lineText(70),
  }),
  zone: z.strictObject({
    demonstrationBanks: z.int(),
    products: z.array(lineText(20)),
    listedFirms: z.int(),
    namedListedFirm: lineText(70),
    raisingFirm: lineText(70),
    raisedFen: fenText,
    valuationFen: fenText,
  }),
  knowledgeValue: z.strictObject({
    fundId: fundIdText,
    totalFen: fenText,
    weights: z.record(z.string(), z.int()),
    firstTrancheFen: fenText,
    gradedEnterprises: z.int(),
    limitsAboveFen: fenText,
    limitMinFen: fenText,
    limitMaxFen: fenText,
    borrowers: z.int(),
    lentFen: fenText,
  }),
  smallBusiness: z.strictObject({
    fundId: fundIdText,
    totalFen: fenText,
    loans: z.int(),
    lentFen: fenText,
    technologyPercent: z.int(),
    limitBeforeFen: fenText,
    limitAfterFen: fenText,
  }),
  guidance: z.strictObject({
    funds: z.array(fundIdText),
    /** Of each fund. */
    totalFen: fenText,
    investeesAbove: z.int(),
    namedInvestees: z.array(lineText(70)),
  }),
});
export type Article = z.output<typeof article>;

const bank = z.strictObject({ madeUp: z.literal(true), rules: z.array(ruleSchema) });

/** The files of a portfolio, by name. */
export const PORTFOLIO_FILES = {
  fund,
  loans: z.array(loan),
  zone: zoneSchema,
  /** The risk-compensation funds. */
  covers: z.array(coverSchema),
  /** The industry guidance funds. */
  guidance: z.array(guidanceSchema),
  bank,
};

type Files = { readonly [Name in keyof typeof PORTFOLIO_FILES]: z.output<(typeof PORTFOLIO_FILES)[Name]> };

export interface Portfolio extends Files {
  /** What the books are held against, where somebody has written about the zone. */
  readonly article?: Article;
  /** Who can sign in, and for what. */
  readonly users: readonly LocalUser[];
}

/** All funds that have money: the seed fund first. */
export const fundsOf = ({
  fund,
  covers,
  guidance,
}: Pick<Portfolio, 'fund' | 'covers' | 'guidance'>): readonly FoundedFund[] => [
  fund,
  ...[...covers, ...guidance].map((f) => f.fund),
];

/** The enterprises of the zone's register, the seed fund's borrowers among them as the companies they are or became. */
export const registerOf = ({ zone, loans }: Portfolio): readonly Firm[] =>
  firmsOf(
    zone,
    loans.flatMap(({ key, borrower, later }) => {
      const became = later.find((event) => event.kind === 'becomes-company');
      const company = became === undefined ? borrower : became.company;
      return 'establishedOn' in company ? [{ key, ...company }] : [];
    }),
  );
