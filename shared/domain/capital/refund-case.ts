import { ensure } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import { debit } from '../book/voucher.ts';
import type { Charter } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import { allocateInTurn, type Fen, formatYuan, positiveFen, sumFen } from '../money.ts';
import { newPayment } from '../payments/payment.ts';
import { type CapitalState, readCapital } from './capital.ts';
import { requirePayees } from './payees.ts';
import type { RefundProposal, RefundState } from './refund.ts';
import { refundDigest } from './refund-payment.ts';

export interface ProposeRefundPayload {
  readonly caseId: string;
  readonly refund: RefundProposal;
}

/**
 * Proposes to give money back to the contributors. Whether there is enough is seen when it is approved and held.
 * @throws ROLE_REQUIRED, CASE_EXISTS, AMOUNT_INVALID, PAYEES_INCOMPLETE, FUND_NOT_RUNNING_OFF
 */
export const proposeRefund: CommandSpec<ProposeRefundPayload> = {
  kind: 'capital.propose-refund',
  primary: (p) => ref('case', p.caseId),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'director', 'officer');
    const { caseId, refund } = payload;
    positiveFen(refund.amountFen);
    const charter = rules.inForce();
    requirePayees(refund.payees, charter);
    requireBasis(refund, charter);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'refund', refund },
        amountFen: refund.amountFen,
        checks: [],
        links: { refund: refundIdOf(caseId) },
        summary: `退还出资 ${refund.documentNumber} ${formatYuan(refund.amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** What comes back goes back only once the rules say so; until then it revolves (循环使用). */
const requireBasis = ({ basis }: RefundProposal, charter: Charter): void =>
  ensure(basis !== 'run-off' || charter.kind !== 'seed' || charter.recovered === 'return', 'FUND_NOT_RUNNING_OFF', {
    documentNumber: charter.documentNumber,
  });

/** The refund a case leads to. */
const refundIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'RF-');

/**
 * What each contributor gets of a refund, by what each was called for (按原出资渠道和比例), the odd fen to the one the charter
 * names. It goes on where the refunds before it ended: in however many pieces capital goes back, each ends with its own.
 */
const partsOf = (
  { capital: { contributors, remainderTo } }: Charter,
  capital: CapitalState,
  amountFen: Fen,
): ReadonlyMap<string, Fen> => {
  const called = new Map(capital.contributors.map((c) => [c.id, c.calledFen]));
  const inTurn = contributors.toSorted((a, b) => Number(a.id === remainderTo) - Number(b.id === remainderTo));
  const nothingCalled = sumFen([...called.values()]) === 0n;
  const weights = inTurn.map((c) => (nothingCalled ? BigInt(c.weight) : (called.get(c.id) ?? 0n)));
  const beforeFen = approvedRefundsFen(capital);
  const [before, after] = [beforeFen, beforeFen + amountFen].map((fen) => allocateInTurn(fen, weights));
  return new Map(inTurn.map((c, i) => [c.id, (after?.[i] ?? 0n) - (before?.[i] ?? 0n)]));
};

const approvedRefundsFen = (capital: CapitalState): Fen =>
  capital.approvedRefundsFen ?? sumFen(capital.contributors.map((c) => c.refundedFen));

/**
 * The last approval makes a payment to each contributor, exact to the fen, and holds the whole amount.
 * FUNDS_INSUFFICIENT follows from the head.
 */
export const approveRefund = (
  snapshot: Snapshot,
  caseId: string,
  refund: RefundProposal,
  charterVersion: number,
  rules: Rules,
): ApprovalEffect => {
  const charter = rules.version(charterVersion);
  const capital = readCapital(snapshot);
  const shares = partsOf(charter, capital, refund.amountFen);
  const approvedFen = approvedRefundsFen(capital) + refund.amountFen;
  const id = refundIdOf(caseId);
  const parts = charter.capital.contributors.flatMap((c) => {
    const account = refund.payees.find((p) => p.contributor === c.id)?.account;
    const amountFen = shares.get(c.id) ?? 0n;
    return account === undefined || amountFen === 0n ? [] : [{ contributor: c.id, amountFen, account }];
  });
  const payments = parts.map(({ contributor, amountFen, account }) => {
    const payId = idFrom('PY', [caseId, contributor]);
    const payment = newPayment(payId, {
      caseId,
      purpose: { type: 'refund', id },
      amountFen,
      payee: account,
      remittance: `退还出资 ${refund.documentNumber}`,
      summary: `退还出资 ${contributor}`,
      debits: [debit(charter.accounting.equityAccount, amountFen, { contributor })],
      charterVersion,
    });
    return { payId, contributor, amountFen, payment };
  });
  const state: RefundState = {
    status: 'approved',
    caseId,
    basis: refund.basis,
    documentNumber: refund.documentNumber,
    parts: payments.map(({ payId, contributor, amountFen }) => ({ payId, contributor, amountFen, outcome: 'open' })),
  };
  return {
    carriedOut: true,
    changes: [
      { type: 'refund', id, state },
      { type: 'capital', id: 'all', state: { ...capital, approvedRefundsFen: approvedFen } },
      ...payments.map((p) => p.payment.change),
    ],
    head: { heldFen: refund.amountFen },
    entry: { links: { refund: id }, digests: [refundDigest(id, state), ...payments.map((p) => p.payment.digest)] },
  };
};
