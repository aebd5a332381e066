import type { ErrorCode } from '#shared/errors/catalogue.ts';
import type { CaseState, ProposalState } from './approvals/case.ts';
import type { DelegationsState } from './approvals/delegation.ts';
import type { BusinessDate } from './calendar.ts';
import type { CallState } from './capital/call.ts';
import type { CapitalState } from './capital/capital.ts';
import type { RefundState } from './capital/refund.ts';
import type { Charter } from './charter/charter.ts';
import type { AcquisitionState } from './equity/acquisition.ts';
import type { DividendState } from './equity/dividend.ts';
import type { ExitState } from './equity/exit.ts';
import type { HoldingState } from './equity/holding.ts';
import type { PortfolioState } from './equity/stake.ts';
import type { ClaimState } from './guarantee/claim.ts';
import type { ExposureState } from './guarantee/exposure.ts';
import type { FilingState } from './guarantee/filing.ts';
import type { RecoveryState } from './guarantee/recovery.ts';
import type { CommitmentCallState, CommitmentState } from './guidance/commitment.ts';
import type { DistributionState } from './guidance/distribution.ts';
import type { ManagementFeeState } from './guidance/fee.ts';
import type { PartnerState } from './guidance/partner.ts';
import type { RecognitionState } from './guidance/recognition.ts';
import type { ReturnInvestmentState } from './guidance/return-investment.ts';
import type { SuspensionState } from './guidance/suspension.ts';
import type { TimerState } from './guidance/timers.ts';
import type { JobState } from './imports/job.ts';
import type { MilestonesState } from './lending/advance.ts';
import type { EnterpriseState, NameState } from './lending/enterprise.ts';
import type { LoanState } from './lending/loan.ts';
import type { PaymentState } from './payments/payment.ts';
import type { ReceiptState } from './payments/receipt.ts';
import type { StatementState } from './payments/statement.ts';
import type { BankState } from './register/bank.ts';
import type { FirmState } from './register/firm.ts';

/** A refusal a worker recorded, so that the same command, delivered again, meets the same answer. */
export interface RefusalState {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string>>;
}

/** A page of command ids moved out of a long-lived entity, so that it stays small and yet forgets nothing. */
export interface AppliedPageState {
  readonly applied: readonly string[];
}

/** What one month's daily closes have come to. */
export interface ClosingState {
  readonly closedThrough: BusinessDate;
}

/** Every kind of entity and its state. */
export interface EntityStates {
  readonly charter: Charter;
  readonly case: CaseState;
  readonly proposal: ProposalState;
  readonly delegations: DelegationsState;
  readonly capital: CapitalState;
  readonly call: CallState;
  readonly enterprise: EnterpriseState;
  readonly name: NameState;
  readonly loan: LoanState;
  readonly milestones: MilestonesState;
  readonly filing: FilingState;
  readonly claim: ClaimState;
  readonly recovery: RecoveryState;
  readonly exposure: ExposureState;
  readonly payment: PaymentState;
  readonly refund: RefundState;
  readonly receipt: ReceiptState;
  readonly statement: StatementState;
  readonly acquisition: AcquisitionState;
  readonly holding: HoldingState;
  readonly exit: ExitState;
  readonly dividend: DividendState;
  readonly portfolio: PortfolioState;
  readonly commitment: CommitmentState;
  readonly 'commitment-call': CommitmentCallState;
  readonly suspension: SuspensionState;
  readonly partner: PartnerState;
  readonly distribution: DistributionState;
  readonly recognition: RecognitionState;
  readonly 'return-investment': ReturnInvestmentState;
  readonly timer: TimerState;
  readonly 'management-fee': ManagementFeeState;
  readonly job: JobState;
  readonly firm: FirmState;
  readonly bank: BankState;
  readonly closing: ClosingState;
  readonly refusal: RefusalState;
  readonly applied: AppliedPageState;
}

export type EntityType = keyof EntityStates;
export type StateOf<T extends EntityType> = EntityStates[T];

/** Names one entity within a fund. */
export interface EntityRef<T extends EntityType = EntityType> {
  readonly type: T;
  readonly id: string;
}

/** An entity with its type, as a union that narrows on `type`. */
export type EntityOf<T extends EntityType> = { [K in T]: { type: K; id: string; state: EntityStates[K] } }[T];

export const ref = <T extends EntityType>(type: T, id: string): EntityRef<T> => ({ type, id });

/** The text by which maps and stores know an entity of one fund. */
export const refKey = (r: EntityRef): string => `${r.type}#${r.id}`;
