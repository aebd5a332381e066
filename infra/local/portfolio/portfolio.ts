import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { charterDocument, loanApplication, novationProposal } from '#shared/contracts/documents.ts';
import { dateText, fenText, fundIdText, lineText, personIdText } from '#shared/contracts/scalars.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { ruleSchema } from '../bank/scenarios.ts';

/*
 * The reference portfolio: a fund and what its people did, as data. Nothing here is carried out; the loader plays it through
 * the API. What the article says is marked with its source (`sourced`), everything else is made up and marked so.
 */

const workday = dateText.refine((date) => chinaCalendar.isWorkingDay(date), 'nobody works on that day');
const key = z.string().regex(/^[a-z0-9-]{2,20}$/);
/** `sourced`: fields that are not made up, and where they come from. */
const provenance = { madeUp: z.literal(true), sourced: z.record(z.string(), z.string()) };

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
    /** One day for each of the three bureaus. */
    approvedOn: z.tuple([workday, workday, workday]),
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

const adoptedCharter = z.strictObject({
  key,
  /** A charter of shared/charters. Version and date are this fund's own. */
  model: key,
  version: z.int().min(1),
  effectiveFrom: dateText,
  proposedOn: workday,
  approvedOn: workday,
  /** What this version says otherwise than the model: a JSON merge patch (RFC 7396). */
  otherwise: z.record(z.string(), z.json()),
});

const fund = z.strictObject({
  fundId: fundIdText,
  ...provenance,
  charters: z.tuple([adoptedCharter], adoptedCharter),
  calls: z.array(
    z.strictObject({
      key,
      calledOn: workday,
      dueOn: dateText,
      amountFen: fenText,
      documentNumber: lineText(60),
      receipts: z.array(
        z.strictObject({
          contributor: z.string(),
          on: workday,
          amountFen: fenText,
          payer: lineText(60),
          payerAccount: z.string(),
        }),
      ),
    }),
  ),
  delegations: z.array(
    z.strictObject({ from: personIdText, to: personIdText, on: workday, firstDay: dateText, lastDay: dateText }),
  ),
  /** The last day that is played; the office's clock then goes on from there. */
  endsOn: workday,
});

const article = z.strictObject({
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
});
export type Article = z.output<typeof article>;

const bank = z.strictObject({ madeUp: z.literal(true), rules: z.array(ruleSchema) });

const portfolio = z.strictObject({ fund, loans: z.array(loan), article, bank });
export type Portfolio = z.output<typeof portfolio>;

const read = (url: string): unknown => JSON.parse(readFileSync(new URL(url, import.meta.url), 'utf8'));

/** Reads the reference portfolio. @throws z.ZodError naming what is not as it should be, a free day for instance */
export const readPortfolio = (): Portfolio =>
  portfolio.parse({
    fund: read('fund.json'),
    loans: read('loans.json'),
    article: read('article.json'),
    bank: read('bank.json'),
  });

type AdoptedCharter = z.output<typeof adoptedCharter>;
type Json = z.output<ReturnType<typeof z.json>>;

/** A charter in wire form, as this fund adopts it. @throws z.ZodError when it is not a charter */
export const charterOf = ({ model, version, effectiveFrom, otherwise }: AdoptedCharter) => {
  const found = z.json().parse(read(`../../../shared/charters/${model}.json`));
  const document = merge(merge(found, otherwise), { version, effectiveFrom });
  return { document, account: charterDocument.parse(document).account };
};

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396: members of the patch replace those of the target, objects member by member, null removes. */
const merge = (target: Json, patch: Json): Json => {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name] ?? {}, value);
  }
  return merged;
};

/** The fund's account at its bank, by the charter it was founded under. */
export const accountOf = ({ charters: [founding] }: Portfolio['fund']) => charterOf(founding).account;
