import {
  application,
  charterWith,
  createWorld,
  documents,
  found,
  fundWith,
  lend,
  people,
  type World,
} from './world.ts';

/** Rules of conversion by milestones, as a charter may have them. */
export const advanceCharter = charterWith({ conversion: { milestones: { max: 2, documents: ['acceptance-report'] } } });

/** An agreement at 250万 for the whole, with two milestones. */
export const advance = (changes: object = {}) => ({
  preMoneyFen: '250000000',
  milestones: [
    { id: 'prototype', what: '样机通过验收', dueOn: '2018-12-31' },
    { id: 'first-order', what: '取得首张订单', dueOn: '2019-05-31' },
  ],
  ...changes,
});

/** An office that may agree on milestones. */
export const advancingOffice = async (): Promise<World> => {
  const world = createWorld('2018-03-01');
  await found(world, advanceCharter);
  await fundWith(world, 1_000_000_000n);
  return world;
};

/** An office that has paid 30万 to the first company before it is a share. */
export const advanced = async (): Promise<{ world: World; loanId: string }> => {
  const world = await advancingOffice();
  return { world, loanId: await lend(world, 1, 30_000_000n, { advance: advance() }) };
};

/** An application that offers a share later. */
export const applyingFor = (changes: object = {}, more: object = {}) =>
  application(1, 30_000_000n, { advance: advance(changes), ...more });

export const confirmation = (loanId: string, milestoneId: string, metOn: string, changes: object = {}) => ({
  loanId,
  milestoneId,
  metOn,
  documents: documents('acceptance-report'),
  ...changes,
});

/** Confirms a milestone as the reviewer does, on the day it was met. */
export const meet = async (world: World, loanId: string, milestoneId: string, metOn: string): Promise<void> => {
  if (metOn > world.clock.today()) world.clock.set(metOn);
  await world.run('milestone.confirm', confirmation(loanId, milestoneId, metOn), people.reviewer);
};
