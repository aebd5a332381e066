import type { BusinessDate } from '../calendar.ts';

/** A committee member lets another person vote in their stead, from one day to another, both included. */
export interface Delegation {
  readonly from: string;
  readonly to: string;
  readonly firstDay: BusinessDate;
  readonly lastDay: BusinessDate;
}

/** The delegations of one fund that have not run out. */
export interface DelegationsState {
  readonly delegations: readonly Delegation[];
}
