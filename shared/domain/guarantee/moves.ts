import type { Decision, EntityChange, Rules, Snapshot } from '../book/decision.ts';
import type { Digest, EntryDraft } from '../book/entry.ts';
import { poolProvisionMoved } from '../book/templates-guarantee.ts';
import type { Line } from '../book/voucher.ts';
import type { BusinessDate } from '../calendar.ts';
import { coverRules } from '../charter/charter.ts';
import type { CompensationCharter } from '../charter/compensation.ts';
import { ref } from '../entities.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { readEnterprise } from '../lending/hold.ts';
import {
  addedIn,
  addFigures,
  type Figures,
  figuresOfFiling,
  mergeDeltas,
  NOTHING,
  subtractFigures,
} from './exposure.ts';
import { coverFen, type FilingEdge, type FilingState, filingMachine, placeFen } from './filing.ts';
import { watch } from './watch.ts';

/** A filing's step from one state to the next; `before` is absent when it is new. */
export interface Move {
  readonly filingId: string;
  readonly before: FilingState | undefined;
  readonly after: FilingState;
  /** Absent when the filing is new. */
  readonly edge?: FilingEdge;
  /** The enterprise where it was read or changed already. */
  readonly enterprise?: EnterpriseState;
  readonly entry: Omit<EntryDraft, 'businessDate' | 'links' | 'digests' | 'lines'>;
  /** The borrower's name, for a filing that is new. */
  readonly borrower?: string;
  /** What changes beside the filing itself. */
  readonly figures?: Figures;
  /** How the booked provision moves, where not through the loss account. */
  readonly provisionLines?: (movedFen: bigint) => readonly Line[];
}

/** The rules a filing was made under. */
export const rulesOf = (rules: Rules, filing: { readonly charterVersion: number }): CompensationCharter =>
  coverRules(rules.version(filing.charterVersion));

/** The expected loss of a filing as far as it is booked, in fen. */
export const bookedFen = (filing: FilingState | undefined, charter: CompensationCharter): bigint =>
  filing !== undefined && charter.accounting.bookProvision ? filing.provisionFen : 0n;

/**
 * Everything a filing's step entails, by difference of before and after: its place under the enterprise's limit, the fund's
 * cover, the figures of fund, bank and district with their breakers (a loan filed again may be in another district), and the
 * booked provision. There is no other way to change a filing, so the sums hold whatever the order of steps.
 */
export const moveFiling = (state: Snapshot, rules: Rules, move: Move, today: BusinessDate): Decision => {
  const { filingId, before, after, edge, entry } = move;
  const charter = rulesOf(rules, after);
  const charterBefore = rulesOf(rules, before ?? after);
  const deltas = mergeDeltas(
    addedIn(before ?? after, subtractFigures(NOTHING, figuresOfFiling(before, charterBefore))),
    addedIn(after, addFigures(figuresOfFiling(after, charter), move.figures ?? NOTHING)),
  );
  state.foresee([ref('enterprise', after.enterpriseId), ...[...deltas.keys()].map((id) => ref('exposure', id))]);
  const watched = watch(state, rules, deltas, today);
  const movedFen = bookedFen(after, charter) - bookedFen(before, charterBefore);
  const lines = move.provisionLines?.(movedFen) ?? poolProvisionMoved(movedFen, after.bankId);
  return {
    entries: [
      {
        ...entry,
        businessDate: today,
        ...(lines.length === 0 ? {} : { lines }),
        links: { filing: filingId, enterprise: after.enterpriseId, bank: after.bankId },
        digests: [filingDigest(filingId, after, move.borrower)],
      },
      ...watched.entries,
    ],
    changes: [
      {
        type: 'filing',
        id: filingId,
        state: after,
        ...(edge === undefined ? {} : { priorStatuses: filingMachine.edges[edge].from }),
      },
      ...placeChange(state, move),
      ...watched.changes,
    ],
    head: { coveredFen: coverFen(after) - coverFen(before) },
  };
};

/** The enterprise's exposure moves with its filings. */
const placeChange = (state: Snapshot, { before, after, enterprise }: Move): readonly EntityChange[] => {
  const movedFen = placeFen(after) - placeFen(before);
  if (movedFen === 0n && enterprise === undefined) return [];
  const known = enterprise ?? readEnterprise(state, after.enterpriseId);
  const exposureFen = known.exposureFen + movedFen;
  return [{ type: 'enterprise', id: after.enterpriseId, state: { ...known, exposureFen } }];
};

/** What lists show of a filing; its bank sees it, no other does. */
export const filingDigest = (id: string, filing: FilingState, borrower?: string): Digest => ({
  type: 'filing',
  id,
  owner: filing.bankId,
  fields: {
    status: filing.status,
    grade: filing.grade,
    outstandingFen: String(filing.outstandingFen),
    maturesOn: filing.maturesOn,
    overdueSince: filing.overdueSince ?? '',
    ...(borrower === undefined
      ? {}
      : {
          bank: filing.bankId,
          borrower,
          contract: filing.contractNumber,
          product: filing.product,
          coveredFen: String(filing.coveredFen),
          uncoveredFen: String(filing.uncoveredFen),
        }),
  },
});
