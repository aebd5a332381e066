import { beforeAll, describe, expect, test } from 'vitest';
import { ref, refKey } from '#shared/domain/entities.ts';
import { toWire } from '#shared/domain/wire.ts';
import { allScenarios } from '../../support/edges/all.ts';
import type { EdgeScenario, Elsewhere, Scenarios, Situation } from '../../support/edges/scenario.ts';
import { forkOf } from '../../support/world.ts';

/** The entity's state as stored, as plain values. */
const stateOf = async ({ world, id }: Situation, type: Scenarios<string, string>['type']) =>
  toWire((await world.ledger.load(world.fundId, [ref(type, id)])).entities.get(refKey(ref(type, id)))?.state) as
    | { readonly status?: string }
    | undefined;

const fork = ({ world, id }: Situation): Situation => ({ world: forkOf(world), id });

const elsewhereFrom = (elsewhere: EdgeScenario<string, string>['elsewhere'], status: string): Elsewhere =>
  (typeof elsewhere === 'object' ? elsewhere[status] : elsewhere) ?? 'STATE_INVALID';

describe.each(allScenarios.map((s) => [s.machine.name, s] as const))('the machine «%s»', (_, s) => {
  const situations = new Map<string, Situation>();
  beforeAll(async () => {
    for (const [status, reach] of Object.entries(s.states)) situations.set(status, await reach());
  });
  const situationIn = async (status: string, edge: string): Promise<Situation> => {
    const own = await s.edges[edge]?.given?.[status]?.();
    const situation = own ?? situations.get(status);
    if (situation === undefined) throw new Error(`no situation for ${status}`);
    return fork(situation);
  };

  test.each(Object.keys(s.states))('given its scenarios, then one of them is in the state «%s»', async (status) => {
    expect(await stateOf(await situationIn(status, ''), s.type)).toMatchObject({ status });
  });

  const allowed = Object.entries(s.machine.edges).flatMap(([edge, { from }]) => from.map((f) => [edge, f] as const));
  test.each(allowed)('«%s» may start from «%s», and ends where it may end', async (edge, from) => {
    const situation = await situationIn(from, edge);
    expect(await stateOf(situation, s.type)).toMatchObject({ status: from });
    expect(await s.edges[edge]?.take(situation)).toBe('applied');
    expect(s.machine.edges[edge]?.to).toContain((await stateOf(situation, s.type))?.status);
  });

  const forbidden = Object.entries(s.machine.edges).flatMap(([edge, { from }]) => {
    const scenario = s.edges[edge];
    const others = (scenario?.sameCommandAs ?? []).flatMap((name) => s.machine.edges[name]?.from ?? []);
    return Object.keys(s.states)
      .filter((status) => !from.includes(status) && !others.includes(status))
      .map((status) => [edge, status, elsewhereFrom(scenario?.elsewhere, status)] as const);
  });
  test.each(forbidden)('«%s» may not start from «%s»: %s, and it stays as it is', async (edge, from, elsewhere) => {
    const situation = await situationIn(from, edge);
    const before = await stateOf(situation, s.type);
    const became = await s.edges[edge]?.take(situation);
    expect(became).toBe(elsewhere === 'parked' ? 'applied' : elsewhere);
    if (elsewhere === 'parked') expect(situation.world.entries().at(-1)?.type).toBe('bank-line.unmatched');
    expect(await stateOf(situation, s.type)).toEqual(before);
  });
});
