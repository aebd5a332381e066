import { CHART_OF_ACCOUNTS, isAccount } from '#shared/domain/book/accounts.ts';
import type { Snapshot } from '#shared/domain/book/decision.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { guidanceRules } from '#shared/domain/charter/charter.ts';
import { type GuidanceCharter, TIMERS } from '#shared/domain/charter/guidance.ts';
import { ref } from '#shared/domain/entities.ts';
import { readPortfolio } from '#shared/domain/equity/stake.ts';
import { idleMoney } from '#shared/domain/guidance/idle.ts';
import { limitBaseFen } from '#shared/domain/guidance/limits.ts';
import { paidInFen, totalOf, unreturnedFen } from '#shared/domain/guidance/partner.ts';
import { partnersOf } from '#shared/domain/guidance/partners-of.ts';
import { returnInvestmentOf } from '#shared/domain/guidance/return-investment.ts';
import { multiplesOf } from '#shared/domain/measures/multiples.ts';
import { type DatedFlow, xirr } from '#shared/domain/measures/xirr.ts';
import { sumFen } from '#shared/domain/money.ts';
import { partOf } from '#shared/domain/rate.ts';
import type { Ledger } from './ports.ts';
import { latestCharterOf } from './read.ts';
import type { AccountBalance, Reader } from './reading.ts';
import { snapshotOf } from './snapshot.ts';

/** A guidance fund as it stands: its rules, and all its figures. */
interface Standing {
  readonly charter: GuidanceCharter;
  readonly state: Snapshot;
}

/** @throws CHARTER_NOT_IN_FORCE, INSTRUMENT_FORBIDDEN for another kind of fund */
const standingOf = async (ledger: Ledger, fundId: string): Promise<Standing> => {
  const charter = guidanceRules(await latestCharterOf(ledger, fundId), 'report');
  const loaded = await ledger.load(fundId, [
    ref('portfolio', 'all'),
    ref('capital', 'all'),
    ref('return-investment', 'all'),
    ref('management-fee', 'all'),
    ref('suspension', 'all'),
    ...TIMERS.map((timer) => ref('timer', timer)),
    ...charter.capital.contributors.map((c) => ref('partner', c.id)),
  ]);
  return { charter, state: snapshotOf(loaded) };
};

/** What a report is: plain values by name. */
type Report = Readonly<Record<string, unknown>>;

/** Limits with what they are parts of, sectors, time limits and whether investing is suspended, as of now. */
export const portfolioReport = async (ledger: Ledger, fundId: string): Promise<Report> => {
  const { charter, state } = await standingOf(ledger, fundId);
  const baseFen = limitBaseFen(state, charter);
  const { sectors, exposureFen, costFen } = readPortfolio(state);
  const { limits, mandate } = charter;
  return {
    asOfSeq: state.head.seq,
    limitBase: limits.base,
    baseFen,
    exposureFen,
    costFen,
    singleInvesteeMaxFen: partOf(baseFen, limits.singleInvestee),
    sectors: mandate.sectors.map(({ id, name, max }) => ({
      id,
      name,
      exposureFen: sectors[id] ?? 0n,
      maxFen: max === null ? null : partOf(baseFen, max),
    })),
    outsideFen: sumFen(
      Object.entries(sectors).flatMap(([id, fen]) => (mandate.sectors.some((s) => s.id === id) ? [] : [fen])),
    ),
    suspension: state.read('suspension', 'all') ?? { status: 'lifted', events: [] },
    timers: TIMERS.flatMap((timer) => {
      const found = state.read('timer', timer);
      return found === undefined ? [] : [{ timer, ...found }];
    }),
    managementFeeOwedFen: state.read('management-fee', 'all')?.owedFen ?? 0n,
  };
};

/** How the fund stands with what must be invested in the zone (返投). */
export const returnInvestmentReport = async (ledger: Ledger, fundId: string): Promise<Report> => {
  const { charter, state } = await standingOf(ledger, fundId);
  const { ratio, base } = charter.returnInvestment;
  return { asOfSeq: state.head.seq, ratio, base, ...returnInvestmentOf(state, charter) };
};

/** What each partner has promised, paid in and got, what is owed to it, and what of its money lies idle. */
export const partnersReport = async (ledger: Ledger, fundId: string, asOf: BusinessDate): Promise<Report> => {
  const { charter, state } = await standingOf(ledger, fundId);
  const partners = partnersOf(state, charter);
  const idle = idleMoney(partners, state.head.bankFen, asOf);
  const capital = state.read('capital', 'all')?.contributors ?? [];
  return {
    asOfSeq: state.head.seq,
    partners: [...partners].map(([id, partner]) => ({
      contributor: id,
      committedFen: capital.find((c) => c.id === id)?.committedFen ?? 0n,
      calledFen: capital.find((c) => c.id === id)?.calledFen ?? 0n,
      paidInFen: paidInFen(partner),
      unreturnedFen: unreturnedFen(partner),
      distributedFen: sumFen(partner.distributed.map(totalOf)),
      owedFen: partner.owedFen,
      escrowFen: partner.escrowFen,
      idle: idle.find((i) => i.contributor === id),
    })),
  };
};

/**
 * DPI, RVPI, TVPI and the partners' yearly rate as of a business date, with the net assets of the trial balance: holdings
 * at cost until they are valued, receivables, and what is owed.
 */
export const performanceReport = async (
  ledger: Ledger,
  reader: Reader,
  fundId: string,
  asOf: BusinessDate,
): Promise<Report> => {
  const { charter, state } = await standingOf(ledger, fundId);
  const partners = [...partnersOf(state, charter).values()];
  const paidIn = partners.flatMap((p) => p.paidIn).filter((f) => f.on <= asOf);
  const distributed = partners
    .flatMap((p) => p.distributed.map((d) => ({ on: d.on, amountFen: totalOf(d) })))
    .filter((f) => f.on <= asOf);
  // Asked before the balances, which then are as far as it says, or further.
  const viewsSeq = await reader.watermark(fundId);
  const navFen = netAssetsFen(await reader.trialBalance(fundId, asOf));
  const flows: readonly DatedFlow[] = [
    ...paidIn.map(({ on, amountFen }) => ({ on, amountFen: -amountFen })),
    ...distributed,
    { on: asOf, amountFen: navFen },
  ];
  const figures = { paidInFen: sumOf(paidIn), distributedFen: sumOf(distributed), navFen };
  return {
    asOfSeq: state.head.seq,
    viewsSeq,
    asOf,
    ...figures,
    ...multiplesOf(figures),
    xirr: xirr(flows),
  };
};

const sumOf = (flows: readonly { readonly amountFen: bigint }[]): bigint => sumFen(flows.map((f) => f.amountFen));

/** Assets less liabilities of a trial balance, in fen. */
const netAssetsFen = (accounts: readonly AccountBalance[]): bigint =>
  sumFen(
    accounts.map(({ account, debitFen, creditFen }) => {
      const kind = isAccount(account) ? CHART_OF_ACCOUNTS[account].class : undefined;
      return kind === 'asset' || kind === 'liability' ? debitFen - creditFen : 0n;
    }),
  );
