import { addDays } from '#shared/domain/calendar.ts';
import { loanMachine } from '#shared/domain/lending/loan.ts';
import { writeOff as writeOffLoan } from '../changes.ts';
import { approveConversionCase, contract, conversion, conversionCase, conversionId, register } from '../seed-equity.ts';
import {
  approveLoan,
  bankLine,
  caseIdOf,
  closeUntilYesterday,
  company,
  contractOf,
  fundedWorld,
  loanIdOf,
  ofTeam,
  people,
  shownOf,
  type World,
} from '../world.ts';
import { after, type Situation, scenarios } from './scenario.ts';

const AMOUNT = 10_000_000n;
const id = loanIdOf(1);
const caseId = caseIdOf(1);

/** A team's loan, so that it can pass to a company. */
const contracted = async (): Promise<Situation> => {
  const world = await fundedWorld();
  await approveLoan(world, 1, AMOUNT, ofTeam(1));
  await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
  return { world, id };
};

const paymentId = async (world: World): Promise<string> =>
  `${id}-P${(await world.read('loan', id))?.payment.attempt ?? 1}`;

const instruct = ({ world }: Situation) => world.refusal('loan.instruct', { loanId: id });
const doubt = async ({ world }: Situation) =>
  world.refusal('payment.doubt', { paymentId: await paymentId(world), date: world.clock.today() });
const bounce = async ({ world }: Situation) =>
  world.refusal('payment.bounce', { paymentId: await paymentId(world), reasonCode: 'AC01', reasonText: '账号不符' });
const settle = async ({ world }: Situation) =>
  world.refusal('payment.settle', {
    paymentId: await paymentId(world),
    line: bankLine('debit', AMOUNT, world.clock.today()),
  });
const cancel = ({ world }: Situation) =>
  world.refusal('loan.cancel', { loanId: id, reason: '不再放款' }, people.director);
const repay =
  (amountFen: bigint) =>
  ({ world }: Situation) =>
    world.refusal('loan.repay', { loanId: id, line: bankLine('credit', amountFen, world.clock.today()) });

/** Lets the last due date pass by 361 days, every day closed. */
const letPass = async ({ world }: Situation): Promise<void> => {
  const due = (await world.read('loan', id))?.schedule.at(-1)?.dueDate;
  if (due !== undefined) world.clock.set(addDays(due, 363));
  await closeUntilYesterday(world, [id]);
};

const instructed = after(contracted, instruct);
const active = after(instructed, settle);
const overdue = after(active, letPass);

/** What an officer proposes of the loan, reviewed and with its last approval. */
const change = async (world: World, subject: 'extension' | 'novation', proposal: object) => {
  const changeId = caseIdOf(`change ${world.entries().length}`);
  const content = { subject, [subject]: { loanId: id, ...proposal } };
  const proposed = await world.refusal(`loan.propose-${subject}`, { caseId: changeId, content }, people.officer);
  if (proposed !== 'applied') return proposed;
  const shown = { caseId: changeId, ...(await shownOf(world, changeId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  return world.refusal('case.approve', shown, people.director);
};

const proposeWriteOff = (world: World) =>
  world.refusal(
    'loan.propose-write-off',
    {
      caseId: caseIdOf('w'),
      content: { subject: 'write-off', writeOff: { loanId: id, reason: '注销', documents: [] } },
    },
    people.officer,
  );

const novated = after(active, ({ world }) => change(world, 'novation', { company: company(1), documents: [] }));

const proposeConversion = (world: World) =>
  world.refusal(
    'conversion.propose',
    { caseId: conversionCase, conversion: conversion(id, { principalFen: String(AMOUNT), appraisal }) },
    people.officer,
  );

const appraisal = { reportNumber: '渝评报1号', appraisedOn: '2017-03-01', preMoneyFen: '100000000' };

/** Takes a conversion to the register, which is what ends the loan. */
const convert = async ({ world }: Situation) => {
  const proposed = await proposeConversion(world);
  if (proposed !== 'applied') return proposed;
  await approveConversionCase(world);
  await contract(world, conversionId);
  await register(world, conversionId);
  return proposed;
};

const book = ({ world }: Situation) =>
  world.refusal('conversion.book', { acquisitionId: conversionId }, people.accountant);

export const loanScenarios = scenarios(
  loanMachine,
  'loan',
  {
    contracted,
    instructed,
    unknown: after(instructed, doubt),
    active,
    // Penalty is still owed, so that money for it can come.
    repaid: after(overdue, repay(AMOUNT)),
    'payment-rejected': after(instructed, bounce),
    'written-off': after(overdue, ({ world }) => writeOffLoan(world, id)),
    converting: after(novated, convert),
    converted: after(novated, convert, book),
    cancelled: after(instructed, bounce, cancel),
  },
  {
    instruct: { take: instruct },
    doubt: { take: doubt },
    settle: { take: settle, elsewhere: 'parked' },
    bounce: { take: bounce },
    giveBack: {
      take: async ({ world }) =>
        world.refusal('payment.give-back', {
          paymentId: await paymentId(world),
          line: bankLine('credit', AMOUNT, world.clock.today()),
        }),
      elsewhere: 'parked',
    },
    reinstruct: {
      take: ({ world }) => world.refusal('loan.reinstruct', { loanId: id, reason: '更正后重付' }, people.treasurer),
    },
    cancel: { take: cancel },
    repay: { take: repay(1n), elsewhere: 'parked', sameCommandAs: ['recover'] },
    age: {
      take: ({ world }) => {
        const through = addDays(world.clock.today(), 0);
        world.clock.set(addDays(through, 1));
        return world.refusal('day.close', { through, loanIds: [id], last: false });
      },
      elsewhere: 'idle',
    },
    extend: { take: ({ world }) => change(world, 'extension', { months: 12, reason: '回款延迟' }) },
    novate: { take: ({ world }) => change(world, 'novation', { company: company(1), documents: [] }) },
    writeOff: {
      take: async ({ world }) => {
        if ((await world.read('loan', id))?.status !== 'active') return proposeWriteOff(world);
        await writeOffLoan(world, id);
        return 'applied';
      },
      given: { active: overdue },
    },
    convert: { take: convert, given: { active: novated } },
    book: {
      take: book,
      elsewhere: {
        contracted: 'ACQUISITION_NOT_FOUND',
        instructed: 'ACQUISITION_NOT_FOUND',
        unknown: 'ACQUISITION_NOT_FOUND',
        active: 'ACQUISITION_NOT_FOUND',
        repaid: 'ACQUISITION_NOT_FOUND',
        'payment-rejected': 'ACQUISITION_NOT_FOUND',
        'written-off': 'ACQUISITION_NOT_FOUND',
        cancelled: 'ACQUISITION_NOT_FOUND',
      },
    },
    recover: { take: repay(1n), elsewhere: 'parked', sameCommandAs: ['repay'] },
  },
);
