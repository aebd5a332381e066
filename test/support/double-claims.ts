import { refusingDoubleClaims } from '#shared/application/double-claims.ts';
import type { Kernel } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { claimCaseOf, fallsDue, submit, troubled } from './claims.ts';
import { charters, createCompensationWorld, filingOf } from './compensation-world.ts';
import { changed, fundWith, people, shownOf, WAN, type World } from './world.ts';

/* One loan that two funds cover, and claims on both. */

export const filingId = filingOf(1);
export const caseId = claimCaseOf(filingId);

export const HALF = 100n * WAN;

/** A fund that bears half of a loss, with a claim on a loan of 200万; its case needs three final approvals. */
export const claimedIn = async (fundId: string, statement: object = {}, on?: Ledger): Promise<World> => {
  const charter = changed(charters.sme2018, { fundId, claims: { publicSupportCeiling: '0.8' } });
  const world = await createCompensationWorld(charter, undefined, on);
  await fundWith(world, 1_500n * WAN);
  await fallsDue(world, await troubled(world, 1, {}, 2n * HALF));
  await submit(world, filingId, statement);
  return world;
};

/** The kernel that a fund's approvals go through, beside the books of other funds. */
export const kernelBeside = (world: World, others: readonly World[]): Kernel => {
  const all = [world, ...others];
  const ledger: Ledger = {
    load: (fundId, refs) => (all.find((w) => w.fundId === fundId) ?? world).ledger.load(fundId, refs),
    commit: world.ledger.commit,
  };
  return refusingDoubleClaims(world.kernel, { ledger, funds: async () => all.map((w) => w.fundId) });
};

/** The first final approval of the claim, beside the books of other funds. */
export const approveBeside = async (world: World, others: readonly World[], id = 'approval') => {
  const command = { caseId, ...(await shownOf(world, caseId)) };
  const approval = prepare('case.approve', world.fundId, id, command, people.director);
  return await kernelBeside(world, others).execute(world.fundId, [approval], { recordRefusals: false });
};
