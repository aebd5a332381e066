import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createKernel, type Kernel } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import type { Tables } from '../support/engines/dynamo.ts';
import {
  application,
  bankLine,
  caseIdOf,
  company,
  contractOf,
  createWorld,
  FUND,
  found,
  fundWith,
  loanIdOf,
  seedCharter,
  shownOf,
  type World,
} from '../support/world.ts';

/*
 * A fund office as heavy as a real one: identity providers give subjects of 36 characters, borrowers have the longest names
 * one meets, people write reasons, the committee votes with all its members, and loans are repaid in twelve instalments.
 */

const subject = (n: number): string => `f81d4fae-7dec-11d0-a765-${String(n).padStart(12, '0')}`;
const person = (n: number, name: string, role: string): Actor => ({
  kind: 'person',
  id: subject(n),
  name,
  roles: [role],
});

const REASON =
  '技术路线清晰、团队稳定、还款来源可靠，同意给予免息信用贷款支持，请加强贷后管理，按季报送财务报表和研发进度。';
const CONTRACT = '永高新种子贷字〔2018〕第';
const nameOf = (n: number): string => `重庆威诺克智能装备股份有限公司永川高新技术产业开发区第${n}研究院`;

export interface Step {
  readonly kind: CommandKind;
  readonly payload: object;
  readonly actor: Actor;
}

/** A step of many loans at once: one batch, or one after another where several people must act. */
export type Steps = (loans: readonly number[]) => Promise<readonly (readonly Step[])[]>;

export interface BenchOffice {
  readonly world: World;
  readonly ledger: Ledger;
  readonly kernel: Kernel;
  /** The steps of a loan's life, in their order; each is what brings the loans it is given one further. */
  readonly steps: Readonly<Record<StepName, Steps>>;
  /** Carries out steps in one batch, as a worker or a bulk route does. */
  readonly run: (steps: readonly Step[]) => Promise<void>;
}

export const STEP_NAMES = [
  'apply',
  'review',
  'vote',
  'final approval',
  'contract',
  'instruct',
  'settle',
  'repay in part',
  'repay the rest',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** Founds a fund with a committee of so many members, and pays in its capital. */
export const openBenchOffice = async (
  client: DynamoDBDocumentClient,
  tables: Tables,
  members: number,
): Promise<BenchOffice> => {
  const committee = Array.from({ length: members }, (_, i) => person(100 + i, '欧阳震华', 'committee'));
  const ledger = createDynamoLedger(client, tables);
  const world = createWorld('2018-03-01', ledger);
  const kernel = createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
  await found(world, {
    ...seedCharter,
    committee: { ...seedCharter.committee, members: committee.map((m) => ({ id: m.id, name: '欧阳震华' })) },
  });
  await fundWith(world, 1_000_000_000n);
  let commands = 0;
  const run = async (steps: readonly Step[]): Promise<void> => {
    const prepared = steps.map(({ kind, payload, actor }) => {
      commands += 1;
      return prepare(kind, FUND, `api:${String(commands).padStart(22, 'x')}`, payload, actor);
    });
    const outcomes = await kernel.execute(FUND, prepared, { recordRefusals: false });
    for (const outcome of outcomes) if (outcome.status === 'refused') throw outcome.error;
  };
  return { world, ledger, kernel, run, steps: stepsOf(world, committee) };
};

/** The same step of every loan, in one batch. */
const each =
  (make: (n: number) => Promise<Step> | Step): Steps =>
  async (loans) => [await Promise.all(loans.map(async (n) => await make(n)))];

const stepsOf = (world: World, committee: readonly Actor[]): Readonly<Record<StepName, Steps>> => {
  const officer = person(1, '司马相如', 'officer');
  const reviewer = person(2, '诸葛孔明', 'reviewer');
  const director = person(3, '上官婉儿', 'director');
  const treasurer = person(4, '慕容复兴', 'treasurer');
  const shown = async (n: number) => ({ caseId: caseIdOf(n), ...(await shownOf(world, caseIdOf(n))) });
  const line = (n: number, side: 'credit' | 'debit', amountFen: bigint) =>
    bankLine(side, amountFen, world.clock.today(), {
      reference: `2018${amountFen}${String(n).padStart(14, '0')}`,
      payer: nameOf(n),
      payerAccount: '31000101234567890123',
      remittance: `归还免息信用贷款本金 ${CONTRACT}${n}号 ${loanIdOf(n)}`,
    });
  const repay = (n: number, amountFen: bigint): Step => ({
    kind: 'loan.repay',
    actor: SYSTEM,
    payload: { loanId: loanIdOf(n), line: line(n, 'credit', amountFen) },
  });
  return {
    apply: each((n) => ({
      kind: 'loan.apply',
      actor: officer,
      payload: {
        caseId: caseIdOf(n),
        application: application(n, 30_000_000n, {
          applicant: { ...company(n), name: nameOf(n) },
          payee: { name: nameOf(n), number: '31000101234567890123', bankCode: '314653000011' },
          repayment: { kind: 'instalments', count: 12, everyMonths: 3 },
          purpose: '用于高速并联机器人关键零部件研发、首台套样机试制及产业化验证',
        }),
      },
    })),
    review: each(async (n) => ({
      kind: 'case.review',
      actor: reviewer,
      payload: { ...(await shown(n)), opinion: 'pass', comment: REASON },
    })),
    // As many say no, first, as may without carrying it, so that every member must vote.
    vote: async (loans) => {
      const noes = Math.floor(committee.length / 3);
      const votesOf = (actor: Actor, i: number) =>
        loans.map(async (n) => ({
          kind: 'case.vote' as const,
          actor,
          payload: { ...(await shown(n)), choice: i < noes ? 'reject' : 'approve', comment: REASON },
        }));
      return await Promise.all(committee.map((actor, i) => Promise.all(votesOf(actor, i))));
    },
    'final approval': each(async (n) => ({ kind: 'case.approve', actor: director, payload: await shown(n) })),
    contract: each((n) => ({
      kind: 'loan.contract',
      actor: treasurer,
      payload: { ...contractOf(world, caseIdOf(n)), contractNumber: `${CONTRACT}${n}号` },
    })),
    instruct: each((n) => ({ kind: 'loan.instruct', actor: SYSTEM, payload: { loanId: loanIdOf(n) } })),
    settle: each((n) => ({
      kind: 'payment.settle',
      actor: SYSTEM,
      payload: { paymentId: `${loanIdOf(n)}-P1`, line: line(n, 'debit', 30_000_000n) },
    })),
    'repay in part': each((n) => repay(n, 10_000_000n)),
    'repay the rest': each((n) => repay(n, 20_000_000n)),
  };
};
