import * as z from 'zod';
import { bankAccount } from '#shared/contracts/bank-account.ts';
import { dateText, fenText, lineText } from '#shared/contracts/scalars.ts';
import { codesBegin, foundedFund, madeUpCode, workday } from './parts.ts';

/** Direct investments decided together: one day for each step of all. */
const investing = z.strictObject({
  proposedOn: workday,
  reviewedOn: workday,
  votedOn: workday,
  approvedOn: workday,
  /** The contract is signed and the money released. */
  contractedOn: workday,
  registeredOn: workday,
  sector: z.string(),
  /** Of the bank at which investees have their accounts. */
  bankCode: bankAccount.shape.bankCode,
  codesBegin,
  /** Number of the first investee among the codes that are made up. */
  codesFrom: z.int().min(10_000).max(99_000),
  /** Paid for a tenth of each investee, at one yuan a share. */
  amountFen: fenText,
  sourced: z.record(z.string(), z.string()),
  investees: z.array(lineText(70)),
});

/** An industry guidance fund: its founding, and whom it invests in. */
export const guidanceSchema = z.strictObject({
  fund: foundedFund,
  /** The day its legal form was registered. */
  establishedOn: dateText,
  investing: investing.exactOptional(),
});
export type GuidanceFund = z.output<typeof guidanceSchema>;

/** One enterprise a guidance fund invests in. */
export interface Investee {
  readonly id: string;
  readonly name: string;
  readonly accountNumber: string;
}

/** The investees with codes and accounts, which are made up whatever their names are. */
export const investeesOf = ({ investing }: GuidanceFund): readonly Investee[] => {
  if (investing === undefined) return [];
  return investing.investees.map((name, i) => {
    const number = investing.codesFrom + i;
    return { id: madeUpCode(investing.codesBegin, number), name, accountNumber: `622200000${number}` };
  });
};
