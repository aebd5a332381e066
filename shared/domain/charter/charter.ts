import { FundError } from '#shared/errors/fund-error.ts';
import type { CompensationCharter } from './compensation.ts';
import type { GuidanceCharter } from './guidance.ts';
import type { SeedCharter } from './seed.ts';
import type { FundKind } from './subjects.ts';

/** One version of a fund's rules, by kind of fund. */
export type Charter = SeedCharter | GuidanceCharter | CompensationCharter;

type CharterOf<Kind extends FundKind> = Extract<Charter, { readonly kind: Kind }>;

const isOfKind = <Kind extends FundKind>(charter: Charter, kind: Kind): charter is CharterOf<Kind> =>
  charter.kind === kind;

/** The clause that keeps a fund from an instrument; where none names it, the rules that do not mention it. */
const clauseOn = (charter: Charter, instrument: string): string =>
  (charter.kind === 'guidance'
    ? charter.instruments.forbidden.find((f) => f.instrument === instrument)?.clause
    : undefined) ?? charter.documentNumber;

/**
 * Keeps a fund from an instrument.
 * @throws INSTRUMENT_FORBIDDEN with the clause
 */
export const forbid = (charter: Charter, instrument: string, reason?: string): never => {
  throw new FundError('INSTRUMENT_FORBIDDEN', {
    instrument,
    fundKind: charter.kind,
    clause: clauseOn(charter, instrument),
    ...(reason === undefined ? {} : { reason }),
  });
};

/**
 * The rules of an instrument that one kind of fund may use, and no other: a loan of a guidance fund, say, is refused here.
 * @throws INSTRUMENT_FORBIDDEN with the clause
 */
const rulesFor = <Kind extends FundKind>(charter: Charter, kind: Kind, instrument: string): CharterOf<Kind> =>
  isOfKind(charter, kind) ? charter : forbid(charter, instrument);

/** The rules of a seed fund, for one of its instruments. @throws INSTRUMENT_FORBIDDEN */
export const seedRules = (charter: Charter, instrument: string): SeedCharter => rulesFor(charter, 'seed', instrument);

/** The rules of a guidance fund's investments. @throws INSTRUMENT_FORBIDDEN */
export const guidanceRules = (charter: Charter, instrument: string): GuidanceCharter =>
  rulesFor(charter, 'guidance', instrument);

/** The rules of a seed fund's loans. @throws INSTRUMENT_FORBIDDEN */
export const loanRules = (charter: Charter): SeedCharter => seedRules(charter, 'loan');

/** The rules of covering banks' loans. @throws INSTRUMENT_FORBIDDEN */
export const coverRules = (charter: Charter): CompensationCharter => rulesFor(charter, 'risk-compensation', 'cover');
