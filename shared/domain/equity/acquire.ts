import { ensure } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { readCase, requireFresh, requireRole } from '../approvals/guards.ts';
import type { CommandSpec, EntityChange, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import type { Digest } from '../book/entry.ts';
import { equityBought, transactionFee } from '../book/templates-equity.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import { requireEdge } from '../machine.ts';
import { newPayment } from '../payments/payment.ts';
import { lockClaim } from '../seed/claim.ts';
import {
  type AcquisitionState,
  acquisitionDigest,
  acquisitionIdOf,
  acquisitionMachine,
  outlayFen,
  readAcquisition,
} from './acquisition.ts';
import { holdingDigest, holdingIdOf, holdingMachine, readHolding, settledStatus } from './holding.ts';
import { giveUpAcquisition } from './purchase.ts';

/*
 * From the approval of an acquisition to the register: what every fund that buys equity does alike. Its place under the
 * limits was taken when it was proposed (moveStake).
 */

/**
 * The last approval of an acquisition holds its money. FUNDS_INSUFFICIENT follows from the head.
 * @param name of the enterprise, for lists
 */
export const approveAcquisition = (
  caseId: string,
  acquisition: Omit<AcquisitionState, 'status' | 'caseId'>,
  name: string,
): ApprovalEffect => {
  const id = acquisitionIdOf(caseId);
  const state: AcquisitionState = { ...acquisition, caseId, status: 'approved' };
  return {
    carriedOut: false,
    changes: [{ type: 'acquisition', id, state }],
    head: { heldFen: outlayFen(state) },
    entry: {
      links: { acquisition: id, enterprise: acquisition.enterpriseId },
      digests: [acquisitionDigest(id, state, name)],
    },
  };
};

export interface ContractAcquisitionPayload {
  readonly acquisitionId: string;
  readonly contractNumber: string;
  /** SHA-256 of the signed agreement, hex. */
  readonly contractSha256: string;
  readonly signedOn: BusinessDate;
}

/**
 * The signed agreement is recorded; a treasurer can then release the money.
 * @throws ROLE_REQUIRED, ACQUISITION_NOT_FOUND, STATE_INVALID, CASE_EXPIRED, DATE_INVALID
 */
export const contractAcquisition: CommandSpec<ContractAcquisitionPayload> = {
  kind: 'acquisition.contract',
  primary: (p) => ref('acquisition', p.acquisitionId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'officer');
    const { acquisitionId: id, contractNumber } = payload;
    const before = readAcquisition(state, id);
    requireEdge(acquisitionMachine, 'contract', before.status);
    requireFresh(readCase(state, before.caseId), today);
    ensure(payload.signedOn <= today, 'DATE_INVALID', { signedOn: payload.signedOn });
    const { payId, changes, digests } = paymentsOf(id, before, contractNumber);
    const contracted: AcquisitionState = { ...before, status: 'contracted', contractNumber };
    const after = payId === undefined ? contracted : { ...contracted, payId };
    return {
      entries: [
        {
          type: 'acquisition.contracted',
          businessDate: today,
          summary: `签订投资协议 ${contractNumber}`,
          links: { acquisition: id, case: before.caseId, enterprise: before.enterpriseId },
          facts: { sha256: payload.contractSha256, signedOn: payload.signedOn },
          digests: [acquisitionDigest(id, after), ...digests],
        },
      ],
      changes: [
        { type: 'acquisition', id, state: after, priorStatuses: acquisitionMachine.edges.contract.from },
        ...changes,
      ],
    };
  },
};

/** The payments of price and fees; none for a claim. Their money is held since the approval. */
const paymentsOf = (
  id: string,
  acquisition: AcquisitionState,
  contractNumber: string,
): { readonly payId?: string; readonly changes: readonly EntityChange[]; readonly digests: readonly Digest[] } => {
  const { caseId, charterVersion, costFen, consideration, enterpriseId, shareClass } = acquisition;
  if (consideration.kind === 'claim') return { changes: [], digests: [] };
  const common = { caseId, charterVersion, purpose: { type: 'equity', id } as const };
  const dims = dimsOf(holdingIdOf(enterpriseId, shareClass), acquisition);
  const payId = idFrom('PY', [id, 'price']);
  const price = newPayment(payId, {
    ...common,
    amountFen: costFen,
    payee: consideration.payee,
    remittance: `投资款 ${contractNumber}`,
    summary: `支付投资款 ${contractNumber}`,
    debits: equityBought(costFen, dims),
  });
  const fees = consideration.fees.map(({ what, amountFen, payee }, i) =>
    newPayment(idFrom('PY', [id, 'fee', i]), {
      ...common,
      amountFen,
      payee,
      remittance: `${what} ${contractNumber}`,
      summary: `支付交易费用 ${what}`,
      debits: transactionFee(amountFen),
    }),
  );
  const all = [price, ...fees];
  return { payId, changes: all.map((p) => p.change), digests: all.map((p) => p.digest) };
};

export interface RegisterAcquisitionPayload {
  readonly acquisitionId: string;
  readonly registeredOn: BusinessDate;
  /** SHA-256 of the register's notice, hex. */
  readonly noticeSha256: string;
}

/**
 * 工商变更: the register shows the fund as owner.
 * @throws ROLE_REQUIRED, ACQUISITION_NOT_FOUND, STATE_INVALID, DATE_INVALID, CLAIM_CHANGED
 */
export const registerAcquisition: CommandSpec<RegisterAcquisitionPayload> = {
  kind: 'acquisition.register',
  primary: (p) => ref('acquisition', p.acquisitionId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'officer');
    const { acquisitionId: id, registeredOn } = payload;
    const before = readAcquisition(state, id);
    requireEdge(acquisitionMachine, 'register', before.status);
    ensure(registeredOn <= today, 'DATE_INVALID', { registeredOn });
    const after: AcquisitionState = {
      ...before,
      registeredOn,
      status: before.status === 'paid' ? 'done' : 'registered',
    };
    const lot = registerLot(state, after);
    const claim = lockClaim(state, before.consideration);
    return {
      entries: [
        {
          type: 'acquisition.registered',
          businessDate: today,
          summary: `工商变更登记 ${before.contractNumber ?? ''}`.trim(),
          links: { acquisition: id, enterprise: before.enterpriseId, ...lot.links },
          facts: { registeredOn, sha256: payload.noticeSha256 },
          digests: [acquisitionDigest(id, after), ...lot.digests, ...(claim.digests ?? [])],
        },
      ],
      changes: [
        { type: 'acquisition', id, state: after, priorStatuses: acquisitionMachine.edges.register.from },
        ...lot.changes,
        ...(claim.changes ?? []),
      ],
    };
  },
};

/** Marks the lot an acquisition became as registered, if it became one and still is one. */
const registerLot = (state: Snapshot, { lot, enterpriseId, shareClass }: AcquisitionState) => {
  if (lot === undefined) return { changes: [], digests: [], links: {} };
  const id = holdingIdOf(enterpriseId, shareClass);
  const holding = readHolding(state, id);
  requireEdge(holdingMachine, 'register', holding.status);
  const marked = { ...holding, lots: holding.lots.map((l) => (l.no === lot ? { ...l, registered: true } : l)) };
  const after = { ...marked, status: settledStatus(marked) };
  const change: EntityChange = {
    type: 'holding',
    id,
    state: after,
    priorStatuses: holdingMachine.edges.register.from,
  };
  return { changes: [change], digests: [holdingDigest(id, after)], links: { holding: id } };
};

export interface CancelAcquisitionPayload {
  readonly acquisitionId: string;
  readonly reason: string;
}

/**
 * The director gives up an acquisition that is not paid or registered. One whose payment is made is given up by
 * cancelling that payment.
 * @throws ROLE_REQUIRED, ACQUISITION_NOT_FOUND, STATE_INVALID, PAYMENT_OPEN
 */
export const cancelAcquisition: CommandSpec<CancelAcquisitionPayload> = {
  kind: 'acquisition.cancel',
  primary: (p) => ref('acquisition', p.acquisitionId),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const { acquisitionId: id, reason } = payload;
    const before = readAcquisition(state, id);
    requireEdge(acquisitionMachine, 'cancel', before.status);
    ensure(before.payId === undefined, 'PAYMENT_OPEN', { payId: before.payId ?? '' });
    const { changes, digests } = giveUpAcquisition(state, id, before);
    return {
      entries: [
        {
          type: 'acquisition.cancelled',
          businessDate: today,
          summary: reason,
          links: { acquisition: id, enterprise: before.enterpriseId },
          digests,
        },
      ],
      changes,
      head: { heldFen: -outlayFen(before) },
    };
  },
};
