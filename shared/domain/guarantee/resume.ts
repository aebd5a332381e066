import { ensure } from '#shared/errors/fund-error.ts';
import type { Effect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Rules, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import type { BreakerMeasure } from '../charter/compensation.ts';
import { ref } from '../entities.ts';
import type { DocumentRef } from '../lending/proposals.ts';
import { isClosed, judge } from './breaker.ts';
import type { ExposureState } from './exposure.ts';
import { readExposure, turned } from './watch.ts';

/** To let a fund, bank or district file again although a breaker has stopped it, up to higher ratios. */
export interface ResumeProposal {
  /** `fund`, `bank:<id>` or `district:<id>`. */
  readonly scope: string;
  readonly tolerances: readonly { readonly measure: BreakerMeasure; readonly ratio: string }[];
  readonly reason: string;
  readonly documents: readonly DocumentRef[];
}

export interface ProposeResumePayload {
  readonly caseId: string;
  readonly resume: ResumeProposal;
}

/**
 * Proposes that new filings be taken again (恢复合作): a case of the joint meeting.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN, RESUME_REFUSED, CASE_EXISTS
 */
export const proposeResume: CommandSpec<ProposeResumePayload> = {
  kind: 'breaker.propose-resume',
  primary: (p) => ref('case', p.caseId),
  prefetch: (p) => [ref('exposure', p.resume.scope)],
  decide: (state, { payload, actor }, rules, today) => {
    requireRole(actor, 'officer', 'director');
    const { caseId, resume } = payload;
    const exposure = readExposure(state, resume.scope);
    resumed(state, exposure, resume, rules);
    return openCase(
      state,
      {
        caseId,
        content: { subject: 'resume-bank', resume },
        amountFen: exposure.outstandingFen,
        checks: [],
        links: { exposure: resume.scope },
        summary: `恢复新增备案 ${resume.scope}`,
      },
      actor,
      rules,
      today,
    );
  },
};

/**
 * How the scope stands once the decision tolerates what it says.
 * @throws RESUME_REFUSED when it is not stopped, or would be stopped all the same
 */
const resumed = (
  state: Snapshot,
  before: ExposureState,
  { scope, tolerances }: ResumeProposal,
  rules: Rules,
): ExposureState => {
  ensure(isClosed(before.status), 'RESUME_REFUSED', { scope, status: before.status });
  const kept = before.tolerated.filter((t) => !tolerances.some((n) => n.measure === t.measure));
  const asked: ExposureState = { ...before, status: 'normal', tolerated: [...kept, ...tolerances] };
  const after = { ...asked, ...judge(scope, asked, coverRules(rules.inForce()), state.head.paidInFen) };
  ensure(!isClosed(after.status), 'RESUME_REFUSED', { scope, reason: 'a breaker would stop it all the same' });
  return after;
};

/** The decision takes effect. @throws RESUME_REFUSED when the ratios have grown beyond it meanwhile */
export const resumeFilings = (state: Snapshot, resume: ResumeProposal, rules: Rules, today: BusinessDate): Effect => {
  const { scope } = resume;
  const before = readExposure(state, scope);
  const after = resumed(state, before, resume, rules);
  return {
    changes: [{ type: 'exposure', id: scope, state: after }],
    entry: { links: { exposure: scope } },
    also: turned(scope, before, after, coverRules(rules.inForce()), state.head.paidInFen, today),
  };
};
