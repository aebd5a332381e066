import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { ApprovalEffect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { addMonths, type BusinessDate } from '../calendar.ts';
import { guidanceRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { checkUscc } from '../identity.ts';
import { checkDocuments } from '../lending/checks.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { machine, requireEdge } from '../machine.ts';
import { type Fen, formatYuan, positiveFen } from '../money.ts';
import { applyRate, parseRate } from '../rate.ts';

/** 返投认定: what a firm has brought to the zone, with its evidence. */
export interface RecognitionProposal {
  /** A kind of the charter, which says how much it counts. */
  readonly kind: string;
  readonly enterpriseId: string;
  readonly name: string;
  /** Amount invested in the zone. */
  readonly qualifyingFen: Fen;
  readonly movedInOn: BusinessDate;
  /** 证据包: licence, address history, tax registration, social insurance … */
  readonly documents: readonly DocumentRef[];
}

export type RecognitionStatus = 'recognised' | 'reversed';

export const recognitionMachine = machine('recognition', {
  clawBack: { from: ['recognised'], to: ['reversed'] },
} satisfies Record<string, { from: RecognitionStatus[]; to: RecognitionStatus[] }>);

/** A recognition: an entry that can be taken back, never a mere total. Its id is its case's with RI-. */
export interface RecognitionState {
  readonly status: RecognitionStatus;
  readonly caseId: string;
  readonly enterpriseId: string;
  readonly kind: string;
  readonly qualifyingFen: Fen;
  readonly multiplier: string;
  readonly recognisedFen: Fen;
  readonly movedInOn: BusinessDate;
  /** The last day on which moving out takes it back. */
  readonly watchedUntil: BusinessDate;
  /** Number of the entry, for a reversal to name. */
  readonly entrySeq: number;
}

export const recognitionIdOf = (caseId: string): string => caseId.replace(/^CS-/, 'RI-');

const recognitionDigest = (id: string, recognition: RecognitionState): Digest => ({
  type: 'recognition',
  id,
  fields: {
    status: recognition.status,
    enterprise: recognition.enterpriseId,
    kind: recognition.kind,
    qualifyingFen: String(recognition.qualifyingFen),
    multiplier: recognition.multiplier,
    recognisedFen: String(recognition.recognisedFen),
    watchedUntil: recognition.watchedUntil,
  },
});

export interface ProposeRecognitionPayload {
  readonly caseId: string;
  readonly recognition: RecognitionProposal;
}

/**
 * Proposes to recognise what a firm has brought; the evidence of its kind must be complete.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, RECOGNITION_KIND_UNKNOWN, DOCUMENTS_MISSING, USCC_INVALID, AMOUNT_INVALID,
 *   DATE_INVALID
 */
export const proposeRecognition: CommandSpec<ProposeRecognitionPayload> = {
  kind: 'recognition.propose',
  primary: (p) => ref('case', p.caseId),
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer');
    const { caseId, recognition } = payload;
    const { kinds } = guidanceRules(rules.inForce(), 'recognition').returnInvestment;
    const kind = kinds.find((k) => k.id === recognition.kind);
    if (kind === undefined) throw new FundError('RECOGNITION_KIND_UNKNOWN', { wanted: recognition.kind });
    checkDocuments(recognition.documents, kind.evidence);
    checkUscc(recognition.enterpriseId);
    positiveFen(recognition.qualifyingFen);
    ensure(recognition.movedInOn <= today, 'DATE_INVALID', { movedInOn: recognition.movedInOn });
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'recognition', recognition },
        amountFen: recognition.qualifyingFen,
        checks: kind.evidence.map((type) => ({ label: `证据 ${type}`, passed: true })),
        links: { enterprise: recognition.enterpriseId },
        summary: `返投认定 ${recognition.name} ${kind.label} ${formatYuan(recognition.qualifyingFen)}元 ×${kind.multiplier}`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** The last approval recognises it by the multiplier of the charter it was proposed under. */
export const approveRecognition = (
  state: Snapshot,
  caseId: string,
  { kind, enterpriseId, qualifyingFen, movedInOn }: RecognitionProposal,
  charterVersion: number,
  rules: Rules,
): ApprovalEffect => {
  const { kinds, clawBackYears } = guidanceRules(rules.version(charterVersion), 'recognition').returnInvestment;
  const multiplier = kinds.find((k) => k.id === kind)?.multiplier;
  if (multiplier === undefined) throw new FundError('RECOGNITION_KIND_UNKNOWN', { wanted: kind });
  const id = recognitionIdOf(caseId);
  const recognition: RecognitionState = {
    status: 'recognised',
    caseId,
    enterpriseId,
    kind,
    qualifyingFen,
    multiplier,
    recognisedFen: applyRate(qualifyingFen, parseRate(multiplier)),
    movedInOn,
    watchedUntil: addMonths(movedInOn, clawBackYears * 12),
    entrySeq: state.head.seq + 1,
  };
  return {
    carriedOut: true,
    changes: [{ type: 'recognition', id, state: recognition }, countedAgain(state, recognition.recognisedFen)],
    entry: {
      links: { recognition: id, enterprise: enterpriseId },
      digests: [recognitionDigest(id, recognition)],
    },
  };
};

/** The sum of all recognitions that stand, changed by one. */
const countedAgain = (state: Snapshot, changeFen: Fen) => {
  const beforeFen = state.read('return-investment', 'all')?.recognisedFen ?? 0n;
  return { type: 'return-investment', id: 'all', state: { recognisedFen: beforeFen + changeFen } } as const;
};

export interface ClawBackRecognitionPayload {
  readonly recognitionId: string;
  readonly movedOutOn: BusinessDate;
  readonly reason: string;
  readonly evidenceSha256: string;
}

/**
 * The firm has moved out too early: the recognition falls away.
 * @throws ROLE_REQUIRED, RECOGNITION_NOT_FOUND, STATE_INVALID, DATE_INVALID, RECOGNITION_STANDS for a firm that stayed long
 *   enough
 */
export const clawBackRecognition: CommandSpec<ClawBackRecognitionPayload> = {
  kind: 'recognition.claw-back',
  primary: (p) => ref('recognition', p.recognitionId),
  prefetch: () => [ref('return-investment', 'all')],
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'officer', 'reviewer');
    const { recognitionId: id, movedOutOn, reason } = payload;
    const before = state.read('recognition', id);
    if (before === undefined) throw new FundError('RECOGNITION_NOT_FOUND', { recognitionId: id });
    requireEdge(recognitionMachine, 'clawBack', before.status);
    ensure(before.movedInOn <= movedOutOn && movedOutOn <= today, 'DATE_INVALID', { movedOutOn });
    ensure(movedOutOn <= before.watchedUntil, 'RECOGNITION_STANDS', { watchedUntil: before.watchedUntil });
    const after: RecognitionState = { ...before, status: 'reversed' };
    return {
      entries: [
        {
          type: 'recognition.reversed',
          businessDate: today,
          summary: reason,
          links: { recognition: id, enterprise: before.enterpriseId, reverses: String(before.entrySeq) },
          facts: { movedOutOn, sha256: payload.evidenceSha256 },
          digests: [recognitionDigest(id, after)],
        },
      ],
      changes: [
        { type: 'recognition', id, state: after, priorStatuses: recognitionMachine.edges.clawBack.from },
        countedAgain(state, -before.recognisedFen),
      ],
    };
  },
};
