import * as z from 'zod';
import { dateText, factText, fenText, personIdText, rateText, slugText } from '#shared/contracts/scalars.ts';
import { SIZE_CLASSES } from '#shared/domain/charter/compensation.ts';
import { allocate } from '#shared/domain/money.ts';
import { fileOf, foundedFund, workday } from './parts.ts';
import type { Firm } from './zone.ts';

/*
 * The risk-compensation funds: whom they grade, and which loans the demonstration banks file with them. In the reference portfolio the
 * totals are the article's; single loans and facts are made up by rule so that they come to them.
 */

/** Facts by the names the fund's grading model calls them. */
const facts = z.record(factText, z.string());

const gradeClass = z.strictObject({
  firms: z.int(),
  /** What loans of this class are in proportion to. */
  weight: z.int(),
  facts,
});

/** The loans one bank makes and files on one day. */
const lending = z.strictObject({
  user: personIdText,
  on: workday,
  /** What amounts are in proportion to, in turn; empty where the borrowers' grades say it. */
  weights: z.array(z.int()),
  product: slugText,
  annualRate: rateText,
  district: slugText,
  sizeClass: z.enum(SIZE_CLASSES),
  termMonths: z.int().min(1),
  /** The day on which the bank reports them repaid. */
  repaidOn: workday,
});

export const coverSchema = z.strictObject({
  fund: foundedFund,
  /** `facts` of everybody, but where a class says otherwise. */
  grading: z.strictObject({ on: workday, factsOn: dateText, facts, classes: z.array(gradeClass) }).exactOptional(),
  /** Loans to `count` enterprises of one kind from number `from` on, `totalFen` together. */
  loans: z.array(z.strictObject({ technology: z.boolean(), from: z.int(), count: z.int(), totalFen: fenText })),
  lending: z.tuple([lending], lending),
});
export type Cover = z.output<typeof coverSchema>;
export type Lending = z.output<typeof lending>;

/** One loan as its bank will file it. */
export interface CoveredLoan {
  readonly firm: Firm;
  readonly contractNumber: string;
  readonly amountFen: bigint;
}

/** Loans are of whole 万元. */
const WAN_FEN = 1_000_000n;

/** Spreads the classes over the enterprises, so that neighbours differ: a step that has no factor in common with their number. */
const STRIDE = 97;

/** Enterprises with technology, those of the best class first. */
const ranked = (firms: readonly Firm[]): readonly Firm[] => {
  const all = firms.filter((f) => f.technology);
  return all.map((_, i) => all[(i * STRIDE) % all.length]).filter((f) => f !== undefined);
};

const classOf = (cover: Cover, rank: number): z.output<typeof gradeClass> | undefined => {
  let end = 0;
  return cover.grading?.classes.find((c) => {
    end += c.firms;
    return rank < end;
  });
};

/** Who is graded, with the facts the model asks for, as rows of a file. */
export const gradingRows = (cover: Cover, firms: readonly Firm[]): readonly Readonly<Record<string, string>>[] =>
  ranked(firms).flatMap((firm, rank) => {
    const of = classOf(cover, rank);
    if (of === undefined || cover.grading === undefined) return [];
    return [
      {
        enterpriseId: firm.firmId,
        enterpriseName: firm.name,
        factsOn: cover.grading.factsOn,
        sourceSha256: fileOf(`评价数据 ${firm.firmId} ${cover.grading.factsOn}`).sha256,
        ...cover.grading.facts,
        ...of.facts,
      },
    ];
  });

/** The loans one bank files on its day. The borrowers come to the banks in turn. */
export const loansOf = (cover: Cover, firms: readonly Firm[], lending: Lending): readonly CoveredLoan[] => {
  const turn = cover.lending.indexOf(lending);
  return allLoans(cover, firms).filter((_, i) => i % cover.lending.length === turn);
};

const allLoans = (cover: Cover, firms: readonly Firm[]): readonly CoveredLoan[] => {
  const technology = ranked(firms);
  const others = firms.filter((f) => !f.technology);
  let made = 0;
  return cover.loans.flatMap((group) => {
    const borrowers = (group.technology ? technology : others).slice(group.from, group.from + group.count);
    const first = made;
    made += borrowers.length;
    const weights = borrowers.map((_, i) => weightOf(cover, first + i));
    return allocate(group.totalFen / WAN_FEN, weights).flatMap((wan, i) => {
      const firm = borrowers[i];
      const number = String(first + i + 1).padStart(3, '0');
      const contractNumber = `${cover.fund.fundId.toUpperCase()}-${number}`;
      return firm === undefined ? [] : [{ firm, contractNumber, amountFen: wan * WAN_FEN }];
    });
  });
};

const weightOf = (cover: Cover, loan: number): bigint => {
  const { weights } = cover.lending[loan % cover.lending.length] ?? cover.lending[0];
  const round = Math.floor(loan / cover.lending.length);
  return BigInt(weights.length === 0 ? (classOf(cover, loan)?.weight ?? 0) : (weights[round % weights.length] ?? 0));
};

/** A loan as a row of the file its bank hands in. */
export const filingRow = (
  { firm, contractNumber, amountFen }: CoveredLoan,
  { on, product, annualRate, district, sizeClass, termMonths }: Lending,
): Readonly<Record<string, string>> => ({
  contractNumber,
  enterpriseId: firm.firmId,
  enterpriseName: firm.name,
  sizeClass,
  district,
  product,
  coveredYuan: String(amountFen / 100n),
  uncoveredYuan: '0',
  annualRate,
  feeRate: '0',
  termMonths: String(termMonths),
  drawnOn: on,
  contractSha256: fileOf(`借款合同 ${contractNumber}`).sha256,
  drawdownSha256: fileOf(`放款凭证 ${contractNumber}`).sha256,
});
