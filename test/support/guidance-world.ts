import equipment from '#shared/charters/guidance-equipment.json' with { type: 'json' };
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
import { commitmentCallIdOf, commitmentIdOf } from '#shared/domain/guidance/commitment.ts';
import { distributionIdOf } from '#shared/domain/guidance/distribution.ts';
import { recognitionIdOf } from '#shared/domain/guidance/recognition.ts';
import { idFrom } from '#shared/domain/ids.ts';
import {
  bankLine,
  caseIdOf,
  changed,
  company,
  createWorld,
  documents,
  found,
  HASH,
  people,
  person,
  shownOf,
  WAN,
  type World,
} from './world.ts';

export const EQUIPMENT = 'equipment';
export const observer = person('observer-1', 'observer');
export const accountant = person('accountant-1', 'accountant');

/** The reference charter of the equipment fund with some of its rules changed. */
export const equipmentWith = (changes: object): typeof equipment => changed(equipment, changes);

/** A guidance fund's office, founded, with money called and paid in. */
export const guidanceWorld = async (changes: object = {}, paidInFen = 10_000n * WAN): Promise<World> => {
  const world = createWorld('2018-03-01', undefined, EQUIPMENT);
  await found(world, equipmentWith(changes));
  if (paidInFen > 0n) await payIn(world, paidInFen);
  return world;
};

/** Calls capital and lets every contributor pay its part. */
export const payIn = async (world: World, amountFen: bigint): Promise<void> => {
  const callId = idFrom('CC', ['call', world.entries().length]);
  const call = { callId, amountFen: String(amountFen), dueOn: addDays(world.clock.today(), 30) };
  await world.run(
    'capital.call',
    { ...call, documentNumber: '出资通知1号', budgetDocumentNumber: '永财预〔2018〕1号' },
    people.director,
  );
  for (const part of (await world.read('call', callId))?.parts ?? []) {
    const line = bankLine('credit', part.amountFen, world.clock.today());
    await world.run('capital.receive', { callId, contributor: part.contributor, line });
  }
};

const payeeOf = (n: number) => ({
  name: company(n).name,
  number: `6222000000${String(n).padStart(4, '0')}`,
  bankCode: '314653000011',
});

const plainTerms = { fixedReturn: false, buyBack: 'none', buyBackMandatory: false, bearsLosses: true, promises: [] };

const deal = (n: number) => ({
  investee: company(n),
  sector: 'intelligent-equipment',
  payee: payeeOf(n),
  terms: plainTerms,
  sideLetters: [],
  interested: [],
  declarations: {
    'encouraged-industry': true,
    'restricted-industry': false,
    'joint-punishment': false,
    'pending-suit': false,
  },
});

/** A proposal to invest in the n-th company that meets every rule: shares at one yuan, a tenth of the company. */
export const investmentOf = (n: number, amountFen: bigint, changes: object = {}) => ({
  ...changed(
    {
      ...deal(n),
      instrument: 'equity',
      amountFen: String(amountFen),
      fees: [] as readonly object[],
      shareClass: 'ordinary',
      quantity: String(amountFen / 100n),
      totalQuantity: String(amountFen / 10n),
      documents: documents('due-diligence-report', 'term-sheet', 'valuation-report', 'legal-opinion'),
    },
    changes,
  ),
});

/** A proposal to commit to the n-th company, a sub-fund, a tenth of its size. */
export const commitmentOf = (n: number, amountFen: bigint, changes: object = {}) => ({
  ...changed(
    {
      ...deal(n),
      instrument: 'sub-fund',
      amountFen: String(amountFen),
      sizeFen: String(amountFen * 10n),
      manager: '示例创投管理有限公司',
      documents: documents('due-diligence-report', 'partnership-agreement', 'manager-qualification', 'legal-opinion'),
    },
    changes,
  ),
});

/** Proposes something as a case. */
export const propose = async (
  world: World,
  name: string,
  kind: CommandKind,
  payload: object,
  actor: Actor = people.officer,
): Promise<string> => {
  const caseId = caseIdOf(name);
  await world.run(kind, { caseId, ...payload }, actor);
  return caseId;
};

/** Takes a case through review and committee, as far as its tier asks for them. */
export const agree = async (world: World, caseId: string): Promise<void> => {
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  if ((await world.read('case', caseId))?.status === 'submitted')
    await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  for (const member of people.committee)
    if ((await world.read('case', caseId))?.status === 'voting')
      await world.run('case.vote', { ...shown, choice: 'approve', comment: '同意' }, member);
};

/** Takes a case to its end. */
export const approve = async (world: World, caseId: string): Promise<void> => {
  await agree(world, caseId);
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  for (const approver of [people.director, people.finance])
    if ((await world.read('case', caseId))?.status === 'approving') await world.run('case.approve', shown, approver);
};

/** Lets a treasurer release a payment and the bank pay it. */
export const pay = async (world: World, payId: string): Promise<void> => {
  await world.run('payment.release', { payId }, people.treasurer);
  await world.run('payment.instruct', { payId });
  const payment = await world.read('payment', payId);
  await world.run('payment.settle', {
    paymentId: `${payId}-P${payment?.attempt ?? 0}`,
    line: bankLine('debit', payment?.amountFen ?? 0n, world.clock.today()),
  });
};

/** Approves a direct investment in the n-th company. */
export const approveInvestment = async (
  world: World,
  n: number,
  amountFen: bigint,
  changes: object = {},
): Promise<{ caseId: string; acquisitionId: string; holdingId: string }> => {
  const name = `investment ${n} ${world.entries().length}`;
  const caseId = await propose(world, name, 'investment.propose', { investment: investmentOf(n, amountFen, changes) });
  await approve(world, caseId);
  return { caseId, acquisitionId: acquisitionIdOf(caseId), holdingId: holdingIdOf(company(n).id, 'ordinary') };
};

export const contractFor = (world: World, acquisitionId: string) => ({
  acquisitionId,
  contractNumber: `投资协议-${acquisitionId}`,
  contractSha256: HASH,
  signedOn: world.clock.today(),
});

/** Takes a direct investment to the register. */
export const invest = async (world: World, n: number, amountFen: bigint, changes: object = {}) => {
  const approved = await approveInvestment(world, n, amountFen, changes);
  const { acquisitionId } = approved;
  await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
  const payId = (await world.read('acquisition', acquisitionId))?.payId ?? '';
  await pay(world, payId);
  await world.run('acquisition.register', registration(world, acquisitionId), people.officer);
  return { ...approved, payId };
};

export const registration = (world: World, acquisitionId: string) => ({
  acquisitionId,
  registeredOn: world.clock.today(),
  noticeSha256: HASH,
});

/** Approves and signs a commitment to the n-th company. */
export const commit = async (world: World, n: number, amountFen: bigint, changes: object = {}): Promise<string> => {
  const name = `commitment ${n} ${world.entries().length}`;
  const caseId = await propose(world, name, 'commitment.propose', { commitment: commitmentOf(n, amountFen, changes) });
  await approve(world, caseId);
  const commitmentId = commitmentIdOf(caseId);
  const contract = {
    commitmentId,
    contractNumber: `合伙协议${n}`,
    contractSha256: HASH,
    signedOn: world.clock.today(),
  };
  await world.run('commitment.contract', contract, people.officer);
  return commitmentId;
};

export const callOf = (world: World, commitmentId: string, amountFen: bigint) => ({
  commitmentId,
  amountFen: String(amountFen),
  dueOn: addDays(world.clock.today(), 20),
  noticeNumber: '缴款通知1号',
  budgetDocumentNumber: '永财预〔2018〕12号',
  documents: [],
});

/** Approves a call of a sub-fund; its payment is held. */
export const approveCall = async (
  world: World,
  commitmentId: string,
  amountFen: bigint,
): Promise<{ callId: string; payId: string }> => {
  const name = `commitment call ${world.entries().length}`;
  const caseId = await propose(world, name, 'commitment.propose-call', {
    call: callOf(world, commitmentId, amountFen),
  });
  await approve(world, caseId);
  const callId = commitmentCallIdOf(caseId);
  return { callId, payId: (await world.read('commitment-call', callId))?.payId ?? '' };
};

/** An account for every contributor of the equipment fund. */
export const payees = equipment.capital.contributors.map((c) => ({
  contributor: c.id,
  account: { name: c.name, number: '622200000099', bankCode: '314653000011' },
}));

export const distributionOf = (world: World, amountFen: bigint, changes: object = {}) => ({
  amountFen: String(amountFen),
  asOf: world.clock.today(),
  final: false,
  documentNumber: '分配决议1号',
  payees,
  documents: [],
  ...changes,
});

/** Approves a distribution; its payments are held. */
export const approveDistribution = async (
  world: World,
  amountFen: bigint,
  changes: object = {},
): Promise<{ distributionId: string; payIds: ReadonlyMap<string, string> }> => {
  const distribution = distributionOf(world, amountFen, changes);
  const caseId = await propose(world, `distribution ${world.entries().length}`, 'distribution.propose', {
    distribution,
  });
  await approve(world, caseId);
  const distributionId = distributionIdOf(caseId);
  const parts = (await world.read('distribution', distributionId))?.parts ?? [];
  return { distributionId, payIds: new Map(parts.map((p) => [p.contributor, p.payId])) };
};

/** What the bank shows of money that names something of ours. */
export const receive = (world: World, targetId: string, amountFen: bigint) =>
  world.run('receipt.book', { targetId, line: bankLine('credit', amountFen, world.clock.today()) });

export const recognitionOf = (n: number, qualifyingFen: bigint, changes: object = {}) => ({
  kind: 'new-subsidiary',
  enterpriseId: company(n).id,
  name: company(n).name,
  qualifyingFen: String(qualifyingFen),
  movedInOn: '2018-02-01',
  documents: documents('business-licence', 'paid-in-proof', 'tax-registration'),
  ...changes,
});

/** Approves a recognition. */
export const recognise = async (world: World, n: number, qualifyingFen: bigint, changes: object = {}) => {
  const name = `recognition ${n} ${world.entries().length}`;
  const recognition = recognitionOf(n, qualifyingFen, changes);
  const caseId = await propose(world, name, 'recognition.propose', { recognition });
  await approve(world, caseId);
  return recognitionIdOf(caseId);
};
