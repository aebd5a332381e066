import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { Effect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { CommandSpec, Snapshot } from '../book/decision.ts';
import type { BusinessDate } from '../calendar.ts';
import type { CapitalState } from '../capital/capital.ts';
import { ref } from '../entities.ts';
import { planConfirmed } from '../guidance/timers.ts';
import { allocate } from '../money.ts';
import { REGISTER_BOOK } from '../register/firm.ts';
import { checkCharter } from './authority.ts';
import type { Charter } from './charter.ts';

export interface ProposeCharterPayload {
  readonly caseId: string;
  /** `version` is the next number after the versions there are. */
  readonly charter: Charter;
}

/**
 * Founding a fund, or amending its rules, is a case like any other; the founding one is decided by the founding rule.
 * @throws ROLE_REQUIRED, CHARTER_INVALID, CHARTER_VERSION_STALE
 */
export const proposeCharter: CommandSpec<ProposeCharterPayload> = {
  kind: 'charter.propose',
  primary: (p) => ref('case', p.caseId),
  decide: (state, { payload, actor, fundId }, rules, today) => {
    requireRole(actor, 'admin');
    const { charter } = payload;
    ensure(fundId !== REGISTER_BOOK, 'NOT_THE_REGISTER', { register: REGISTER_BOOK });
    ensure(charter.fundId === fundId, 'CHARTER_INVALID', { reason: 'the charter is another fund’s' });
    checkCharter(charter);
    requireNext(state, charter);
    const amended = state.head.charters.at(-1);
    ensure(amended === undefined || rules.version(amended.version).kind === charter.kind, 'CHARTER_INVALID', {
      reason: 'an amendment cannot make it another kind of fund',
    });
    return openCase(
      state,
      {
        caseId: payload.caseId,
        content: { subject: 'charter', charter },
        amountFen: charter.capital.totalFen,
        checks: [],
        links: { charter: String(charter.version) },
        summary: `${charter.name.zh} 章程第${charter.version}版 ${charter.documentNumber}`,
      },
      actor,
      rules,
      today,
    );
  },
};

/** Versions follow one another, and a later one never takes effect before an earlier one. */
const requireNext = (state: Snapshot, charter: Charter): void => {
  const last = state.head.charters.at(-1);
  ensure(charter.version === (last?.version ?? 0) + 1, 'CHARTER_VERSION_STALE', {
    current: String(last?.version ?? 0),
  });
  ensure(last === undefined || charter.effectiveFrom >= last.effectiveFrom, 'CHARTER_INVALID', {
    reason: 'it would take effect before the version it amends',
  });
};

/**
 * Brings an approved charter into the book and fixes what each contributor has committed. Rules never reach back: only
 * the first may, an amendment takes effect on the day of its approval at the earliest.
 * @throws CHARTER_VERSION_STALE, CHARTER_INVALID
 */
export const adoptCharter = (state: Snapshot, charter: Charter, today: BusinessDate): Effect => {
  requireNext(state, charter);
  ensure(state.head.charters.length === 0 || charter.effectiveFrom >= today, 'CHARTER_INVALID', {
    reason: 'an amendment cannot reach back',
  });
  const timer = planConfirmed(state, charter);
  return {
    head: { charter: { version: charter.version, effectiveFrom: charter.effectiveFrom } },
    changes: [
      { type: 'charter', id: String(charter.version), state: charter },
      { type: 'capital', id: 'all', state: commit(charter, state.read('capital', 'all')) },
      ...timer.changes,
    ],
    entry: {
      links: { charter: String(charter.version) },
      digests: [
        {
          type: 'charter',
          id: String(charter.version),
          fields: { documentNumber: charter.documentNumber, effectiveFrom: charter.effectiveFrom },
        },
        ...timer.digests,
      ],
    },
  };
};

/** Commitments by share of the total, the odd fen to the contributor the charter names. */
export const commit = (charter: Charter, before: CapitalState | undefined): CapitalState => {
  const { contributors, totalFen } = charter.capital;
  const parts = splitByShare(charter, totalFen);
  const known = new Map((before?.contributors ?? []).map((c) => [c.id, c]));
  for (const id of known.keys())
    if (!contributors.some((c) => c.id === id))
      throw new FundError('CHARTER_INVALID', { reason: `contributor ${id} is missing` });
  return {
    contributors: contributors.map((c) => {
      const found = known.get(c.id);
      const calledFen = found?.calledFen ?? 0n;
      const committedFen = parts.get(c.id) ?? 0n;
      ensure(calledFen <= committedFen, 'CHARTER_INVALID', {
        reason: `more was called from ${c.id} than it would commit`,
      });
      return { refundedFen: 0n, ...found, id: c.id, committedFen, calledFen };
    }),
  };
};

/** Splits an amount among the contributors by their weights, exact to the fen; contributor to part, in the charter's order. */
export const splitByShare = (charter: Charter, amountFen: bigint): ReadonlyMap<string, bigint> => {
  const { contributors, remainderTo } = charter.capital;
  const weights = contributors.map((c) => BigInt(c.weight));
  const parts = allocate(amountFen, weights, { remainderTo: contributors.findIndex((c) => c.id === remainderTo) });
  return new Map(contributors.map((c, i) => [c.id, parts[i] ?? 0n]));
};
