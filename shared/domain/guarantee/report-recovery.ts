import { ensure } from '#shared/errors/fund-error.ts';
import { requireBank } from '../approvals/guards.ts';
import type { CommandSpec } from '../book/decision.ts';
import { recoveryShared } from '../book/templates-guarantee.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { claimLinks, claimMachine, readOwnClaim } from './claim.ts';
import { rulesOf } from './moves.ts';
import { creditsOf, recovered } from './recover.ts';
import { newRecovery, recoveryDigest, spread } from './recovery.ts';

export interface ReportRecoveryPayload {
  readonly recoveryId: string;
  readonly claimId: string;
  /** What the bank has collected, and what collecting has cost it, in fen; not both nothing. */
  readonly collectedFen: bigint;
  readonly costFen: bigint;
  readonly collectedOn: BusinessDate;
  readonly evidenceSha256: string;
  readonly note: string;
}

/**
 * The bank reports what it has collected and what that has cost (追偿). The sum is spread as the charter says; the fund's part is
 * owed by the bank (1221) until its money comes. Costs alone wait for the next sum. After a final loss nothing is booked before
 * the money is there.
 * @throws ROLE_REQUIRED, BANK_NOT_NAMED, CLAIM_NOT_FOUND, STATE_INVALID, RECOVERY_EXISTS, RECOVERY_INVALID
 */
export const reportRecovery: CommandSpec<ReportRecoveryPayload> = {
  kind: 'recovery.report',
  primary: (p) => ref('recovery', p.recoveryId),
  prefetch: (p) => [ref('claim', p.claimId)],
  decide: (state, { payload, actor }, rules, today) => {
    const { recoveryId, claimId, collectedFen, costFen, collectedOn } = payload;
    const claim = readOwnClaim(state, claimId, requireBank(actor));
    requireEdge(claimMachine, 'recover', claim.status);
    ensure(state.read('recovery', recoveryId) === undefined, 'RECOVERY_EXISTS', { recoveryId });
    ensure(collectedFen + costFen > 0n && collectedOn <= today, 'RECOVERY_INVALID', { collectedOn, today });
    const charter = rulesOf(rules, claim);
    const asked = { ...claim, costOpenFen: claim.costOpenFen + costFen };
    const parts = spread(asked, collectedFen, charter.recovery);
    const booked = claim.status !== 'written-off';
    const recovery = newRecovery(claimId, claim, parts, {
      status: parts.fundFen === 0n ? 'received' : 'due',
      by: 'bank',
      on: collectedOn,
      grossFen: collectedFen,
      receivedFen: 0n,
      booked,
    });
    const after = recovered(state, rules, claimId, parts, today);
    const owed = booked ? creditsOf(claimId, claim, parts.fundFen, charter).lines : [];
    const lines = [...recoveryShared('1221', owed, { instrument: recoveryId, bank: claim.bankId }), ...after.lines];
    return {
      entries: [
        {
          type: 'recovery.reported',
          businessDate: today,
          summary: payload.note,
          ...(lines.length === 0 ? {} : { lines }),
          links: { recovery: recoveryId, ...claimLinks(claimId, claim) },
          facts: { evidence: payload.evidenceSha256, costFen: String(costFen), collectedOn },
          digests: [recoveryDigest(recoveryId, recovery), after.digest],
        },
        ...after.also,
      ],
      changes: [{ type: 'recovery', id: recoveryId, state: recovery }, ...after.changes],
    };
  },
};
