import { ensure } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect, Effect } from '../approvals/effect.ts';
import type { Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { claimApproved, provisionTurned } from '../book/templates-guarantee.ts';
import { debit } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import type { CompensationCharter } from '../charter/compensation.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import type { BankAccount } from '../lending/proposals.ts';
import { minFen } from '../money.ts';
import { newPayment } from '../payments/payment.ts';
import {
  type ClaimProposal,
  type ClaimState,
  claimDigest,
  claimIdOf,
  claimLinks,
  claimMachine,
  readClaim,
} from './claim.ts';
import { onlyFigures } from './exposure.ts';
import { type FilingState, filingMachine, readFiling } from './filing.ts';
import { measure } from './measure.ts';
import { bookedFen, filingDigest, type Move, moveFiling, rulesOf } from './moves.ts';
import { reserve } from './submit-claim.ts';

/**
 * The last approval of a claim: what is to be recovered comes into the book (应收代偿款), the bank is owed the fund's part, its
 * payment is made and the money held (先行代偿). The loan's cover ends, its provision stands from now on for what is to be
 * recovered. FUNDS_INSUFFICIENT follows from the head.
 * @throws CLAIM_OUTDATED when the loan has changed since the claim was made
 */
export const approveClaim = (
  state: Snapshot,
  caseId: string,
  { filingId, assessment }: ClaimProposal,
  rules: Rules,
  today: BusinessDate,
): ApprovalEffect => {
  const claimId = claimIdOf(filingId);
  const payId = idFrom('PY', [caseId, 'claim']);
  state.foresee([ref('filing', filingId), ref('claim', claimId), ref('payment', payId)]);
  const filing = readFiling(state, filingId);
  const before = readClaim(state, claimId);
  const asClaimed = filing.outstandingFen === assessment.principalFen && filing.overdueSince !== undefined;
  ensure(filing.status === 'claimed' && before.caseId === caseId && asClaimed, 'CLAIM_OUTDATED', {
    filing: filing.status,
    outstandingFen: String(filing.outstandingFen),
  });
  const { fundFen, bankId } = before;
  const allowanceFen = minFen(bookedFen(filing, rulesOf(rules, filing)), fundFen);
  const { overdue: _overdue, remindOn: _remindOn, ...kept } = before;
  const claim: ClaimState = { ...kept, status: 'approved', allowanceFen };
  const moved = endCover(state, rules, filing, claim, today);
  const payment = compensation(payId, claimId, claim, filing.contractNumber, rules);
  const [entry, ...also] = moved.entries;
  return {
    carriedOut: true,
    changes: [
      ...moved.changes,
      { type: 'claim', id: claimId, state: claim, priorStatuses: claimMachine.edges.approve.from },
      payment.change,
    ],
    head: { ...moved.head, heldFen: fundFen },
    entry: {
      lines: [...claimApproved(fundFen, bankId, dimsOf(claimId, claim)), ...(entry?.lines ?? [])],
      links: claimLinks(claimId, claim),
      digests: [claimDigest(claimId, claim), ...(entry?.digests ?? []), payment.digest],
    },
    also,
  };
};

/** The filing becomes a compensated one, and its provision what is provided for the claim. */
const endCover = (state: Snapshot, rules: Rules, before: FilingState, claim: ClaimState, today: BusinessDate) => {
  const { filingId, bankId, fundFen, allowanceFen } = claim;
  const dims = dimsOf(claimIdOf(filingId), claim);
  const move: Move = {
    filingId,
    before,
    after: measure({ ...before, status: 'compensated' }, rulesOf(rules, before), today),
    edge: 'compensate',
    entry: { type: 'filing.compensated', summary: '代偿' },
    figures: onlyFigures({ compensatedFen: fundFen }),
    provisionLines: (movedFen) => provisionTurned(-movedFen, allowanceFen, bankId, dims),
  };
  return moveFiling(state, rules, move, today);
};

/** The payment of the fund's part to the bank. */
const compensation = (payId: string, claimId: string, claim: ClaimState, contractNumber: string, rules: Rules) => {
  const { caseId, bankId, fundFen, charterVersion } = claim;
  return newPayment(payId, {
    caseId,
    purpose: { type: 'claim', id: claimId },
    amountFen: fundFen,
    payee: accountOf(rules, bankId, charterVersion),
    remittance: `代偿 ${claimId}`,
    summary: `代偿 ${contractNumber}`,
    debits: [debit('2241', fundFen, { instrument: claimId, bank: bankId })],
    charterVersion: rules.versionInForce,
  });
};

const accountIn = ({ banks, guarantors }: CompensationCharter, party: string): BankAccount | undefined =>
  [...banks, ...guarantors].find((p) => p.id === party)?.account;

/** Where a bank or a guarantor is paid today; undefined when the charter no longer lists it. */
export const accountToday = (rules: Rules, party: string): BankAccount | undefined =>
  accountIn(coverRules(rules.inForce()), party);

/** The same, or, when the charter no longer lists it, where it was paid under the version something was agreed with it. */
export const accountOf = (rules: Rules, party: string, version: number): BankAccount => {
  const found = accountToday(rules, party) ?? accountIn(coverRules(rules.version(version)), party);
  if (found === undefined) throw new Error(`charter ${version} does not know ${party}`);
  return found;
};

/** A claim that comes to nothing: the loan is in trouble as it was, and the enterprise's cap has its place back. */
export const refuseClaim = (state: Snapshot, { filingId }: ClaimProposal): Effect => {
  const claimId = claimIdOf(filingId);
  state.foresee([ref('filing', filingId), ref('claim', claimId)]);
  const { overdue: _overdue, remindOn: _remindOn, ...kept } = readClaim(state, claimId);
  const claim: ClaimState = { ...kept, status: 'refused' };
  const filing = readFiling(state, filingId);
  const back = { ...filing, status: 'exception' } as const;
  const claimed = filing.status === 'claimed';
  return {
    changes: [
      { type: 'claim', id: claimId, state: claim, priorStatuses: claimMachine.edges.refuse.from },
      ...(claimed
        ? [
            {
              type: 'filing' as const,
              id: filingId,
              state: back,
              priorStatuses: filingMachine.edges.giveUpClaim.from,
            },
          ]
        : []),
      reserve(state, filing.enterpriseId, -claim.fundFen),
    ],
    entry: {
      links: claimLinks(claimId, claim),
      digests: [claimDigest(claimId, claim), ...(claimed ? [filingDigest(filingId, back)] : [])],
    },
  };
};
