import { formatYuan, maxFen, minFen, sumFen } from '#shared/domain/money.ts';
import type { Article } from '../portfolio/portfolio.ts';
import type { Check } from './checks.ts';
import type { FundFacts } from './facts.ts';
import type { CoverFacts, FilingFacts, GuidanceFacts, LimitFacts, RegisterFacts } from './system-facts.ts';

/** The register, the two risk-compensation funds, and the guidance funds. */
export interface SystemFacts {
  readonly register: RegisterFacts;
  readonly knowledgeValue: CoverFacts;
  readonly smallBusiness: CoverFacts;
  readonly guidance: readonly GuidanceFacts[];
}

/** What the article says beside the seed fund, held against the books as of the article's date. */
export const systemChecks = (facts: SystemFacts, article: Article): readonly Check[] => [
  ...registerChecks(facts.register, article),
  ...knowledgeValueChecks(facts, article),
  ...smallBusinessChecks(facts, article),
  ...guidanceArticleChecks(facts.guidance, article),
];

const registerChecks = (facts: RegisterFacts, { asOf, zone }: Article): readonly Check[] => {
  const banks = facts.banks.filter((b) => b.since <= asOf && b.status === 'recognised');
  const products = new Set(banks.flatMap((b) => b.products.split('；')));
  const entries = facts.entries.filter((e) => e.businessDate <= asOf);
  const listed = new Set(entries.flatMap((e) => (e.type === 'firm.listed' ? [e.links.enterprise] : [])));
  const namedListed = facts.firms.some((f) => f.name === zone.namedListedFirm && listed.has(f.id));
  const raising = facts.firms.find((f) => f.name === zone.raisingFirm);
  const raisedBy = entries.some((e) => e.type === 'firm.raised' && e.links.enterprise === raising?.id);
  const [raisedFen, valuationFen] = [raising?.raisedFen ?? 0n, raising?.valuationFen ?? 0n];
  return [
    {
      id: 'demonstration-banks',
      holds: banks.length === zone.demonstrationBanks && zone.products.every((p) => products.has(p)),
      zh: `科技金融示范银行 ${banks.length} 家，产品 ${[...products].join('、')}`,
      en: `${banks.length} demonstration banks with ${[...products].join(', ')}`,
    },
    {
      id: 'listed-firms',
      holds: listed.size === zone.listedFirms && namedListed,
      zh: `截至 ${asOf} OTC 挂牌企业 ${listed.size} 家，含${zone.namedListedFirm}`,
      en: `by ${asOf} ${listed.size} enterprises listed over the counter, ${zone.namedListedFirm} among them`,
    },
    {
      id: 'venture-round',
      holds: raisedBy && raisedFen === zone.raisedFen && valuationFen === zone.valuationFen,
      zh: `${zone.raisingFirm}融资 ${formatYuan(raisedFen)}，估值 ${formatYuan(valuationFen)}`,
      en: `${zone.raisingFirm} raised ${formatYuan(raisedFen)} at a value of ${formatYuan(valuationFen)}`,
    },
  ];
};

const knowledgeValueChecks = (
  { register, knowledgeValue: { fund, grades, filings, coverage } }: SystemFacts,
  { asOf, knowledgeValue: said }: Article,
): readonly Check[] => {
  const graded = grades.filter((g) => g.gradedOn <= asOf && g.limitFen > 0n);
  const limitsFen = sumFen(graded.map((g) => g.limitFen));
  const [firstFen = 0n] = graded.map((g) => g.limitFen);
  const smallestFen = graded.reduce((least, g) => minFen(least, g.limitFen), firstFen);
  const largestFen = graded.reduce((most, g) => maxFen(most, g.limitFen), firstFen);
  const technology = technologyOf(register);
  const lent = confirmedBy(filings, asOf);
  const borrowers = new Set(lent.map((f) => f.enterprise));
  const lentFen = lentOf(lent);
  return [
    capitalCheck('kv-capital', fund, asOf, said),
    {
      id: 'graded-enterprises',
      holds:
        graded.length === said.gradedEnterprises &&
        limitsFen > said.limitsAboveFen &&
        smallestFen === said.limitMinFen &&
        largestFen === said.limitMaxFen &&
        graded.every((g) => technology.has(g.id)),
      zh: `科技型企业评级 ${graded.length} 家，额度 ${formatYuan(smallestFen)} 至 ${formatYuan(largestFen)}，总授信 ${formatYuan(limitsFen)}（超过 ${formatYuan(said.limitsAboveFen)}）`,
      en: `${graded.length} technology enterprises graded, limits ${formatYuan(smallestFen)} to ${formatYuan(largestFen)}, ${formatYuan(limitsFen)} together (above ${formatYuan(said.limitsAboveFen)})`,
    },
    {
      id: 'knowledge-value-loans',
      holds:
        borrowers.size === said.borrowers &&
        lentFen === said.lentFen &&
        lentFen === disbursedOf(coverage) &&
        [...borrowers].every((id) => graded.some((g) => g.id === id)),
      zh: `截至 ${asOf} ${borrowers.size} 家企业贷款 ${formatYuan(lentFen)} 元，均在评级之后`,
      en: `by ${asOf} ${borrowers.size} enterprises were lent ${formatYuan(lentFen)} yuan, each of them graded`,
    },
  ];
};

const smallBusinessChecks = (
  { register, smallBusiness: { fund, filings, coverage, limits } }: SystemFacts,
  { asOf, smallBusiness: said }: Article,
): readonly Check[] => {
  const lent = confirmedBy(filings, asOf);
  const technology = technologyOf(register);
  const ofTechnology = lent.filter((f) => technology.has(f.enterprise));
  const [lentFen, technologyFen] = [lentOf(lent), lentOf(ofTechnology)];
  const byAmount = roundedPercent(technologyFen, lentFen);
  const byLoans = roundedPercent(BigInt(ofTechnology.length), BigInt(lent.length));
  return [
    capitalCheck('sme-capital', fund, asOf, said),
    {
      id: 'small-business-loans',
      holds: lent.length === said.loans && lentFen === said.lentFen && lentFen === disbursedOf(coverage),
      zh: `截至 ${asOf} 累计备案 ${lent.length} 笔、${formatYuan(lentFen)} 元`,
      en: `by ${asOf} ${lent.length} loans filed, ${formatYuan(lentFen)} yuan`,
    },
    {
      id: 'technology-share',
      holds: byAmount === said.technologyPercent && byLoans === said.technologyPercent,
      zh: `其中科技型企业 ${ofTechnology.length} 笔、${formatYuan(technologyFen)} 元：按笔数 ${byLoans}%，按金额 ${byAmount}%`,
      en: `technology enterprises: ${ofTechnology.length} of them, ${formatYuan(technologyFen)} yuan; ${byLoans}% by number, ${byAmount}% by amount`,
    },
    limitCheck(limits, lent, said),
  ];
};

/** The limit was raised, loans above the old one were made afterwards, and none was ever above that of its time. */
const limitCheck = (
  limits: readonly LimitFacts[],
  lent: readonly FilingFacts[],
  said: Article['smallBusiness'],
): Check => {
  const periods = limits.map(({ effectiveFrom, perEnterpriseFen }, i) => {
    const until = limits[i + 1]?.effectiveFrom ?? '9999-12-31';
    const largestFen = lent
      .filter((f) => effectiveFrom <= f.confirmedOn && f.confirmedOn < until)
      .reduce((most, f) => maxFen(most, f.coveredFen), 0n);
    return { effectiveFrom, perEnterpriseFen, largestFen };
  });
  const [before, after] = periods;
  const shown = (largest: string) =>
    periods
      .map((p) => `${p.effectiveFrom} ${formatYuan(p.perEnterpriseFen)} (${largest} ${formatYuan(p.largestFen)})`)
      .join(' → ');
  return {
    id: 'limit-raised',
    holds:
      before?.perEnterpriseFen === said.limitBeforeFen &&
      after?.perEnterpriseFen === said.limitAfterFen &&
      after.largestFen > before.perEnterpriseFen &&
      periods.every((p) => 0n < p.largestFen && p.largestFen <= p.perEnterpriseFen),
    zh: `单户限额 ${shown('最大一笔')}`,
    en: `limit per enterprise ${shown('largest loan')}`,
  };
};

const guidanceArticleChecks = (
  funds: readonly GuidanceFacts[],
  { asOf, guidance: said }: Article,
): readonly Check[] => {
  const sizes = funds.map(({ fund }) => ({
    id: fund.fundId,
    committedFen: sumFen(fund.contributors.map((c) => c.committedFen)),
  }));
  const bought = funds.flatMap((f) => f.acquisitions).filter((a) => a.registeredOn !== '' && a.registeredOn <= asOf);
  const held = new Set(funds.flatMap((f) => f.holdings.filter((h) => h.costFen > 0n).map((h) => h.enterprise)));
  const investees = new Set(bought.map((a) => a.enterprise).filter((id) => held.has(id)));
  const named = said.namedInvestees.filter((name) => bought.some((a) => a.name === name));
  const shown = sizes.map((s) => `${s.id} ${formatYuan(s.committedFen)}`).join(', ');
  return [
    {
      id: 'guidance-funds',
      holds: said.funds.every((id) => sizes.some((s) => s.id === id && s.committedFen === said.totalFen)),
      zh: `产业引导基金 ${sizes.length} 支，总规模 ${shown}`,
      en: `${sizes.length} guidance funds, committed: ${shown}`,
    },
    {
      id: 'investees',
      holds: investees.size > said.investeesAbove && named.length === said.namedInvestees.length,
      zh: `截至 ${asOf} 引导基金入股 ${investees.size} 家，含${named.join('、')}`,
      en: `by ${asOf} guidance funds hold shares of ${investees.size} enterprises, ${named.join(', ')} among them`,
    },
  ];
};

interface SaidCapital {
  readonly totalFen: bigint;
  readonly weights?: Readonly<Record<string, number>>;
  readonly firstTrancheFen?: bigint;
}

/** What was committed and paid in, by whom. Where the article says nothing of a tranche, all of it is paid. */
const capitalCheck = (
  id: string,
  { fundId, contributors, entries }: FundFacts,
  asOf: string,
  { totalFen, weights = {}, firstTrancheFen = totalFen }: SaidCapital,
): Check => {
  const lines = entries
    .filter((e) => e.businessDate <= asOf && e.type === 'capital.received')
    .flatMap((e) => e.lines.filter((l) => l.account === '2711'));
  const shares = contributors.map((c) => ({
    ...c,
    paidFen: sumFen(lines.filter((l) => l.dims?.['contributor'] === c.id).map((l) => l.amountFen)),
  }));
  const committedFen = sumFen(shares.map((s) => s.committedFen));
  const paidFen = sumFen(shares.map((s) => s.paidFen));
  const shown = shares.map((s) => `${s.id} ${formatYuan(s.paidFen)}`).join(', ');
  return {
    id,
    holds:
      committedFen === totalFen &&
      paidFen === firstTrancheFen &&
      shares.every((s) => s.paidFen * committedFen === s.committedFen * paidFen) &&
      Object.entries(weights).every(([who, weight]) =>
        shares.some((s) => s.id === who && s.committedFen * 100n === committedFen * BigInt(weight)),
      ),
    zh: `${fundId} 总规模 ${formatYuan(committedFen)}，到资 ${formatYuan(paidFen)}：${shown}`,
    en: `${fundId}: committed ${formatYuan(committedFen)}, paid in ${formatYuan(paidFen)}: ${shown}`,
  };
};

const confirmedBy = (filings: readonly FilingFacts[], asOf: string): readonly FilingFacts[] =>
  filings.filter((f) => f.confirmedOn !== '' && f.confirmedOn <= asOf);

const lentOf = (filings: readonly FilingFacts[]): bigint => sumFen(filings.map((f) => f.coveredFen + f.uncoveredFen));

/** What the fund's own figures say was ever confirmed. */
const disbursedOf = ({ scopes }: CoverFacts['coverage']): bigint =>
  scopes.find((s) => s.id === 'fund')?.disbursedFen ?? 0n;

const technologyOf = ({ firms }: RegisterFacts): ReadonlySet<string> =>
  new Set(firms.filter((f) => f.technology).map((f) => f.id));

/** Whole per cent, half up. */
const roundedPercent = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 200n + whole) / (2n * whole));

/** What must hold of a risk-compensation fund on every day, beside what holds of every book. */
export const coverChecks = ({ filings, coverage }: CoverFacts): readonly Check[] => {
  const COVERED = ['confirmed', 'exception', 'claimed'];
  const owedFen = sumFen(filings.filter((f) => COVERED.includes(f.status)).map((f) => f.outstandingFen));
  const fund = coverage.scopes.find((s) => s.id === 'fund');
  const banksFen = sumFen(coverage.scopes.filter((s) => s.id.startsWith('bank:')).map((s) => s.disbursedFen));
  return [
    {
      id: 'cover-and-filings',
      holds:
        owedFen === coverage.coveredFen &&
        owedFen === (fund?.outstandingFen ?? 0n) &&
        banksFen === (fund?.disbursedFen ?? 0n),
      zh: `在保 ${formatYuan(coverage.coveredFen)} = 备案余额 ${formatYuan(owedFen)}；各行累计 ${formatYuan(banksFen)} = 基金累计 ${formatYuan(fund?.disbursedFen ?? 0n)}`,
      en: `covered ${formatYuan(coverage.coveredFen)} = filings ${formatYuan(owedFen)}; banks ever ${formatYuan(banksFen)} = fund ever ${formatYuan(fund?.disbursedFen ?? 0n)}`,
    },
  ];
};

/** What must hold of a guidance fund on every day: the shares it holds are what the account of shares says. */
export const guidanceChecks = ({ fund, holdings }: GuidanceFacts): readonly Check[] => {
  const heldFen = sumFen(holdings.map((h) => h.costFen));
  const bookedFen = fund.trial.accounts.find((a) => a.account === SHARES_ACCOUNT)?.balanceFen ?? 0n;
  return [
    {
      id: 'shares-and-account',
      holds: heldFen === bookedFen,
      zh: `持股成本 ${formatYuan(heldFen)} = ${SHARES_ACCOUNT} ${formatYuan(bookedFen)}`,
      en: `cost of shares ${formatYuan(heldFen)} = ${SHARES_ACCOUNT} ${formatYuan(bookedFen)}`,
    },
  ];
};

const SHARES_ACCOUNT = '1101.01';
