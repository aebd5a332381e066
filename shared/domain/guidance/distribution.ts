import { FundError } from '#shared/errors/fund-error.ts';
import type { Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import type { PayeePart } from '../capital/payees.ts';
import type { BankAccount, DocumentRef } from '../lending/proposals.ts';
import { machine } from '../machine.ts';
import { type Fen, sumFen } from '../money.ts';
import type { Share } from './partner.ts';

/** What is asked for: so much, as of a day, to these accounts. */
export interface DistributionRequest {
  readonly amountFen: Fen;
  /** 分配基准日: what the preferred return is reckoned to. */
  readonly asOf: BusinessDate;
  /** The last distribution of the fund: the escrow ends, the manager's carry is settled. */
  readonly final: boolean;
  readonly documentNumber: string;
  /** One account for each contributor of the charter. */
  readonly payees: readonly { readonly contributor: string; readonly account: BankAccount }[];
  readonly documents: readonly DocumentRef[];
}

/** What is decided on: the request, and what the waterfall makes of it. */
export interface DistributionProposal extends DistributionRequest {
  readonly shares: readonly Share[];
  /** What each contributor is paid: its share, what it was owed before, less escrow that stays. */
  readonly payments: readonly { readonly contributor: string; readonly amountFen: Fen }[];
  readonly escrowFen: Fen;
  readonly clawbackDueFen: Fen;
  readonly conceded: boolean;
}

export type DistributionStatus = 'approved' | 'done';

export const distributionMachine = machine('distribution', {
  pay: { from: ['approved'], to: ['approved', 'done'] },
  giveBack: { from: ['approved', 'done'], to: ['approved'] },
  cancel: { from: ['approved'], to: ['approved', 'done'] },
  receive: { from: ['approved', 'done'], to: ['approved', 'done'] },
} satisfies Record<string, { from: DistributionStatus[]; to: DistributionStatus[] }>);

/** An approved distribution: its tiers, its payments, and the carry it calls back. Its id is its case's with DS-. */
export interface DistributionState {
  readonly status: DistributionStatus;
  readonly caseId: string;
  readonly asOf: BusinessDate;
  readonly documentNumber: string;
  readonly shares: readonly Share[];
  readonly parts: readonly PayeePart[];
  readonly clawbackDueFen: Fen;
  readonly clawbackReceivedFen: Fen;
}

export const distributionIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'DS-');

export const readDistribution = (state: Snapshot, id: string): DistributionState => {
  const found = state.read('distribution', id);
  if (found === undefined) throw new FundError('DISTRIBUTION_NOT_FOUND', { distributionId: id });
  return found;
};

/** What lists show of a distribution. */
export const distributionDigest = (id: string, distribution: DistributionState): Digest => {
  const { parts, shares } = distribution;
  return {
    type: 'distribution',
    id,
    fields: {
      status: distribution.status,
      asOf: distribution.asOf,
      document: distribution.documentNumber,
      capitalFen: String(sumFen(shares.map((s) => s.capitalFen))),
      hurdleFen: String(sumFen(shares.map((s) => s.hurdleFen))),
      catchUpFen: String(sumFen(shares.map((s) => s.catchUpFen))),
      splitFen: String(sumFen(shares.map((s) => s.splitFen))),
      toPayFen: String(sumFen(parts.map((p) => p.amountFen))),
      paidFen: String(sumFen(parts.filter((p) => p.outcome === 'paid').map((p) => p.amountFen))),
      ...(distribution.clawbackDueFen === 0n
        ? {}
        : {
            clawbackDueFen: String(distribution.clawbackDueFen),
            clawbackReceivedFen: String(distribution.clawbackReceivedFen),
          }),
    },
  };
};
