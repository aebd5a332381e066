import fc from 'fast-check';
import { charterWith, createWorld, forkOf, found, fundWith, seedCharter, type World } from '../world.ts';

/** Choices a charter makes that change what happens. */
export interface RuleChoices {
  readonly presentValue: boolean;
  readonly series: boolean;
  readonly equityAccount: '2711' | '4001';
  readonly penaltyFirst: boolean;
  readonly penaltyDailyRate: '0' | '0.0005' | '0.0033';
  readonly noticeWorkingDays: 0 | 2;
  readonly committee: boolean;
  readonly twoApprovals: boolean;
  readonly provision: boolean;
  readonly cityWeight: 1 | 40;
}

const PLAIN: RuleChoices = {
  presentValue: false,
  series: false,
  equityAccount: '2711',
  penaltyFirst: false,
  penaltyDailyRate: '0.0005',
  noticeWorkingDays: 2,
  committee: true,
  twoApprovals: false,
  provision: true,
  cityWeight: 40,
};

/** A handful of charters that between them have every choice made both ways; few, so that their offices are founded once. */
export const ruleChoices: fc.Arbitrary<RuleChoices> = fc.constantFrom<RuleChoices>(
  { ...PLAIN, committee: false, noticeWorkingDays: 0 },
  PLAIN,
  { ...PLAIN, presentValue: true, series: true, twoApprovals: true },
  { ...PLAIN, presentValue: true, penaltyFirst: true, committee: false, penaltyDailyRate: '0.0033' },
  { ...PLAIN, equityAccount: '4001', series: true, noticeWorkingDays: 0, provision: false, cityWeight: 1 },
  { ...PLAIN, penaltyFirst: true, committee: false, twoApprovals: true, penaltyDailyRate: '0', provision: false },
);

const NO_PROVISION = { normal: '0', specialMention: '0', substandard: '0', doubtful: '0', loss: '0' };

/** A seed fund's charter with these choices made. */
export const rulesWith = (choices: RuleChoices, version = 1, effectiveFrom = '2017-01-01'): typeof seedCharter =>
  charterWith({
    version,
    effectiveFrom,
    capital: {
      contributors: seedCharter.capital.contributors.map((c) =>
        c.id === 'city' ? { ...c, weight: choices.cityWeight } : c,
      ),
    },
    authority: seedCharter.authority.map((tier) => ({
      ...tier,
      committee: tier.committee && choices.committee,
      noticeWorkingDays: tier.subject === 'loan' ? choices.noticeWorkingDays : 0,
      finalApprovals:
        tier.subject === 'loan' && choices.twoApprovals
          ? [...tier.finalApprovals, { role: 'finance-bureau', count: 1 }]
          : tier.finalApprovals,
    })),
    lending: {
      minTermMonths: 1,
      penaltyDailyRate: choices.penaltyDailyRate,
      repaymentOrder: choices.penaltyFirst ? 'penalty-first' : 'principal-first',
      extension: { maxTimes: 2, maxMonths: 12 },
    },
    accounting: {
      equityAccount: choices.equityAccount,
      voucherTypes: choices.series ? 'receipt-payment-transfer' : 'single',
      measurement: choices.presentValue ? { kind: 'present-value', annualRate: '0.0425' } : { kind: 'nominal' },
      ...(choices.provision ? {} : { provision: NO_PROVISION }),
    },
  });

const founded = new Map<string, World>();

/** An office with a fund under these rules and 500万 paid in; the same one every time, as it was on its first day. */
export const officeUnder = async (choices: RuleChoices): Promise<World> => {
  const key = JSON.stringify(choices);
  const known = founded.get(key);
  if (known !== undefined) return forkOf(known);
  const world = createWorld();
  await found(world, rulesWith(choices));
  await fundWith(world, 500_000_000n);
  founded.set(key, world);
  return forkOf(world);
};
