import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { projectBook } from '#shared/adapters/dynamodb/views.ts';
import { createWorklists } from '#shared/adapters/dynamodb/worklists.ts';
import type { MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { createKernel, type Kernel, type Outcome } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { hashOf, toWire } from '#shared/domain/wire.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { type DynamoEngine, startDynamo } from '../support/engines/dynamo.ts';
import { type Act, commandOf, officeActs, type Sent, straightOn } from '../support/random-office.ts';
import { Bucket } from '../support/simulation/bucket.ts';
import { clientsOf } from '../support/simulation/cloud.ts';
import { Container, immediateNetwork } from '../support/simulation/network.ts';
import { TABLES, Tables } from '../support/simulation/tables.ts';
import { createWorld, FUND, found, fundWith, type World } from '../support/world.ts';

const RUNS = Number(process.env['JINQU_DIFFERENTIAL_RUNS'] ?? 30);

/** An outcome as two ledgers must agree on it. */
const comparable = (outcome: Outcome): string => {
  if (outcome.status === 'idle') return 'idle';
  return outcome.status === 'applied'
    ? `applied ${outcome.seq} ${outcome.replayed} ${hashOf(outcome.primary)}`
    : `refused ${outcome.error.code} ${canonicalJson(outcome.error.details)} ${outcome.replayed}`;
};

/** Sums come as numbers or bigints, by their size and by who added them up. */
const numbersAsText = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([k, v]) => [k, typeof v === 'bigint' || typeof v === 'number' ? String(v) : v]),
  );

/** The bytes of a store, in order. */
const bytesOf = (items: ReadonlyMap<string, Item>): readonly string[] =>
  [...items].map(([key, item]) => `${key} ${canonicalJson(toWire(numbersAsText(item)))}`).sort();

/** The tables of the simulation, and the clients that see them. */
const simulatedTables = (contents: MemoryLedger) => {
  const options = { now: () => 0, indexLagMilliseconds: () => 0, onStored: () => undefined };
  const simulated = new Tables(options);
  simulated.restore({ journalTable: contents.journal, stateTable: contents.state, viewsTable: new Map() });
  const cloud = { tables: simulated, queues: {}, bucket: new Bucket(() => undefined), takesMessage: () => true };
  const { dynamodb } = clientsOf(
    cloud,
    immediateNetwork(() => 0),
    new Container('test'),
  );
  return { simulated, client: dynamodb };
};

describe('the ledger in memory, on DynamoDB, and on the tables of the simulation', () => {
  let engine: DynamoEngine;
  beforeAll(async () => {
    engine = await startDynamo();
  });
  afterAll(() => engine.stop());

  /** Offices with the same past: one in memory, one on the engine, one on the tables of the simulation. */
  const open = async () => {
    const tables = await engine.createTables();
    const world = createWorld('2018-03-01');
    await found(world);
    await fundWith(world, 100_000_000n);
    for (const [name, items] of [
      [tables.stateTable, world.ledger.state],
      [tables.journalTable, world.ledger.journal],
    ] as const)
      for (const item of items.values()) await engine.client.send(new PutCommand({ TableName: name, Item: item }));
    const simulation = simulatedTables(world.ledger);
    const kernelOn = (ledger: Ledger) =>
      createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const onEngine = kernelOn(createDynamoLedger(engine.client, tables));
    const onSimulation = kernelOn(createDynamoLedger(simulation.client, TABLES));
    return { world, tables, simulation, kernels: [onEngine, onSimulation] };
  };

  const play = async (world: World, kernels: readonly Kernel[], story: readonly Act[]): Promise<void> => {
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
      for (const kernel of kernels) {
        const actual = await kernel.execute(FUND, prepared, options);
        expect(actual.map(comparable)).toEqual(expected.map(comparable));
      }
    }
  };

  test('given the same commands, when both are done, then outcomes, refusals and stored bytes are the same', async () => {
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(officeActs, async (story) => {
        const { world, tables, simulation, kernels } = await open();
        await play(world, kernels, story);
        const { journal, state } = world.ledger;
        expect(bytesOf(await engine.contents(tables, 'journalTable'))).toEqual(bytesOf(journal));
        expect(bytesOf(await engine.contents(tables, 'stateTable'))).toEqual(bytesOf(state));
        expect(bytesOf(simulation.simulated.contents('journalTable'))).toEqual(bytesOf(journal));
        expect(bytesOf(simulation.simulated.contents('stateTable'))).toEqual(bytesOf(state));
        await projectBook(engine.client, tables, FUND);
        await projectBook(simulation.client, TABLES, FUND);
        const views = bytesOf(await engine.contents(tables, 'viewsTable'));
        expect(bytesOf(simulation.simulated.contents('viewsTable'))).toEqual(views);
        const [real, simulated] = [
          createWorklists(engine.client, tables.stateTable),
          createWorklists(simulation.client, TABLES.stateTable),
        ];
        expect(await simulated.openLoans(FUND)).toEqual(await real.openLoans(FUND));
        expect(await simulated.expiredCases(FUND, parseDate('2199-12-31'))).toEqual(
          await real.expiredCases(FUND, parseDate('2199-12-31')),
        );
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
