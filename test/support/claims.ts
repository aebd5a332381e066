import { addDays } from '#shared/domain/calendar.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { fileLoan, rcb, reportOf } from './compensation-world.ts';
import { bankLine, people, shownOf, WAN, type World } from './world.ts';

const HASH = 'b'.repeat(64);

const DOCUMENTS = [
  'application-form',
  'claim-report',
  'recovery-plan',
  'diligence-statement',
  'business-licence',
  'financial-statement',
  'suit-filing',
  'suit-acceptance',
  'loan-contract',
  'drawdown-voucher',
  'repayment-record',
  'liability-opinion',
];

export const documents = DOCUMENTS.map((type) => ({ type, name: `${type}.pdf`, sha256: HASH, bytes: 1_024 }));
export const lawsuit = { court: '永川区人民法院', number: '（2018）渝0118民初1号', acceptedOn: '2018-08-01' };

/** What a bank says in a complete claim. */
export const statement = (changes: object = {}) => ({
  interestFen: '0',
  otherSupport: [],
  lawsuit,
  documents,
  ...changes,
});

/** A decided claim's case. */
export const claimCaseOf = (filingId: string, again = 0): string => idFrom('CS', ['claim', filingId, again]);

/** The n-th loan, filed and covered. */
export const troubled = async (
  world: World,
  n: number,
  changes: object = {},
  covered = 100n * WAN,
): Promise<string> => {
  const filingId = await fileLoan(world, n, { coveredFen: String(covered), ...changes });
  const filing = await world.read('filing', filingId);
  if (filing?.status === 'applied') {
    const review = { filingId, opinion: 'confirm', comment: '已核' };
    await world.run('filing.review', review, people.reviewer);
  }
  return filingId;
};

/** Reports a filed loan overdue and moves on to a day on which it is substandard and may be claimed. */
export const fallsDue = async (world: World, filingId: string, leftFen?: bigint): Promise<void> => {
  const filing = await world.read('filing', filingId);
  world.clock.set('2018-06-02');
  const balances = {
    asOf: '2018-06-02',
    overdueSince: '2018-06-01',
    coveredFen: String(leftFen ?? filing?.outstandingFen ?? 0n),
    uncoveredFen: String(filing?.uncoveredOutstandingFen ?? 0n),
  };
  await world.run('filing.report', reportOf(filingId, balances), rcb);
  world.clock.set('2018-09-03');
  await world.refusal('filing.age', { filingId });
};

export const submit = (world: World, filingId: string, changes: object = {}) =>
  world.run('claim.submit', { filingId, caseId: claimCaseOf(filingId), ...statement(changes) }, rcb);

/** Takes a claim's case to its final approvals. */
export const reviewed = async (world: World, caseId: string): Promise<void> => {
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  if ((await world.read('case', caseId))?.status === 'voting')
    for (const member of people.committee.slice(0, 4))
      await world.run('case.vote', { ...shown, choice: 'approve', comment: '同意' }, member);
};

/** Takes a claim's case through every approval its tier asks for. */
export const approveCase = async (world: World, caseId: string): Promise<void> => {
  await reviewed(world, caseId);
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  for (const person of [people.director, people.science, people.finance, people.office]) {
    if ((await world.read('case', caseId))?.status !== 'approving') return;
    await world.refusal('case.approve', shown, person);
  }
};

export const payIdOf = (filingId: string, again = 0): string => idFrom('PY', [claimCaseOf(filingId, again), 'claim']);

/** Pays what is held for a payment. */
export const payOut = async (world: World, payId: string): Promise<void> => {
  const payment = await world.read('payment', payId);
  await world.run('payment.release', { payId }, people.treasurer);
  await world.run('payment.instruct', { payId });
  await world.run('payment.settle', {
    paymentId: `${payId}-P${(payment?.attempt ?? 0) + 1}`,
    line: bankLine('debit', payment?.amountFen ?? 0n, world.clock.today()),
  });
};

/** Takes a filed loan to the day its compensation has been paid. */
export const compensated = async (world: World, filingId: string, changes: object = {}): Promise<string> => {
  await fallsDue(world, filingId);
  await submit(world, filingId, changes);
  await approveCase(world, claimCaseOf(filingId));
  await payOut(world, payIdOf(filingId));
  return claimIdOf(filingId);
};

/** The bank reports a sum collected on a claim. Returns the recovery's number. */
export const reportRecovery = async (
  world: World,
  claimId: string,
  collectedFen: bigint,
  costFen = 0n,
): Promise<string> => {
  const recoveryId = idFrom('RV', ['test', world.entries().length]);
  const payload = {
    recoveryId,
    claimId,
    collectedFen: String(collectedFen),
    costFen: String(costFen),
    collectedOn: world.clock.today(),
    evidenceSha256: HASH,
    note: '执行回款',
  };
  await world.run('recovery.report', payload, rcb);
  return recoveryId;
};

/** Money comes to the fund's account and names what it is for. */
export const comes = (world: World, targetId: string, amountFen: bigint) =>
  world.run('receipt.book', { targetId, line: bankLine('credit', amountFen, world.clock.today()) });

/** Takes a claim to its final loss. */
export const writeOff = async (world: World, claimId: string): Promise<void> => {
  const claim = await world.read('claim', claimId);
  world.clock.set(addDays(claim?.paidOn ?? world.clock.today(), 180));
  const caseId = idFrom('CS', ['loss', claimId]);
  await world.run('loss.propose', { caseId, claimId, reason: '执行终结', documents: [] }, people.officer);
  await approveCase(world, caseId);
};
