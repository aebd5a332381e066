import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import charter from '#shared/charters/sba-7a.json' with { type: 'json' };
import { parseDate } from '#shared/domain/calendar.ts';
import type { Caller } from '../client/api.ts';
import type { Desk, Step } from '../load/step.ts';
import type { ImportRow, Mapping } from './adapter.ts';
import { csvOf } from './file.ts';

export const FUND = `/funds/${charter.fundId}`;
/** The fund is founded and paid in on the first day; loans are filed and claims decided on the second, later than all charge-offs. */
export const FOUNDED_ON = parseDate('2015-01-05');
const FILED_ON = parseDate('2015-01-06');
export const SETTLED_ON = parseDate('2015-01-07');

const JSON_TYPE = 'application/json';
/** Cases looked at and decided on in one go: what a bulk route takes. */
const BULK_MAX = 20;
const LOOK_MILLISECONDS = 500;

/** Waits until what has been written can be read in lists. */
type Idle = () => Promise<void>;

/** What the people of the fund and of the bank do with the rows of a file, in order. */
export const planOf = ({ mapped }: Mapping, idle: Idle): readonly Step[] => {
  const losses = mapped.flatMap(({ loss }) => (loss === undefined ? [] : [loss]));
  return [
    ...foundingSteps,
    capitalStep,
    importStep(
      'filings',
      mapped.map((m) => m.filing),
    ),
    coverStep,
    importStep(
      'balances',
      losses.map((l) => l.balance),
    ),
    importStep(
      'claims',
      losses.map((l) => l.claim),
    ),
    approvalStep(idle),
    releaseStep(idle),
  ];
};

const caseState = z.object({ case: z.object({ revision: z.int(), payloadHash: z.string() }) });

const shown = async (caller: Caller, caseId: string) => {
  const { revision, payloadHash } = (await caller.get(`${FUND}/cases/${caseId}`, caseState)).case;
  return { revision, payloadHash };
};

const founding = (id: string, run: Step['run']): Step => ({ id, on: FOUNDED_ON, chapter: 'founding', run });
const approvalOf = (userId: string): Step =>
  founding(`sba.approve-${userId}`, async (desk) => {
    const caseId = desk.recall('sba.charter');
    const seen = await shown(desk.as(userId), caseId);
    await desk.as(userId).post(`${FUND}/cases/${caseId}/approvals`, `sba.approve-${userId}`, seen);
  });

const foundingSteps: readonly Step[] = [
  founding('sba.propose', async (desk) => {
    const { id } = await desk.as('admin-1').post(`${FUND}/charters`, 'sba.propose', { charter });
    desk.note('sba.charter', id);
  }),
  approvalOf('director-1'),
  approvalOf('finance-1'),
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

export const jobState = z.object({
  jobId: z.string(),
  status: z.enum(['open', 'done', 'failed']),
  rows: z.int(),
  applied: z.int(),
  replayed: z.int(),
  refused: z.int(),
});

export type Kind = 'filings' | 'balances' | 'claims';
export const noteOf = (kind: Kind): string => `sba.job.${kind}`;

/** The bank hands a file in and waits until every row of it has been dealt with. The same file again is the same job. */
const importStep = (kind: Kind, rows: readonly ImportRow[]): Step =>
  step(`sba.${kind}`, async (desk) => {
    if (rows.length === 0) return;
    const bank = desk.as('bank-sba');
    const body = csvOf(rows);
    const key = `sba.${kind}.${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
    const path = `${FUND}/imports/${kind}?fileName=${kind}.csv`;
    const { jobId } = await bank.send(path, key, { type: 'text/csv', body }, z.object({ jobId: z.string() }));
    desk.note(noteOf(kind), jobId);
    const job = await untilDone(bank, jobId);
    if (job.status === 'failed') throw new Error(`the file of ${kind} could not be read: ${jobId}`);
  });

const untilDone = async (bank: Caller, jobId: string): Promise<z.output<typeof jobState>> => {
  for (;;) {
    const job = await bank.get(`${FUND}/imports/${jobId}`, jobState);
    if (job.status !== 'open') return job;
    await delay(LOOK_MILLISECONDS);
  }
};

/** What the book covers once all loans are filed, and before any is claimed on. */
const coverStep: Step = step('sba.cover', async (desk) => {
  const found = await desk.as('director-1').get(`${FUND}/coverage`, z.object({ coveredFen: z.string() }));
  desk.note('sba.covered', found.coveredFen);
});

const item = z.record(z.string(), z.string());
const bulkResult = z.object({
  items: z.array(
    z.object({
      status: z.enum(['applied', 'refused']),
      target: z.string(),
      problem: z.object({ code: z.string() }).optional(),
    }),
  ),
});

const inBulk = async (desk: Desk, userId: string, path: string, items: readonly object[]): Promise<void> => {
  const content = { type: JSON_TYPE, body: JSON.stringify({ items }) };
  const { items: answers } = await desk
    .as(userId)
    .send(`${FUND}${path}`, `sba${path.replaceAll('/', '.')}`, content, bulkResult);
  const refused = answers.find((a) => a.status === 'refused');
  if (refused !== undefined) throw new Error(`${path} of ${refused.target}: ${refused.problem?.code ?? ''}`);
};

/** Opens every claim that waits for approval, and approves what was shown. */
const approvalStep = (idle: Idle): Step =>
  step('sba.approvals', async (desk) => {
    await idle();
    const director = desk.as('director-1');
    const cases = await director.all(`${FUND}/cases`, item);
    const waiting = cases.flatMap((c) =>
      c['subject'] === 'claim' && c['status'] === 'approving' ? [c['id'] ?? ''] : [],
    );
    for (const some of parts(waiting)) {
      const items = await Promise.all(some.map(async (caseId) => ({ caseId, ...(await shown(director, caseId)) })));
      await inBulk(desk, 'director-1', '/approvals', items);
    }
  });

const releaseStep = (idle: Idle): Step => ({
  ...step('sba.releases', async (desk) => {
    await idle();
    const payments = await desk.as('treasurer-1').all(`${FUND}/payments`, item);
    const held = payments.flatMap((p) => (p['status'] === 'held' ? [{ payId: p['id'] ?? '' }] : []));
    for (const some of parts(held)) await inBulk(desk, 'treasurer-1', '/payments/releases', some);
  }),
  bank: true,
});

const parts = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / BULK_MAX) }, (_, i) => all.slice(i * BULK_MAX, (i + 1) * BULK_MAX));
