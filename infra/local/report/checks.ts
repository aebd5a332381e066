import { formatYuan, sumFen } from '#shared/domain/money.ts';
import type { Article } from '../portfolio/portfolio.ts';
import type { EntryFacts, FundFacts } from './facts.ts';

/** One thing that must hold, with the figures by which it does or does not. */
export interface Check {
  readonly id: string;
  readonly holds: boolean;
  readonly zh: string;
  readonly en: string;
}

type Line = EntryFacts['lines'][number];

/** Debit less credit, in fen; a red line counts as its opposite. */
const netFen = ({ side, amountFen, red }: Line): bigint =>
  (side === 'debit') === (red === undefined) ? amountFen : -amountFen;

const linesOf = (entries: readonly EntryFacts[], ...accounts: readonly string[]): readonly Line[] =>
  entries.flatMap((e) => e.lines).filter((l) => accounts.length === 0 || accounts.includes(l.account));

/** Balance of accounts by the vouchers, debit positive. */
const balanceFen = (facts: FundFacts, ...accounts: readonly string[]): bigint =>
  sumFen(linesOf(facts.entries, ...accounts).map(netFen));

const until = ({ entries }: FundFacts, date: string): readonly EntryFacts[] =>
  entries.filter((e) => e.businessDate <= date);

/** Sums of debit less credit by the value of one dimension. */
const byDimension = (lines: readonly Line[], dimension: string): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const line of lines) {
    const value = line.dims?.[dimension] ?? '';
    sums.set(value, (sums.get(value) ?? 0n) + netFen(line));
  }
  return sums;
};

/** What the article says of the seed fund, held against the book as of the article's date. */
export const articleChecks = (facts: FundFacts, { asOf, seedFund }: Article): readonly Check[] => {
  const entries = until(facts, asOf);
  const paidIn = byDimension(linesOf(entries, '2711', '4001'), 'contributor');
  const paidFen = -sumFen([...paidIn.values()]);
  const committedFen = sumFen(facts.contributors.map((c) => c.committedFen));
  const shares = facts.contributors.map((c) => ({ ...c, paidFen: -(paidIn.get(c.id) ?? 0n) }));
  const shown = shares.map((c) => `${c.id} ${formatYuan(c.paidFen)} (${percent(c.paidFen, paidFen)})`).join(', ');
  const lent = loansLent(entries);
  const lentFen = sumFen([...lent.values()]);
  const owing = [...byDimension(linesOf(entries, '1303.01', '1303.02'), 'enterprise')].filter(([, sum]) => sum > 0n);
  const firstTranche = paidFen === seedFund.firstTrancheFen && committedFen === seedFund.totalFen;
  const terms = facts.loans.filter((l) => lent.has(l.id)).every((l) => l.termMonths === seedFund.termMonths);
  const named = facts.loans.some((l) => lent.has(l.id) && l.borrower === seedFund.namedBorrower);
  return [
    {
      id: 'first-tranche',
      holds: firstTranche && shares.every((c) => c.paidFen * committedFen === c.committedFen * paidFen),
      zh: `总规模 ${formatYuan(committedFen)}，首期到资 ${formatYuan(paidFen)}：${shown}`,
      en: `committed ${formatYuan(committedFen)}, first tranche paid in ${formatYuan(paidFen)}: ${shown}`,
    },
    {
      id: 'loans-of-the-article',
      holds:
        lent.size === seedFund.enterprises && owing.length === seedFund.enterprises && lentFen === seedFund.lentFen,
      zh: `截至 ${asOf} 发放 ${lent.size} 笔、${owing.length} 家、${formatYuan(lentFen)} 元`,
      en: `by ${asOf} ${lent.size} loans to ${owing.length} enterprises, ${formatYuan(lentFen)} yuan lent`,
    },
    {
      id: 'three-years-and-the-named-borrower',
      holds: terms && named,
      zh: `全部为 ${seedFund.termMonths} 个月免息贷款，含${seedFund.namedBorrower}`,
      en: `all for ${seedFund.termMonths} months without interest, ${seedFund.namedBorrower} among them`,
    },
  ];
};

const PAID_OUT = new Set(['loan.instructed', 'payment.rejected', 'payment.returned']);

/** Loans paid out, what the bank refused or returned taken off: fen by loan. */
const loansLent = (entries: readonly EntryFacts[]): ReadonlyMap<string, bigint> => {
  const lines = linesOf(
    entries.filter((e) => PAID_OUT.has(e.type)),
    '1303.01',
  );
  return new Map([...byDimension(lines, 'instrument')].filter(([, sum]) => sum > 0n));
};

const percent = (partFen: bigint, wholeFen: bigint): string =>
  wholeFen === 0n ? '-' : `${Number((partFen * 1_000n) / wholeFen) / 10}%`;

/** What must hold of every book on every day. */
export const bookChecks = (facts: FundFacts): readonly Check[] => [
  numbering(facts),
  vouchers(facts),
  trialBalance(facts),
  threeWay(facts),
  statementChain(facts),
  loanLedger(facts),
  suspense(facts),
  available(facts),
];

const numbering = ({ head, entries }: FundFacts): Check => ({
  id: 'entries-1-to-n',
  holds: entries.every((e, i) => e.seq === i + 1) && entries.length === head.seq && head.viewsSeq === head.seq,
  zh: `分录 1..${head.seq} 连续（读到 ${entries.length} 条，视图到 ${head.viewsSeq}）`,
  en: `entries 1..${head.seq} without a gap (${entries.length} read, views at ${head.viewsSeq})`,
});

const vouchers = ({ entries }: FundFacts): Check => {
  const posted = entries.filter((e) => e.lines.length > 0);
  const unbalanced = posted.filter((e) => sumFen(e.lines.map(netFen)) !== 0n);
  const series = Map.groupBy(posted, ({ voucher }) => `${voucher?.period} ${voucher?.type}`);
  const broken = [...series.values()].filter((some) => some.some((e, i) => e.voucher?.number !== i + 1));
  return {
    id: 'vouchers-balance',
    holds: unbalanced.length === 0 && broken.length === 0,
    zh: `${posted.length} 张凭证，不平 ${unbalanced.length}，断号的期间 ${broken.length}`,
    en: `${posted.length} vouchers, ${unbalanced.length} unbalanced, ${broken.length} periods with a gap in their numbers`,
  };
};

/** The views' sums against those of the vouchers themselves. */
const trialBalance = (facts: FundFacts): Check => {
  const { debitFen, creditFen, accounts } = facts.trial;
  const differing = accounts.filter((a) => a.balanceFen !== balanceFen(facts, a.account)).map((a) => a.account);
  const missing = linesOf(facts.entries).filter((l) => !accounts.some((a) => a.account === l.account));
  const balanced = debitFen === creditFen && sumFen(accounts.map((a) => a.balanceFen)) === 0n;
  return {
    id: 'trial-balance-zero',
    holds: balanced && differing.length === 0 && missing.length === 0,
    zh: `试算平衡：借 ${formatYuan(debitFen)} 贷 ${formatYuan(creditFen)} 差 ${formatYuan(debitFen - creditFen)}，与凭证不符的科目 ${differing.length + missing.length}`,
    en: `trial balance: debit ${formatYuan(debitFen)}, credit ${formatYuan(creditFen)}, difference ${formatYuan(debitFen - creditFen)}; ${differing.length + missing.length} accounts differ from the vouchers`,
  };
};

/** 三方对账: what the head guards, what the vouchers say, what the bank says. */
const threeWay = (facts: FundFacts): Check => {
  const { bankFen, inTransitFen, paidInFen } = facts.head;
  const stated = facts.statements.at(-1)?.closingFen ?? 0n;
  const booked = balanceFen(facts, '1002');
  const equity = -balanceFen(facts, '2711', '4001');
  return {
    id: 'three-way',
    holds: bankFen === stated && booked === bankFen - inTransitFen && equity === paidInFen,
    zh: `三方对账：簿首 ${formatYuan(bankFen)} = 银行对账单 ${formatYuan(stated)}；凭证 1002 ${formatYuan(booked)} + 在途 ${formatYuan(inTransitFen)}`,
    en: `three ways: head ${formatYuan(bankFen)} = bank statement ${formatYuan(stated)}; vouchers 1002 ${formatYuan(booked)} + in transit ${formatYuan(inTransitFen)}`,
  };
};

const statementChain = ({ statements }: FundFacts): Check => {
  const broken = statements.filter((s, i) => s.openingFen !== (statements[i - 1]?.closingFen ?? 0n));
  return {
    id: 'statements-follow',
    holds: broken.length === 0,
    zh: `${statements.length} 份银行对账单首尾相接，断开 ${broken.length}`,
    en: `${statements.length} bank statements, each opening where the last closed; ${broken.length} do not`,
  };
};

/** The loans themselves against the accounts that hold their sums. */
const loanLedger = (facts: FundFacts): Check => {
  // What was written off is still owed, but not in these accounts.
  const owedFen = sumFen(facts.loans.map((l) => (l.status === 'written-off' ? 0n : l.outstandingFen)));
  const provisionFen = sumFen(facts.loans.map((l) => l.provisionFen));
  // What is on its way to a borrower is a loan in the book already.
  const underWay = facts.loans.filter((l) => l.status === 'instructed' || l.status === 'unknown');
  const principalFen = balanceFen(facts, '1303.01', '1303.02') - sumFen(underWay.map((l) => l.principalFen));
  const provided = -balanceFen(facts, '1304');
  return {
    id: 'loans-and-accounts',
    holds: owedFen === principalFen && provisionFen === provided,
    zh: `贷款台账 ${formatYuan(owedFen)} = 1303 ${formatYuan(principalFen)}；准备 ${formatYuan(provisionFen)} = 1304 ${formatYuan(provided)}`,
    en: `loans ${formatYuan(owedFen)} = 1303 ${formatYuan(principalFen)}; provision ${formatYuan(provisionFen)} = 1304 ${formatYuan(provided)}`,
  };
};

const suspense = (facts: FundFacts): Check => {
  const openFen = (side: 'credit' | 'debit') =>
    sumFen(facts.receipts.filter((r) => r.side === side).map((r) => r.openFen));
  const [owed, claimed] = [-sumFen(placeable(facts).map(netFen)), balanceFen(facts, '1221')];
  return {
    id: 'unplaced-bank-lines',
    holds: owed === openFen('credit') && claimed === openFen('debit'),
    zh: `待认领来款 ${formatYuan(openFen('credit'))} = 2241 ${formatYuan(owed)}；不明付款 ${formatYuan(openFen('debit'))} = 1221 ${formatYuan(claimed)}`,
    en: `unplaced receipts ${formatYuan(openFen('credit'))} = 2241 ${formatYuan(owed)}; unexplained payments ${formatYuan(openFen('debit'))} = 1221 ${formatYuan(claimed)}`,
  };
};

/** What is owed to those whose money nobody could place; a guidance fund also owes its manager's fee in that account. */
const placeable = ({ entries }: FundFacts): readonly Line[] =>
  linesOf(entries, '2241').filter((l) => l.dims?.['instrument'] !== 'management-fee');

const available = ({ head }: FundFacts): Check => ({
  id: 'available',
  holds: head.availableFen >= 0n && head.availableFen === head.bankFen - head.inTransitFen - head.heldFen,
  zh: `可用 ${formatYuan(head.availableFen)} = 银行 ${formatYuan(head.bankFen)} − 在途 ${formatYuan(head.inTransitFen)} − 冻结 ${formatYuan(head.heldFen)}`,
  en: `available ${formatYuan(head.availableFen)} = bank ${formatYuan(head.bankFen)} − in transit ${formatYuan(head.inTransitFen)} − held ${formatYuan(head.heldFen)}`,
});

/** Nothing lies in a dead-letter queue. */
export const deadLetterCheck = (queues: readonly { readonly queue: string; readonly count: number }[]): Check => {
  const full = queues.filter((q) => q.count > 0).map((q) => `${q.queue} ${q.count}`);
  return {
    id: 'dead-letters',
    holds: full.length === 0,
    zh: `死信队列 ${queues.length} 个，${full.length === 0 ? '均为空' : full.join('，')}`,
    en: `${queues.length} dead-letter queues, ${full.length === 0 ? 'all empty' : full.join(', ')}`,
  };
};
