import { FundError } from '#shared/errors/fund-error.ts';
import type { EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { Digest, EntryDraft } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import type { CompensationCharter } from '../charter/compensation.ts';
import { ref } from '../entities.ts';
import { isClosed, judge, ratioText, readBreakers } from './breaker.ts';
import { limitName, readCoverage } from './coverage.ts';
import {
  addFigures,
  type BreakerStatus,
  type Deltas,
  type ExposureState,
  type Figures,
  NO_EXPOSURE,
} from './exposure.ts';

const STATUS_NAMES: Readonly<Record<BreakerStatus, string>> = {
  normal: '恢复正常',
  warned: '预警',
  stopped: '暂停新增备案',
  terminated: '终止新增备案',
};

/** How a scope stands; nothing is in one that nobody has filed in. */
export const readExposure = (state: Snapshot, id: string): ExposureState => state.read('exposure', id) ?? NO_EXPOSURE;

/** What lists show of a scope: how it stands, not its figures, which change with every filing. */
const exposureDigest = (id: string, { status, alerts }: ExposureState): Digest => ({
  type: 'exposure',
  id,
  fields: { status, alerts: alerts.join(' ') },
});

/**
 * Adds what has changed to the figures of every scope, and judges their breakers and the fund's coverage by the
 * rules in force. Whatever turns is an entry of its own.
 */
export const watch = (
  state: Snapshot,
  rules: Rules,
  deltas: Deltas,
  today: BusinessDate,
): { readonly changes: readonly EntityChange[]; readonly entries: readonly EntryDraft[] } => {
  const charter = coverRules(rules.inForce());
  const { paidInFen } = state.head;
  state.foresee([...deltas.keys()].map((id) => ref('exposure', id)));
  const turns = [...deltas].map(([id, delta]) => {
    const before = readExposure(state, id);
    const grown: ExposureState = { ...before, ...addFigures(before, delta) };
    const alerts = id === 'fund' ? alertsOf(grown, charter, paidInFen) : [];
    const after: ExposureState = { ...grown, ...judge(id, grown, charter, paidInFen), alerts };
    return { id, before, after };
  });
  return {
    changes: turns.map(({ id, after }) => ({ type: 'exposure', id, state: after })),
    entries: turns.flatMap(({ id, before, after }) => turned(id, before, after, charter, paidInFen, today)),
  };
};

const alertsOf = (figures: Figures, charter: CompensationCharter, paidInFen: bigint): readonly string[] =>
  readCoverage(figures, charter, paidInFen).flatMap(({ exceeded, limit }) => (exceeded ? [limitName(limit)] : []));

/** The entries of what has turned in one scope. */
export const turned = (
  id: string,
  before: ExposureState,
  after: ExposureState,
  charter: CompensationCharter,
  paidInFen: bigint,
  today: BusinessDate,
): readonly EntryDraft[] => {
  const about = { businessDate: today, links: { exposure: id }, digests: [exposureDigest(id, after)] };
  const ratios = readBreakers(id, after, charter, paidInFen).map((r) => [r.rule.measure, ratioText(r)]);
  return [
    ...(after.status === before.status
      ? []
      : [
          {
            ...about,
            type: `breaker.${after.status}`,
            summary: `${id} ${STATUS_NAMES[after.status]}`,
            facts: { before: before.status, ...Object.fromEntries(ratios) },
          },
        ]),
    ...(after.alerts.join(' ') === before.alerts.join(' ')
      ? []
      : [
          {
            ...about,
            type: after.alerts.length === 0 ? 'coverage.eased' : 'coverage.alerted',
            summary: after.alerts.length === 0 ? '在保规模回到限额内' : `在保规模超限 ${after.alerts.join(' ')}`,
            facts: { outstandingFen: String(after.outstandingFen), paidInFen: String(paidInFen) },
          },
        ]),
  ];
};

/**
 * Nothing new is filed while a breaker is open: of the fund, the bank or the district. Breakers are read by the rules of
 * today, so that an amendment that tightens them holds at once.
 * @throws NEW_FILINGS_STOPPED
 */
export const requireOpen = (state: Snapshot, charter: CompensationCharter, scopes: readonly string[]): void => {
  for (const id of scopes) {
    const exposure = readExposure(state, id);
    const { status } = judge(id, exposure, charter, state.head.paidInFen);
    if (!isClosed(status)) continue;
    const ratios = readBreakers(id, exposure, charter, state.head.paidInFen).map((r) => [r.rule.measure, ratioText(r)]);
    throw new FundError('NEW_FILINGS_STOPPED', { scope: id, status, ...Object.fromEntries(ratios) });
  }
};

/** Refuses cover beyond a limit that blocks. @throws COVERAGE_LIMIT_REACHED */
export const requireRoom = (state: Snapshot, charter: CompensationCharter, delta: Figures): void => {
  const figures = addFigures(readExposure(state, 'fund'), delta);
  for (const { limit, exceeded, measuredFen, capitalFen } of readCoverage(figures, charter, state.head.paidInFen)) {
    if (!exceeded || limit.action !== 'block') continue;
    throw new FundError('COVERAGE_LIMIT_REACHED', {
      limit: limitName(limit),
      max: limit.max,
      measuredFen: String(measuredFen),
      capitalFen: String(capitalFen),
    });
  }
};
