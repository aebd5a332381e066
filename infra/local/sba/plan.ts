import * as z from 'zod';
import charter from '#shared/charters/sba-7a.json' with { type: 'json' };
import { parseDate } from '#shared/domain/calendar.ts';
import { chunks } from '#shared/domain/chunks.ts';
import { lenderUserOf } from '../identity/users.ts';
import type { Step } from '../load/step.ts';
import { approvalStep, type CaseStory, noteOfCase, shownAt } from '../load/steps/decisions.ts';
import type { ImportRow, MappedLoan, Mapping } from './adapter.ts';
import { csvOf } from './file.ts';

export const FUND = `/funds/${charter.fundId}`;
/** The fund is founded and paid in on the first day; loans are filed and claims decided on the second, later than all charge-offs. */
export const FOUNDED_ON = parseDate('2015-01-05');
const FILED_ON = parseDate('2015-01-06');
export const SETTLED_ON = parseDate('2015-01-07');

/** Cases looked at and decided on in one go: what a bulk route takes. */
const BULK_MAX = 20;
/** Rows of one file: the imports take files of 3.5 MB, and no row is longer than 350 bytes. */
const FILE_ROWS_MAX = 10_000;

/** What the people of the fund and of the banks do with the rows of a file, in order. */
export const planOf = ({ mapped }: Mapping): readonly Step[] => [
  ...foundingSteps,
  capitalStep,
  importStep('filings', mapped),
  coverStep,
  importStep('balances', mapped),
  importStep('claims', mapped),
  claimsStep,
  releasesStep,
];

const founding: CaseStory = { fundId: charter.fundId, name: 'sba.charter', chapter: 'founding' };

const foundingSteps: readonly Step[] = [
  {
    id: 'sba.propose',
    on: FOUNDED_ON,
    chapter: 'founding',
    run: async (desk) => {
      const { id } = await desk.as('admin-1').post(`${FUND}/charters`, 'sba.propose', { charter });
      desk.note(noteOfCase(founding.name), id);
    },
  },
  approvalStep(founding, FOUNDED_ON, 'director-1'),
  approvalStep(founding, FOUNDED_ON, 'finance-1'),
];

/** All the capital is called at once and paid in. */
const capitalStep: Step = {
  id: 'sba.capital',
  on: FOUNDED_ON,
  chapter: 'capital',
  bank: true,
  run: async (desk) => {
    const amountFen = charter.capital.totalFen;
    const body = { amountFen, dueOn: FOUNDED_ON, documentNumber: '演示〔2015〕1号' };
    const { id } = await desk.as('director-1').post(`${FUND}/capital/calls`, 'sba.call', body);
    const [contributor] = charter.capital.contributors;
    desk.bank.deposit({
      id: 'sba.deposit',
      account: charter.account.number,
      amountFen: BigInt(amountFen),
      payer: contributor?.name ?? '',
      payerAccount: '310009090000000001',
      remittance: `${id} ${contributor?.id ?? ''} 出资`,
      dueOn: FOUNDED_ON,
    });
  },
};

const step = (id: string, run: Step['run']): Step => ({ id, on: FILED_ON, chapter: 'lending', run });

/** Kinds of import, in the order in which banks hand files of them in. */
export type Kind = 'filings' | 'balances' | 'claims';

const rowOf = (kind: Kind, { filing, loss }: MappedLoan): ImportRow | undefined =>
  ({ filings: filing, balances: loss?.balance, claims: loss?.claim })[kind];

/** A file that one bank hands in, with the loan each of its rows is about. */
export interface BankFile {
  /** Name under which it is handed in and the id of its job noted. */
  readonly note: string;
  readonly bankId: string;
  readonly loans: readonly MappedLoan[];
}

/** The files of one kind: each bank's own, in parts when it is long. */
export const filesOf = (kind: Kind, mapped: readonly MappedLoan[]): readonly BankFile[] => {
  const told = mapped.filter((loan) => rowOf(kind, loan) !== undefined);
  return [...Map.groupBy(told, (loan) => loan.bankId)].flatMap(([bankId, loans]) =>
    chunks(loans, FILE_ROWS_MAX).map((some, i) => ({ note: `sba.job.${kind}.${bankId}.${i}`, bankId, loans: some })),
  );
};

export const jobState = z.object({
  status: z.enum(['open', 'done', 'failed']),
  rows: z.int(),
  applied: z.int(),
  replayed: z.int(),
  refused: z.int(),
});

/** Every bank hands its files in, and all wait until every row has been dealt with. The same file again is the same job. */
const importStep = (kind: Kind, mapped: readonly MappedLoan[]): Step =>
  step(`sba.${kind}`, async (desk) => {
    const files = filesOf(kind, mapped);
    for (const { note, bankId, loans } of files) {
      const csv = csvOf(loans.map((loan) => rowOf(kind, loan)).filter((row) => row !== undefined));
      desk.note(note, await desk.as(lenderUserOf(bankId)).upload(`${FUND}/imports/${kind}`, note, `${kind}.csv`, csv));
    }
    await desk.idle();
    for (const { note, bankId } of files) {
      const { status } = await desk.as(lenderUserOf(bankId)).get(`${FUND}/imports/${desk.recall(note)}`, jobState);
      if (status !== 'done') throw new Error(`import ${desk.recall(note)} (${note}) is ${status}`);
    }
  });

/** What the book covers once all loans are filed, and before any is claimed on. */
const coverStep: Step = step('sba.cover', async (desk) => {
  const found = await desk.as('director-1').get(`${FUND}/coverage`, z.object({ coveredFen: z.string() }));
  desk.note('sba.covered', found.coveredFen);
});

const item = z.record(z.string(), z.string());

/** Opens every claim that waits for approval, and approves what was shown. */
const claimsStep: Step = step('sba.approvals', async (desk) => {
  await desk.idle();
  const director = desk.as('director-1');
  const cases = await director.all(`${FUND}/cases`, item);
  const waiting = cases.filter((c) => c['subject'] === 'claim' && c['status'] === 'approving');
  for (const some of chunks(waiting, BULK_MAX)) {
    const items = await Promise.all(
      some.map(async ({ id: caseId = '' }) => ({ caseId, ...(await shownAt(director, `${FUND}/cases/${caseId}`)) })),
    );
    await director.postAll(`${FUND}/approvals`, 'sba.approvals', items);
  }
});

const releasesStep: Step = {
  ...step('sba.releases', async (desk) => {
    await desk.idle();
    const treasurer = desk.as('treasurer-1');
    const payments = await treasurer.all(`${FUND}/payments`, item);
    const held = payments.flatMap((p) => (p['status'] === 'held' ? [{ payId: p['id'] ?? '' }] : []));
    for (const some of chunks(held, BULK_MAX))
      await treasurer.postAll(`${FUND}/payments/releases`, 'sba.payments.releases', some);
  }),
  bank: true,
};
