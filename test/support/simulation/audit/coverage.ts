import { isClosed } from '#shared/domain/guarantee/breaker.ts';
import type { ExposureState } from '#shared/domain/guarantee/exposure.ts';
import { type Caps, coverageClaims } from '../../coverage.ts';
import { broken } from '../../story/facts.ts';
import { demand, type Rule } from './rules.ts';

/** A risk-compensation fund's figures, caps and payments are right, and what a breaker has closed takes on no more. */
export const coverage = (caps: Caps): Rule => {
  const before = new Map<string, ExposureState>();
  return (books, { entities }) => {
    if (books.head === undefined) return;
    const [first] = broken(coverageClaims(books, books.head, caps));
    demand(first === undefined, first ?? '');
    for (const entity of entities) {
      if (entity.type !== 'exposure') continue;
      const was = before.get(entity.id);
      const grown = was !== undefined && entity.state.outstandingFen > was.outstandingFen;
      demand(!grown || !isClosed(was.status), `${entity.id} is ${was?.status} and takes on more`);
      before.set(entity.id, entity.state);
    }
  };
};
