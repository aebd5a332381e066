import { recoveryShared } from '../book/templates-guarantee.ts';
import { credit } from '../book/voucher.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import { allows } from '../machine.ts';
import { minFen } from '../money.ts';
import { openDate } from '../payments/dates.ts';
import type { Destination } from '../payments/destination.ts';
import { claimLinks, claimMachine, readClaim } from './claim.ts';
import { scopesOf } from './exposure.ts';
import { rulesOf } from './moves.ts';
import { creditsOf, owedTo, recovered, shareIdOf } from './recover.ts';
import { newRecovery, type RecoveryState, recoveryDigest, recoveryMachine, spread } from './recovery.ts';

/*
 * Recovered money as it comes to the fund, off a statement or out of the repair queue.
 */

/** Money that names a recovery (RV-…): the bank hands over the fund's part of what it has collected. */
export const recoveryDestination: Destination = {
  receive: (state, id, { amountFen, source }, rules) => {
    const before = state.read('recovery', id);
    if (before?.status !== 'due') return undefined;
    const takenFen = minFen(amountFen, before.fundFen - before.receivedFen);
    const receivedFen = before.receivedFen + takenFen;
    const after: RecoveryState = {
      ...before,
      receivedFen,
      status: receivedFen === before.fundFen ? 'received' : 'due',
    };
    const claim = readClaim(state, before.claimId);
    // What was owed before a final loss stands on the bank; what was collected after it goes to those who bore it.
    const credited = before.booked
      ? { lines: [credit('1221', takenFen, { instrument: id, bank: before.bankId })], paidInFen: 0n }
      : creditsOf(before.claimId, claim, takenFen, rulesOf(rules, claim));
    return {
      takenFen,
      entry: {
        type: 'recovery.received',
        summary: '收到银行上缴追偿款',
        links: { recovery: id, ...claimLinks(before.claimId, claim) },
      },
      lines: recoveryShared(source, credited.lines),
      changes: [{ type: 'recovery', id, state: after, priorStatuses: recoveryMachine.edges.receive.from }],
      digests: [recoveryDigest(id, after)],
      head: { paidInFen: credited.paidInFen },
    };
  },
};

/**
 * Money that names a claim (CL-…): the borrower, or a court, has paid the fund itself. The sum is spread; bank and guarantor are
 * owed their parts, which are held for them.
 */
export const claimDestination: Destination = {
  receive: (state, id, { amountFen: grossFen, on, source }, rules) => {
    const before = state.read('claim', id);
    if (before === undefined || !allows(claimMachine, 'recover', before.status)) return undefined;
    const charter = rulesOf(rules, before);
    const claim = { ...before, receipts: before.receipts + 1 };
    const recoveryId = idFrom('RV', [id, claim.receipts]);
    const parties = [claim.bankId, ...(claim.guarantorId === undefined ? [] : [claim.guarantorId])];
    state.foresee([
      ref('recovery', recoveryId),
      ...scopesOf(claim).map((scope) => ref('exposure', scope)),
      ...parties.map((party) => ref('payment', shareIdOf(recoveryId, party))),
    ]);
    const parts = spread(claim, grossFen, charter.recovery);
    const { fundFen } = parts;
    const how = { status: 'received', by: 'direct', on, grossFen, receivedFen: fundFen, booked: false } as const;
    const recovery = newRecovery(id, claim, parts, how);
    const owed = owedTo(recoveryId, claim, parts, rules);
    const credited = creditsOf(id, before, fundFen, charter);
    const after = recovered(state, rules, id, parts, openDate(state, on));
    return {
      takenFen: grossFen,
      entry: {
        type: 'recovery.received',
        summary: '收到追偿款',
        links: { recovery: recoveryId, ...claimLinks(id, claim) },
      },
      lines: [...recoveryShared(source, [...credited.lines, ...owed.lines]), ...after.lines],
      changes: [{ type: 'recovery', id: recoveryId, state: recovery }, ...after.changes, ...owed.changes],
      digests: [recoveryDigest(recoveryId, recovery), after.digest, ...owed.digests],
      head: { heldFen: owed.heldFen, paidInFen: credited.paidInFen },
      also: after.also,
    };
  },
};
