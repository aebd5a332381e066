import { charters, createCompensationWorld, gradingRow } from '../compensation-world.ts';
import { company, found, people, seedCharter, type World } from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const assessing = async (row: object, charter: { readonly fundId: string } = charters.kv2017): Promise<Attempt> => ({
  world: await createCompensationWorld(charter),
  kind: 'grade.assess',
  payload: row,
  actor: people.officer,
});

const graded = async (): Promise<World> => {
  const { world, kind, payload, actor } = await assessing(gradingRow(1));
  await world.run(kind, payload, actor);
  return world;
};

const renewing = (world: World): Attempt => ({
  world,
  kind: 'grade.renew',
  payload: { enterpriseId: company(1).id, charterVersion: 2 },
});

/** A graded enterprise, and another model in force since. */
const amended = async (): Promise<World> => {
  const world = await graded();
  await found(world, { ...charters.kv2023, effectiveFrom: '2018-06-01' });
  world.clock.set('2018-06-01');
  return world;
};

export const guaranteeAttempts: Attempts = {
  INSTRUMENT_FORBIDDEN: () => assessing(gradingRow(1), seedCharter),
  GRADING_ABSENT: () => assessing(gradingRow(1), charters.sme2018),
  FACTS_INCOMPLETE: () => assessing(gradingRow(1, { facts: { revenue: '1' } })),
  FACTS_STALE: async () => ({
    world: await graded(),
    kind: 'grade.assess',
    payload: gradingRow(1, { factsOn: '2018-01-31' }),
    actor: people.officer,
  }),
  GRADE_MISSING: async () => {
    // Known to the fund, but by its name alone.
    const world = await graded();
    const known = world.ledger.state.get(`${world.fundId}#enterprise#${company(1).id}`);
    const { grade: _, ...bare } = (known?.['state'] ?? {}) as Record<string, unknown>;
    (world.ledger.state as Map<string, object>).set(`${world.fundId}#enterprise#${company(1).id}`, {
      ...known,
      state: bare,
    });
    return renewing(world);
  },
  GRADE_EXPIRED: async () => {
    const world = await amended();
    world.clock.set('2019-02-02');
    return renewing(world);
  },
};
