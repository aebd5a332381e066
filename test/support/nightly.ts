import { askForClose, type Worklists } from '#shared/application/close.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { carryOut } from '#shared/application/work.ts';
import type { Envelope } from '#shared/contracts/messages.ts';
import { worklistsOf } from './worklists.ts';
import type { World } from './world.ts';

/**
 * What the nightly job asks of a fund, on the day the clock says.
 * @param instead worklists it reads in place of those the ledger leads to
 */
export const asked = async (world: World, instead: Partial<Worklists> = {}): Promise<readonly Envelope[]> => {
  const sent: Envelope[] = [];
  const queue = { send: async (messages: readonly Envelope[]) => void sent.push(...messages) };
  const worklists = { ...worklistsOf(world.ledger), ...instead };
  await askForClose({ ledger: world.ledger, worklists, queue }, world.fundId, world.clock.today());
  return sent;
};

/** One night: everything asked for is carried out. */
export const night = async (world: World): Promise<void> =>
  carryOut(world.kernel, machineKinds, world.fundId, await asked(world));
