import { formatYuan } from '#shared/domain/money.ts';
import type { Language } from '#shared/runtime/problem.ts';
import type { Check } from './checks.ts';
import type { FundFacts, LoanFacts } from './facts.ts';
import type { Report } from './report.ts';

/** Columns a text takes in a terminal: Chinese characters take two. */
const columnsOf = (text: string): number =>
  [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character)
        ? 2
        : 1),
    0,
  );

interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly right?: true;
}

/** Lines of a table whose columns are as wide as they must be. */
export const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] => {
  const cells = [columns.map((c) => c.title), ...rows.map((row) => columns.map((c) => c.cell(row)))];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => columnsOf(line[i] ?? ''))));
  return cells.map((line) =>
    line
      .map((cell, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - columnsOf(cell));
        return columns[i]?.right === true ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
};

const WORDS = {
  zh: {
    title: (fundId: string, date: string) => `基金 ${fundId} · ${date}（办公室日期）`,
    balances: (bank: string, available: string, held: string, transit: string) =>
      `银行 ${bank}  可用 ${available}  冻结 ${held}  在途 ${transit}`,
    loans: '贷款（元）',
    contract: '合同',
    borrower: '借款人',
    principal: '本金',
    outstanding: '余额',
    provision: '准备',
    matures: '到期日',
    state: '状态',
    accounts: '科目余额（元）',
    account: '科目',
    debit: '借方',
    credit: '贷方',
    balance: '余额',
    checks: '核对',
    system: '“1311”体系与文章核对',
    verdict: (holds: boolean, failed: number) => (holds ? '全部相符' : `${failed} 项不符`),
  },
  en: {
    title: (fundId: string, date: string) => `Fund ${fundId} · ${date} (the office's date)`,
    balances: (bank: string, available: string, held: string, transit: string) =>
      `bank ${bank}  available ${available}  held ${held}  in transit ${transit}`,
    loans: 'Loans (yuan)',
    contract: 'contract',
    borrower: 'borrower',
    principal: 'principal',
    outstanding: 'owed',
    provision: 'provision',
    matures: 'matures',
    state: 'state',
    accounts: 'Accounts (yuan)',
    account: 'account',
    debit: 'debit',
    credit: 'credit',
    balance: 'balance',
    checks: 'Checks',
    system: 'The “1311” system against the article',
    verdict: (holds: boolean, failed: number) => (holds ? 'all hold' : `${failed} do not hold`),
  },
} as const;

const STATES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  contracted: { zh: '已签合同', en: 'contracted' },
  instructed: { zh: '付款中', en: 'being paid' },
  unknown: { zh: '结果不明', en: 'outcome unknown' },
  active: { zh: '存续', en: 'active' },
  repaid: { zh: '已结清', en: 'repaid' },
  'payment-rejected': { zh: '银行退回', en: 'refused by the bank' },
  'written-off': { zh: '已核销', en: 'written off' },
  converting: { zh: '债转股办理中', en: 'being converted' },
  converted: { zh: '已转股', en: 'converted to shares' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

const GRADES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  normal: { zh: '正常', en: 'normal' },
  'special-mention': { zh: '关注', en: 'special mention' },
  substandard: { zh: '次级', en: 'substandard' },
  doubtful: { zh: '可疑', en: 'doubtful' },
  loss: { zh: '损失', en: 'loss' },
};

/** A loan's state in words, with its grade while it is owed and what has come of it afterwards. */
const stateOf = (loan: LoanFacts, language: Language): string => {
  const word = (of: typeof STATES, key: string) => of[key]?.[language] ?? key;
  const zh = language === 'zh';
  return [
    word(STATES, loan.status),
    ...(loan.status === 'active' ? [word(GRADES, loan.grade)] : []),
    ...(loan.extensions > 0 ? [zh ? '已展期' : 'extended'] : []),
    ...(loan.overdueFen > 0n ? [`${zh ? '逾期' : 'overdue'} ${formatYuan(loan.overdueFen)}`] : []),
    ...(loan.recoveredFen > 0n ? [`${zh ? '收回' : 'recovered'} ${formatYuan(loan.recoveredFen)}`] : []),
  ].join(zh ? '，' : ', ');
};

type Words = (typeof WORDS)[Language];

/** The report as lines for a terminal. */
export const printReport = (report: Report, language: Language): readonly string[] => {
  const words = WORDS[language];
  const { date, facts, checks, system, others } = report;
  return [
    ...bookLines(facts, date, words),
    '',
    words.loans,
    ...loanLines(facts, words, language),
    '',
    ...accountLines(facts, words),
    '',
    ...checkLines(words.checks, checks, words, language),
    ...(system.length === 0 ? [] : ['', ...checkLines(words.system, system, words, language)]),
    ...others.flatMap((other) => [
      '',
      ...bookLines(other.facts, date, words),
      ...accountLines(other.facts, words),
      ...checkLines(words.checks, other.checks, words, language),
    ]),
  ];
};

const bookLines = ({ fundId, head }: FundFacts, date: string, words: Words): readonly string[] => [
  words.title(fundId, date),
  words.balances(
    formatYuan(head.bankFen),
    formatYuan(head.availableFen),
    formatYuan(head.heldFen),
    formatYuan(head.inTransitFen),
  ),
];

const loanLines = ({ loans }: FundFacts, words: Words, language: Language): readonly string[] =>
  tableOf<LoanFacts>(
    [
      { title: words.contract, cell: (l) => l.contract },
      { title: words.borrower, cell: (l) => l.borrower },
      { title: words.principal, cell: (l) => formatYuan(l.principalFen), right: true },
      { title: words.outstanding, cell: (l) => formatYuan(l.outstandingFen - l.recoveredFen), right: true },
      { title: words.provision, cell: (l) => formatYuan(l.provisionFen), right: true },
      { title: words.matures, cell: (l) => l.maturesOn },
      { title: words.state, cell: (l) => stateOf(l, language) },
    ],
    loans,
  );

const accountLines = ({ trial }: FundFacts, words: Words): readonly string[] => [
  words.accounts,
  ...tableOf(
    [
      { title: words.account, cell: (a) => `${a.account} ${a.name}` },
      { title: words.debit, cell: (a) => formatYuan(a.debitFen), right: true },
      { title: words.credit, cell: (a) => formatYuan(a.creditFen), right: true },
      { title: words.balance, cell: (a) => formatYuan(a.balanceFen), right: true },
    ],
    trial.accounts,
  ),
];

const checkLines = (title: string, checks: readonly Check[], words: Words, language: Language): readonly string[] => {
  const failed = checks.filter((c) => !c.holds).length;
  return [
    `${title}: ${words.verdict(failed === 0, failed)}`,
    ...checks.map((check) => `  ${check.holds ? '✓' : '✗'} ${check[language]}`),
  ];
};
