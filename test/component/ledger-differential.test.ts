import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createKernel, type Kernel, type Outcome } from '#shared/application/execute.ts';
import { prepare } from '#shared/application/prepare.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { hashOf } from '#shared/domain/wire.ts';
import type { Item } from '#shared/storage/codecs/items.ts';
import { type DynamoEngine, startDynamo, type Tables } from '../support/engines/dynamo.ts';
import { type Act, commandOf, officeActs, type Sent, straightOn } from '../support/random-office.ts';
import { createWorld, FUND, found, fundWith, type World } from '../support/world.ts';

const RUNS = Number(process.env['JINQU_DIFFERENTIAL_RUNS'] ?? 30);

/** An outcome as two ledgers must agree on it. */
const comparable = (outcome: Outcome): string => {
  if (outcome.status === 'idle') return 'idle';
  return outcome.status === 'applied'
    ? `applied ${outcome.seq} ${outcome.replayed} ${hashOf(outcome.primary)}`
    : `refused ${outcome.error.code} ${canonicalJson(outcome.error.details)} ${outcome.replayed}`;
};

/** The bytes of a store, in order. */
const bytesOf = (items: ReadonlyMap<string, Item>): readonly string[] =>
  [...items].map(([key, item]) => `${key} ${canonicalJson(item)}`).sort();

describe('the ledger in memory and the ledger on DynamoDB', () => {
  let engine: DynamoEngine;
  beforeAll(async () => {
    engine = await startDynamo();
  });
  afterAll(() => engine.stop());

  /** Two offices with the same past: one in memory, one on the engine. */
  const open = async (): Promise<{ world: World; kernel: Kernel; tables: Tables }> => {
    const tables = await engine.createTables();
    const world = createWorld('2018-03-01');
    await found(world);
    await fundWith(world, 100_000_000n);
    for (const [name, items] of [
      [tables.stateTable, world.ledger.state],
      [tables.journalTable, world.ledger.journal],
    ] as const)
      for (const item of items.values()) await engine.client.send(new PutCommand({ TableName: name, Item: item }));
    const ledger = createDynamoLedger(engine.client, tables);
    const kernel = createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    return { world, kernel, tables };
  };

  const play = async (world: World, kernel: Kernel, story: readonly Act[]): Promise<void> => {
    const past: Sent[] = [];
    for (const [i, act] of story.entries()) {
      world.clock.set(addDays(world.clock.today(), act.days));
      const fresh = await commandOf(world, act, `act-${i}`);
      // Now and then something old comes again, as it was or under the same id with another payload.
      const old = past[act.who * 3];
      const batch = old === undefined ? [fresh] : [fresh, old, { ...old, payload: fresh.payload, kind: fresh.kind }];
      past.push(fresh);
      const prepared = batch.map((c) => prepare(c.kind, FUND, c.id, c.payload, c.actor));
      const options = { recordRefusals: act.worker };
      const expected = await world.kernel.execute(FUND, prepared, options);
      const actual = await kernel.execute(FUND, prepared, options);
      expect(actual.map(comparable)).toEqual(expected.map(comparable));
    }
  };

  test('given the same commands, when both are done, then outcomes, refusals and stored bytes are the same', async () => {
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(officeActs, async (story) => {
        const { world, kernel, tables } = await open();
        await play(world, kernel, story);
        expect(bytesOf(await engine.contents(tables, 'journalTable'))).toEqual(bytesOf(world.ledger.journal));
        expect(bytesOf(await engine.contents(tables, 'stateTable'))).toEqual(bytesOf(world.ledger.state));
        for (const entry of world.entries()) codes.add(entry.type);
      }),
      { numRuns: RUNS, endOnFailure: true, examples: [[straightOn(0, 9_000_007n)]] },
    );
    for (const type of [
      'loan.settled',
      'loan.repaid',
      'bank-line.unmatched',
      'day.closed',
      'case.approved',
      'command.refused',
    ])
      expect(codes).toContain(type);
  });
});
