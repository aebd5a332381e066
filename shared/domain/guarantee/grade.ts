import type { BusinessDate } from '../calendar.ts';
import type { Facts } from './scoring.ts';

/** What an enterprise's grading came to (知识价值信用等级), and from what. The explanation is in its entry, and follows from this. */
export interface GradeState {
  /** Version of the charter whose model gave it. */
  readonly charterVersion: number;
  readonly facts: Facts;
  /** The day the facts are of. */
  readonly factsOn: BusinessDate;
  /** The first day the enterprise was graded on at all: no earlier loan was graded before it was made. */
  readonly firstOn: BusinessDate;
  readonly gradedOn: BusinessDate;
  readonly expiresOn: BusinessDate;
  /** In hundredths of a point. */
  readonly hundredths: number;
  readonly grade: string | null;
  readonly limitFen: bigint;
}
