import type { Decision, EntityChange } from '../book/decision.ts';
import type { EntryDraft } from '../book/entry.ts';

/** What an approved, or given up, case does beside changing its own state. */
export interface Effect {
  readonly changes?: readonly EntityChange[];
  readonly head?: NonNullable<Decision['head']>;
  readonly entry?: Partial<Pick<EntryDraft, 'lines' | 'links' | 'digests'>>;
  /** Further entries, of what turns with it. */
  readonly also?: readonly EntryDraft[];
}

/** As {@link Effect}; `carriedOut`: nothing is left to do, the case is done. */
export interface ApprovalEffect extends Effect {
  readonly carriedOut: boolean;
}
