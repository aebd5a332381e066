import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { CaseState } from '../approvals/case.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import { clawbackClaimed, distributionDecided, distributionPaid } from '../book/templates-guidance.ts';
import type { Line } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { requirePayees } from '../capital/payees.ts';
import { guidanceRules } from '../charter/charter.ts';
import type { GuidanceCharter } from '../charter/guidance.ts';
import { ref } from '../entities.ts';
import { idFrom } from '../ids.ts';
import { formatYuan, sumFen } from '../money.ts';
import { newPayment } from '../payments/payment.ts';
import { hashOf } from '../wire.ts';
import { type Check, concessionChecks } from './concession.ts';
import {
  type DistributionProposal,
  type DistributionRequest,
  type DistributionState,
  distributionDigest,
  distributionIdOf,
} from './distribution.ts';
import { type PartnerState, paidInFen, totalOf, withShare } from './partner.ts';
import { partnersOf } from './partners-of.ts';
import { distribute, partiesOf } from './waterfall.ts';

export interface ProposeDistributionPayload {
  readonly caseId: string;
  readonly distribution: DistributionRequest;
}

/**
 * Proposes to distribute money to the partners. The case is about what the waterfall makes of it, to the fen.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, PAYEES_INCOMPLETE, TREASURY_ACCOUNT_REQUIRED, DATE_INVALID,
 *   NOTHING_TO_DISTRIBUTE
 */
export const proposeDistribution: CommandSpec<ProposeDistributionPayload> = {
  kind: 'distribution.propose',
  primary: (p) => ref('case', p.caseId),
  prefetch: () => [ref('return-investment', 'all')],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer', 'director');
    const { caseId, distribution: request } = payload;
    const charter = guidanceRules(rules.inForce(), 'distribution');
    requireAccounts(request, charter);
    const { proposal, checks } = reckon(state, request, charter, today);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'distribution', distribution: proposal },
        amountFen: sumFen(proposal.payments.map((p) => p.amountFen)),
        checks,
        links: {},
        summary: `收益分配 ${request.documentNumber} ${formatYuan(request.amountFen)}元`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** One account each; the government's is the treasury's where its money may not roll. */
const requireAccounts = ({ payees }: DistributionRequest, charter: GuidanceCharter): void => {
  requirePayees(payees, charter);
  const { treasury, government } = charter.parties;
  if (treasury === null) return;
  for (const { contributor, account } of payees.filter((p) => government.includes(p.contributor)))
    ensure(hashOf(account) === hashOf(treasury), 'TREASURY_ACCOUNT_REQUIRED', { contributor });
};

/**
 * What the waterfall makes of a request on the present state.
 * @throws DATE_INVALID for a day that is not over or before something that was paid, NOTHING_TO_DISTRIBUTE
 */
const reckon = (
  state: Snapshot,
  request: DistributionRequest,
  charter: GuidanceCharter,
  today: BusinessDate,
): { readonly proposal: DistributionProposal; readonly checks: readonly Check[] } => {
  const partners = partnersOf(state, charter);
  const { amountFen, asOf: on, final } = request;
  const flows = [...partners.values()].flatMap((p) => [...p.paidIn, ...p.distributed]);
  ensure(on <= today && flows.every((flow) => flow.on <= on), 'DATE_INVALID', { asOf: on });
  ensure(sumFen([...partners.values()].map(paidInFen)) > 0n, 'NOTHING_TO_DISTRIBUTE');
  const { checks, met } = concessionChecks(state, charter, request.documents);
  const result = distribute(partiesOf(charter, partners), { amountFen, on, final, concede: met });
  const payments = result.shares.flatMap((share) => {
    const { contributor } = share;
    const keptFen = contributor === charter.parties.manager ? result.escrowFen : 0n;
    const toPayFen = totalOf(share) + (partners.get(contributor)?.owedFen ?? 0n) - keptFen;
    return toPayFen === 0n ? [] : [{ contributor, amountFen: toPayFen }];
  });
  ensure(payments.length > 0, 'NOTHING_TO_DISTRIBUTE');
  return { proposal: { ...request, ...result, payments, conceded: met }, checks };
};

/**
 * The last approval makes what was shown owed to the partners, and a payment to each. What has changed since it was shown
 * makes it stale. FUNDS_INSUFFICIENT follows from the head.
 * @throws DISTRIBUTION_STALE
 */
export const approveDistribution = (
  state: Snapshot,
  caseId: string,
  shown: DistributionProposal,
  { charterVersion }: CaseState,
  rules: Rules,
  today: BusinessDate,
): ApprovalEffect => {
  const charter = guidanceRules(rules.version(charterVersion), 'distribution');
  const { shares: _s, payments: _p, escrowFen: _e, clawbackDueFen: _b, conceded: _c, ...request } = shown;
  if (hashOf(reckon(state, request, charter, today).proposal) !== hashOf(shown))
    throw new FundError('DISTRIBUTION_STALE', { asOf: shown.asOf });
  const id = distributionIdOf(caseId);
  const payments = paymentsOf(caseId, id, shown, charterVersion);
  const distribution: DistributionState = {
    status: 'approved',
    caseId,
    asOf: shown.asOf,
    documentNumber: shown.documentNumber,
    shares: shown.shares,
    parts: payments.map(({ payId, contributor, amountFen }) => ({ contributor, amountFen, payId, outcome: 'open' })),
    clawbackDueFen: shown.clawbackDueFen,
    clawbackReceivedFen: 0n,
  };
  const lines = linesOf(id, shown, charter);
  return {
    carriedOut: true,
    changes: [
      { type: 'distribution', id, state: distribution },
      ...partnersAfter(state, charter, shown),
      ...payments.map((p) => p.change),
    ],
    head: {
      heldFen: sumFen(payments.map((p) => p.amountFen)),
      paidInFen: -sumFen(shown.shares.map((s) => s.capitalFen)),
    },
    entry: {
      ...(lines.length === 0 ? {} : { lines }),
      links: { distribution: id },
      digests: [distributionDigest(id, distribution), ...payments.map((p) => p.digest)],
    },
  };
};

/** One payment to each partner that is paid anything, to the account that was shown. */
const paymentsOf = (caseId: string, id: string, shown: DistributionProposal, charterVersion: number) =>
  shown.payments.map(({ contributor, amountFen }) => {
    const payee = shown.payees.find((p) => p.contributor === contributor)?.account;
    if (payee === undefined) throw new FundError('PAYEES_INCOMPLETE', { contributor });
    const payId = idFrom('PY', [caseId, contributor]);
    const made = newPayment(payId, {
      caseId,
      purpose: { type: 'distribution', id },
      amountFen,
      payee,
      remittance: `收益分配 ${shown.documentNumber}`,
      summary: `支付收益分配 ${contributor}`,
      debits: distributionPaid(amountFen, contributor),
      charterVersion,
    });
    return { payId, contributor, amountFen, ...made };
  });

/** The voucher: every partner's capital and profit become owed to it, and carry that must come back is claimed. */
const linesOf = (
  id: string,
  { shares, clawbackDueFen }: DistributionProposal,
  { accounting, parties }: GuidanceCharter,
): readonly Line[] => [
  ...shares.flatMap((share) =>
    distributionDecided(
      { capitalFen: share.capitalFen, profitFen: totalOf(share) - share.capitalFen },
      share.contributor,
      accounting.equityAccount,
    ),
  ),
  ...clawbackClaimed(clawbackDueFen, parties.manager, id),
];

/** Every partner with its share; what is owed to it beside the payments now open is the manager's escrow, and no more. */
const partnersAfter = (
  state: Snapshot,
  charter: GuidanceCharter,
  { shares, asOf, escrowFen, clawbackDueFen }: DistributionProposal,
): readonly EntityChange[] =>
  [...partnersOf(state, charter)].map(([id, before]) => {
    const share = shares.find((s) => s.contributor === id);
    if (share === undefined) throw new Error(`${id} has no share`);
    const isManager = id === charter.parties.manager;
    const after: PartnerState = {
      ...withShare(before, share, asOf),
      owedFen: isManager ? escrowFen : 0n,
      escrowFen: isManager ? escrowFen : 0n,
      clawbackDueFen: before.clawbackDueFen + (isManager ? clawbackDueFen : 0n),
    };
    return { type: 'partner', id, state: after };
  });
