import { callScenarios, refundScenarios } from './capital.ts';
import { caseScenarios } from './case.ts';
import { acquisitionScenarios, dividendScenarios, exitScenarios, holdingScenarios } from './equity.ts';
import { claimScenarios, filingScenarios, recoveryScenarios } from './guarantee.ts';
import {
  commitmentCallScenarios,
  commitmentScenarios,
  distributionScenarios,
  recognitionScenarios,
  suspensionScenarios,
  timerScenarios,
} from './guidance.ts';
import { loanScenarios } from './loan.ts';
import { paymentScenarios, receiptScenarios } from './payments.ts';
import { bankScenarios, firmScenarios, jobScenarios } from './register.ts';
import type { Scenarios } from './scenario.ts';

/** The scenarios of every machine. A machine that is not among them fails its test. */
export const allScenarios: readonly Scenarios<string, string>[] = [
  caseScenarios,
  loanScenarios,
  callScenarios,
  refundScenarios,
  paymentScenarios,
  receiptScenarios,
  filingScenarios,
  claimScenarios,
  recoveryScenarios,
  firmScenarios,
  bankScenarios,
  jobScenarios,
  acquisitionScenarios,
  holdingScenarios,
  exitScenarios,
  dividendScenarios,
  commitmentScenarios,
  commitmentCallScenarios,
  suspensionScenarios,
  distributionScenarios,
  recognitionScenarios,
  timerScenarios,
];
