import { guidanceClaims, type HoldingCaps } from '../../holdings.ts';
import { broken } from '../../story/facts.ts';
import { demand, type Rule } from './rules.ts';

/** A guidance fund's costs, places and partners are right, and its limits hold. */
export const holdings =
  (caps: HoldingCaps): Rule =>
  (books) => {
    if (books.head === undefined) return;
    const [first] = broken(guidanceClaims(books, books.head, caps));
    demand(first === undefined, first ?? '');
  };
