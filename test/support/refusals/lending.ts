import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { novate } from '../changes.ts';
import {
  application,
  approveLoan,
  bankLine,
  caseIdOf,
  company,
  contractOf,
  fundedWorld,
  lend,
  loanIdOf,
  ofTeam,
  people,
  team,
  type World,
} from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const AMOUNT = 10_000_000n;
const caseId = caseIdOf(1);
const loanId = loanIdOf(1);

/** An application with something wrong in it. */
const applying = async (changes: object, charter: object = {}, amountFen = AMOUNT): Promise<Attempt> => ({
  world: await fundedWorld(charter),
  kind: 'loan.apply',
  payload: { caseId, application: application(1, amountFen, changes) },
  actor: people.officer,
});

/** A second application beside one of the first company. */
const applyingAgain = async (changes: object): Promise<Attempt> => {
  const first = await applying({});
  await first.world.run(first.kind, first.payload, first.actor);
  return { ...first, payload: { caseId: caseIdOf(2), application: application(2, AMOUNT, changes) } };
};

const lent = async (changes: object = {}): Promise<World> => {
  const world = await fundedWorld();
  await lend(world, 1, AMOUNT, changes);
  return world;
};

const proposing = (world: World, subject: 'extension' | 'novation' | 'write-off', proposal: object): Attempt => ({
  world,
  kind: `loan.propose-${subject}`,
  payload: {
    caseId: caseIdOf('change'),
    content: { subject, [subject === 'write-off' ? 'writeOff' : subject]: { loanId, ...proposal } },
  },
  actor: people.officer,
});

export const lendingAttempts: Attempts = {
  AMOUNT_INVALID: () => applying({}, {}, 0n),
  USCC_INVALID: () => applying({ applicant: { ...company(1), id: team(1).id } }),
  NAME_DIFFERS: () => applyingAgain({ applicant: { ...company(1), name: '另一名称' } }),
  NAME_LOOKS_ALIKE: () => applyingAgain({ applicant: { ...company(2), name: `${company(1).name}！` } }),
  ENTERPRISE_LIMIT_EXCEEDED: () => applying({}, {}, 30_000_001n),
  BORROWER_KIND_REFUSED: () => applying(ofTeam(1), { lending: { borrowers: ['company'] } }),
  BORROWER_CHANGED: async () => {
    const first = await applying({});
    await first.world.run(first.kind, first.payload, first.actor);
    return { ...first, kind: 'loan.reapply', payload: { caseId, application: application(2, AMOUNT) } };
  },
  DOCUMENTS_MISSING: () => applying({ documents: [] }),
  NOT_ELIGIBLE: () => applying({ declarations: {} }),
  TERM_OUT_OF_RANGE: () => applying({ termMonths: 37 }),
  REPAYMENT_REFUSED: () => applying({ repayment: { kind: 'instalments', count: 36, everyMonths: 12 } }),
  LOAN_NOT_FOUND: async () => ({ world: await fundedWorld(), kind: 'loan.instruct', payload: { loanId } }),
  CONTRACT_EXISTS: async () => {
    const world = await fundedWorld();
    await approveLoan(world, 1, AMOUNT);
    const payload = contractOf(world, caseId);
    await world.run('loan.contract', payload, people.treasurer);
    return { world, kind: 'loan.contract', payload, actor: people.treasurer };
  },
  ATTEMPTS_EXHAUSTED: async () => {
    const world = await fundedWorld();
    await approveLoan(world, 1, AMOUNT);
    await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
    const again = {
      world,
      kind: 'loan.reinstruct',
      payload: { loanId, reason: '再付' },
      actor: people.treasurer,
    } as const;
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      if (attempt > 1) await world.run(again.kind, again.payload, again.actor);
      await world.run('loan.instruct', { loanId });
      const paymentId = `${loanId}-P${attempt}`;
      await world.run('payment.bounce', { paymentId, reasonCode: 'AC01', reasonText: '账号不符' });
    }
    return again;
  },
  EXTENSION_REFUSED: async () => proposing(await lent(), 'extension', { months: 13, reason: '回款延迟' }),
  NOT_A_TEAM: async () => proposing(await lent(), 'novation', { company: company(2), documents: [] }),
  NOT_A_COMPANY: async () => proposing(await lent(ofTeam(1)), 'novation', { company: team(2), documents: [] }),
  ALREADY_NOVATED: async () => {
    const world = await lent(ofTeam(1));
    await novate(world, loanId, company(1));
    const payload = { caseId: caseIdOf(2), application: application(2, AMOUNT, ofTeam(1)) };
    return { world, kind: 'loan.apply', payload, actor: people.officer };
  },
  WRITE_OFF_REFUSED: async () => proposing(await lent(), 'write-off', { reason: '注销', documents: [] }),
  CLOSE_OUT_OF_RANGE: async () => {
    const world = await lent();
    return { world, kind: 'day.close', payload: { through: world.clock.today(), loanIds: [loanId], last: true } };
  },
  LOAN_OWES_LESS: async () => {
    const world = await lent();
    const line = bankLine('credit', AMOUNT + 1n, world.clock.today(), { reference: 'PARKED' });
    await world.run('receipt.suspend', { line });

    const payload = { receiptId: receiptIdOf('PARKED'), loanId, amountFen: String(AMOUNT + 1n) };
    return { world, kind: 'receipt.assign', payload, actor: people.treasurer };
  },
};
