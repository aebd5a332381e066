import type { BusinessDate } from '../calendar.ts';

/** One enterprise or team as one fund knows it. */
export interface EnterpriseState {
  readonly kind: 'company' | 'team';
  readonly name: string;
  readonly establishedOn: BusinessDate;
  /** Principal applied for, approved or owed, in fen: what the limit per enterprise is held against. */
  readonly exposureFen: bigint;
  /** The company a team became. */
  readonly successor?: string;
}

/** Who bears a name, or one that looks the same. Its id is the hash of the name's skeleton. */
export interface NameState {
  readonly enterpriseId: string;
}
