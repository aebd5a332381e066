import { approvalsBreakages } from './approvals.ts';
import { bookBreakages } from './book.ts';
import { type Mutant, mutantsOf } from './breakage.ts';
import { coverBreakages } from './cover.ts';
import { kernelBreakages } from './kernel.ts';
import { moneyBreakages } from './money.ts';

export const mutants: readonly Mutant[] = [
  kernelBreakages,
  bookBreakages,
  approvalsBreakages,
  moneyBreakages,
  coverBreakages,
].flatMap(mutantsOf);
