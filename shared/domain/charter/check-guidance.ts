import type { Fraction } from '../rate.ts';
import { parseRate, rateAtLeast } from '../rate.ts';
import type { GuidanceCharter, WaterfallTerms } from './guidance.ts';

type Fail = (reason: string) => never;

/** What a schema cannot say of a guidance fund's rules. `fail` throws CHARTER_INVALID. */
export const checkGuidance = (charter: GuidanceCharter, fail: Fail): void => {
  checkParties(charter, fail);
  checkInstruments(charter, fail);
  checkWaterfall(charter.waterfall, fail);
  const { mandate, limits, term, timers, returnInvestment, keyPersons } = charter;
  const fractions = [
    mandate.minInSectors,
    limits.singleInvestee,
    limits.shareOfInvestee,
    limits.shareOfSubFund,
    ...mandate.sectors.flatMap((s) => (s.max === null ? [] : [s.max])),
  ];
  if (!fractions.every(isPart)) fail('a limit is not in (0, 1]');
  requireDistinct(mandate.sectors, (s) => s.id, 'a sector is listed twice', fail);
  requireDistinct(keyPersons, (p) => p.id, 'a key person is listed twice', fail);
  requireDistinct(returnInvestment.kinds, (k) => k.id, 'a kind of recognition is listed twice', fail);
  requireDistinct(timers, (t) => t.timer, 'a timer is listed twice', fail);
  if (timers.some((t) => t.alertDays.some((day, i) => day <= (t.alertDays[i - 1] ?? 0)))) fail('alert days must rise');
  if (term.investmentYears > term.fundYears) fail('the investment period is longer than the fund');
  if (term.beginsOn < term.planConfirmedOn) fail('the fund begins before its plan was confirmed');
};

const checkParties = ({ parties, capital, waterfall }: GuidanceCharter, fail: Fail): void => {
  const known = new Set(capital.contributors.map((c) => c.id));
  const named = [parties.manager, ...parties.government, ...(waterfall.concession?.to ?? []).map((t) => t.contributor)];
  if (!named.every((id) => known.has(id))) fail('a party is no contributor');
  if (parties.government.includes(parties.manager)) fail('the manager cannot be the government');
  requireDistinct(parties.government, (id) => id, 'a government contributor is listed twice', fail);
  const receivers = waterfall.concession?.to ?? [];
  if (receivers.some((r) => parties.government.includes(r.contributor))) fail('a concession goes to others');
  requireDistinct(receivers, (r) => r.contributor, 'a concession names a contributor twice', fail);
};

const checkInstruments = ({ instruments }: GuidanceCharter, fail: Fail): void => {
  const { allowed, forbidden, disguisedDebt } = instruments;
  requireDistinct(forbidden, (f) => f.instrument, 'an instrument is forbidden twice', fail);
  if (forbidden.some((f) => allowed.some((a) => a === f.instrument)))
    fail('an instrument is both allowed and forbidden');
  if (disguisedDebt.opinionFrom > disguisedDebt.refusedFrom) fail('an opinion would come too late');
};

const ONE = parseRate('1');

const checkWaterfall = ({ carry, catchUp, escrow, concession }: WaterfallTerms, fail: Fail): void => {
  const [carried, caughtUp] = [parseRate(carry), parseRate(catchUp)];
  if (rateAtLeast(carried, ONE)) fail('the carry must be below 1');
  if (caughtUp.units !== 0n && rateAtLeast(carried, caughtUp)) fail('a catch-up must be above the carry');
  for (const rate of [catchUp, escrow, concession?.fraction ?? '0'])
    if (!rateAtLeast(ONE, parseRate(rate))) fail('a part is above 1');
};

const isPart = ({ numerator, denominator }: Fraction): boolean => 0 < numerator && numerator <= denominator;

const requireDistinct = <T>(all: readonly T[], name: (one: T) => string, reason: string, fail: Fail): void => {
  if (new Set(all.map(name)).size !== all.length) fail(reason);
};
