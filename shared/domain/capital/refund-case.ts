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
import { type CapitalState, grantedFen, readCapital } from './capital.ts';
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
 * What each contributor gets of a refund, so that with what it got before it has its part of all, by what each was called for
 * (按原出资渠道和比例), the odd fen to the one the charter names. In however many pieces capital goes back, each ends with its
 * own; who is ahead, because a payment to another was given up, waits until the others are level.
 */
const partsOf = (
  { capital: { contributors, remainderTo } }: Charter,
  capital: CapitalState,
  amountFen: Fen,
): ReadonlyMap<string, Fen> => {
  const known = new Map(capital.contributors.map((c) => [c.id, c]));
  const nothingCalled = capital.contributors.every((c) => c.calledFen === 0n);
  let behind = contributors
    .toSorted((a, b) => Number(a.id === remainderTo) - Number(b.id === remainderTo))
    .map(({ id, weight }) => {
      const found = known.get(id);
      const called = nothingCalled ? BigInt(weight) : (found?.calledFen ?? 0n);
      return { id, weight: called, grantedFen: found === undefined ? 0n : grantedFen(found) };
    });
  for (;;) {
    const parts = nextParts(behind, amountFen);
    if (parts.every((fen) => fen >= 0n)) return new Map(behind.map((c, i) => [c.id, parts[i] ?? 0n]));
    behind = behind.filter((_, i) => (parts[i] ?? 0n) >= 0n);
  }
};

/** What brings each to its part of all that was granted and the amount; negative for who is ahead of it. */
const nextParts = (
  all: readonly { readonly weight: bigint; readonly grantedFen: Fen }[],
  amountFen: Fen,
): readonly Fen[] => {
  const totalFen = sumFen(all.map((c) => c.grantedFen)) + amountFen;
  const parts = allocateInTurn(
    totalFen,
    all.map((c) => c.weight),
  );
  return all.map((c, i) => (parts[i] ?? 0n) - c.grantedFen);
};

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
      {
        type: 'capital',
        id: 'all',
        state: {
          contributors: capital.contributors.map((c) => ({
            ...c,
            grantedFen: grantedFen(c) + (parts.find((p) => p.contributor === c.id)?.amountFen ?? 0n),
          })),
        },
      },
      ...payments.map((p) => p.payment.change),
    ],
    head: { heldFen: refund.amountFen },
    entry: { links: { refund: id }, digests: [refundDigest(id, state), ...payments.map((p) => p.payment.digest)] },
  };
};
