import type { Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import type { Digest } from '../book/entry.ts';
import { allowanceReleased } from '../book/templates-guarantee.ts';
import { credit, debit, type Line } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import type { CompensationCharter } from '../charter/compensation.ts';
import { idFrom } from '../ids.ts';
import { allocate, minFen } from '../money.ts';
import { newPayment } from '../payments/payment.ts';
import { type ClaimState, claimDigest, claimMachine, receivableFen } from './claim.ts';
import { accountOf } from './claim-case.ts';
import { addedIn, onlyFigures } from './exposure.ts';
import type { Spread } from './recovery.ts';
import { watch } from './watch.ts';

/**
 * Splits what is lost, or comes back of it, among the contributors as the charter says; the odd fen to the one it names, or by
 * the largest remainders.
 */
export const contributorsParts = (charter: CompensationCharter, amountFen: bigint): ReadonlyMap<string, bigint> => {
  const { shares, oddFenTo } = charter.recovery.finalLoss;
  const weights = shares.map((s) => BigInt(s.weight));
  const index = shares.findIndex((s) => s.contributor === oddFenTo);
  const parts = index < 0 ? allocate(amountFen, weights) : allocate(amountFen, weights, { remainderTo: index });
  return new Map(shares.map((s, i) => [s.contributor, parts[i] ?? 0n]));
};

/** What the fund's part of a recovery is credited to: the borrower's debt, or, once that is lost, those who bore the loss. */
export const creditsOf = (
  claimId: string,
  before: ClaimState,
  fundFen: bigint,
  charter: CompensationCharter,
): { readonly lines: readonly Line[]; readonly paidInFen: bigint } => {
  if (fundFen === 0n) return { lines: [], paidInFen: 0n };
  if (before.status !== 'written-off')
    return { lines: [credit('1221.01', fundFen, dimsOf(claimId, before))], paidInFen: 0n };
  const { equityAccount } = charter.accounting;
  const parts = [...contributorsParts(charter, fundFen)].filter(([, partFen]) => partFen > 0n);
  return {
    lines: parts.map(([contributor, partFen]) => credit(equityAccount, partFen, { contributor })),
    paidInFen: fundFen,
  };
};

/** What a claim has become by a recovery, with all that follows: allowance, figures, breakers. */
export const recovered = (
  state: Snapshot,
  rules: Rules,
  claimId: string,
  { claim, fundFen }: Spread,
  today: BusinessDate,
): {
  claim: ClaimState;
  lines: readonly Line[];
  digest: Digest;
  changes: readonly EntityChange[];
  also: Decision['entries'];
} => {
  const allowanceFen = minFen(claim.allowanceFen, receivableFen(claim));
  const after: ClaimState = { ...claim, allowanceFen };
  const watched = watch(state, rules, addedIn(claim, onlyFigures({ recoveredFen: fundFen })), today);
  return {
    claim: after,
    lines: allowanceReleased(claim.allowanceFen - allowanceFen, dimsOf(claimId, claim)),
    digest: claimDigest(claimId, after),
    changes: [
      { type: 'claim', id: claimId, state: after, priorStatuses: claimMachine.edges.recover.from },
      ...watched.changes,
    ],
    also: watched.entries,
  };
};

/** The payment of a party's part of a recovery. */
export const shareIdOf = (recoveryId: string, party: string): string => idFrom('PY', [recoveryId, party]);

/** What a direct recovery owes to bank and guarantor: booked as owed, held, and to be paid by a treasurer. */
export const owedTo = (
  recoveryId: string,
  claim: ClaimState,
  { costFen, bankFen, guarantorFen }: Pick<Spread, 'costFen' | 'bankFen' | 'guarantorFen'>,
  rules: Rules,
): { lines: readonly Line[]; changes: readonly EntityChange[]; digests: readonly Digest[]; heldFen: bigint } => {
  const parties = [
    { party: claim.bankId, amountFen: costFen + bankFen },
    ...(claim.guarantorId === undefined ? [] : [{ party: claim.guarantorId, amountFen: guarantorFen }]),
  ].filter((p) => p.amountFen > 0n);
  const payments = parties.map(({ party, amountFen }) =>
    newPayment(shareIdOf(recoveryId, party), {
      caseId: claim.caseId,
      purpose: { type: 'recovery', id: recoveryId },
      amountFen,
      payee: accountOf(rules, party, claim.charterVersion),
      remittance: `追偿分配 ${recoveryId}`,
      summary: `追偿分配 ${party}`,
      debits: [debit('2241', amountFen, { instrument: recoveryId, bank: party })],
      charterVersion: rules.versionInForce,
    }),
  );
  return {
    lines: parties.map(({ party, amountFen }) => credit('2241', amountFen, { instrument: recoveryId, bank: party })),
    changes: payments.map((p) => p.change),
    digests: payments.map((p) => p.digest),
    heldFen: parties.reduce((sum, p) => sum + p.amountFen, 0n),
  };
};
