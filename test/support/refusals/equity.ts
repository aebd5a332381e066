import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import {
  accountant,
  approve,
  approveInvestment,
  contractFor,
  guidanceWorld,
  invest,
  investmentOf,
  propose,
  receive,
} from '../guidance-world.ts';
import { caseIdOf, HASH, people, WAN, type World } from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const exitOf = (holdingId: string, quantity: string) => ({
  holdingId,
  quantity,
  method: 'transfer',
  buyer: '示例装备集团有限公司',
  proceedsFen: '200',
  priceBasis: '评估报告',
  documents: [],
});

const owning = async (): Promise<{ world: World; holdingId: string }> => {
  const world = await guidanceWorld();
  const { holdingId } = await invest(world, 1, 100n * WAN);
  return { world, holdingId };
};

const selling = async (): Promise<{ world: World; holdingId: string; exitId: string }> => {
  const { world, holdingId } = await owning();
  const caseId = await propose(world, 'sold', 'exit.propose', { exit: exitOf(holdingId, '1') });
  await approve(world, caseId);
  return { world, holdingId, exitId: caseId.replace('CS-', 'EX-') };
};

const DIVIDEND = 'DV-000000000001';
const declaration = (world: World, holdingId: string, capitalFen: bigint): Attempt => ({
  world,
  kind: 'dividend.declare',
  payload: {
    dividendId: DIVIDEND,
    holdingId,
    incomeFen: '10',
    capitalFen: String(capitalFen),
    declaredOn: world.clock.today(),
    documentNumber: '股东会决议',
    documentSha256: HASH,
  },
  actor: accountant,
});

const declared = async (): Promise<{ world: World; holdingId: string }> => {
  const { world, holdingId } = await owning();
  const { kind, payload, actor } = declaration(world, holdingId, 0n);
  await world.run(kind, payload, actor);
  return { world, holdingId };
};

const revocation = (world: World): Attempt => ({
  world,
  kind: 'dividend.revoke',
  payload: { dividendId: DIVIDEND, reason: '决议撤销' },
  actor: accountant,
});

/** What equity is refused for, whichever fund holds it. */
export const equityAttempts: Attempts = {
  QUANTITY_INVALID: async () => ({
    world: await guidanceWorld({}, 0n),
    kind: 'investment.propose',
    payload: { caseId: caseIdOf('none'), investment: investmentOf(1, WAN, { quantity: '0' }) },
    actor: people.officer,
  }),
  ACQUISITION_NOT_FOUND: async () => {
    const world = await guidanceWorld({}, 0n);
    const payload = contractFor(world, acquisitionIdOf(caseIdOf('nowhere')));
    return { world, kind: 'acquisition.contract', payload, actor: people.officer };
  },
  PAYMENT_OPEN: async () => {
    const world = await guidanceWorld();
    const { acquisitionId } = await approveInvestment(world, 1, 100n * WAN);
    await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
    const payload = { acquisitionId, reason: '企业撤回' };
    return { world, kind: 'acquisition.cancel', payload, actor: people.director };
  },
  HOLDING_NOT_FOUND: async () => declaration(await guidanceWorld({}, 0n), 'HD-000000000000', 0n),
  HOLDING_ON_SALE: async () => {
    const { world, holdingId } = await selling();
    const payload = { caseId: caseIdOf('loss'), writeOff: { holdingId, reason: '破产', documents: [] } };
    return { world, kind: 'holding.propose-write-off', payload, actor: people.officer };
  },
  LOTS_INSUFFICIENT: async () => {
    const { world, holdingId } = await owning();
    const payload = { caseId: caseIdOf('too much'), exit: exitOf(holdingId, '1000001') };
    return { world, kind: 'exit.propose', payload, actor: people.officer };
  },
  CAPITAL_EXCEEDS_COST: async () => {
    const { world, holdingId } = await owning();
    return declaration(world, holdingId, 100n * WAN + 1n);
  },
  EXIT_NOT_FOUND: async () => ({
    world: await guidanceWorld({}, 0n),
    kind: 'exit.cancel',
    payload: { exitId: 'EX-000000000000', reason: '无' },
    actor: people.director,
  }),
  EXIT_PARTLY_PAID: async () => {
    const { world, exitId } = await selling();
    await receive(world, exitId, 1n);
    return { world, kind: 'exit.cancel', payload: { exitId, reason: '退出' }, actor: people.director };
  },
  DIVIDEND_NOT_FOUND: async () => revocation(await guidanceWorld({}, 0n)),
  DIVIDEND_EXISTS: async () => {
    const { world, holdingId } = await declared();
    return declaration(world, holdingId, 1n);
  },
  DIVIDEND_PARTLY_PAID: async () => {
    const { world } = await declared();
    await receive(world, DIVIDEND, 1n);
    return revocation(world);
  },
};
