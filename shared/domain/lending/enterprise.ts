import type { BusinessDate } from '../calendar.ts';
import type { GradeState } from '../guarantee/grade.ts';

/** One enterprise or team as one fund knows it. */
export interface EnterpriseState {
  readonly kind: 'company' | 'team';
  readonly name: string;
  /** Known of those that have applied themselves. */
  readonly establishedOn?: BusinessDate;
  /** Principal applied for, approved, owed or covered, in fen: what the limit per enterprise is held against. */
  readonly exposureFen: bigint;
  /** Compensation claimed or paid for it over all its loans, in fen: what the cumulative cap is held against. */
  readonly compensatedFen?: bigint;
  readonly grade?: GradeState;
  /** The company a team became. */
  readonly successor?: string;
  /** The mandate sector it belongs to, where the fund has sectors. */
  readonly sector?: string;
  /** What the fund has in it as an owner. */
  readonly equity?: Stake;
}

/** An owner's part of one enterprise, of all classes together. */
export interface Stake {
  /** Proposed, approved or held at cost, and for a partnership what is committed and not called yet, in fen. */
  readonly exposureFen: bigint;
  /** Proposed, approved or held, in millionths of a share. */
  readonly quantity: bigint;
}

/** Who bears a name, or one that looks the same. Its id is the hash of the name's skeleton. */
export interface NameState {
  readonly enterpriseId: string;
}
