import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createWorklists } from '#shared/adapters/dynamodb/worklists.ts';
import type { Prepared } from '#shared/application/execute.ts';
import { prepare } from '#shared/application/prepare.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { itemBytes } from '../bench/item-size.ts';
import { type Cost, divide, meterOn, NOTHING } from '../bench/meter.ts';
import {
  approveCase,
  claimCaseOf,
  comes,
  payIdOf,
  payOut,
  reportRecovery,
  submit,
  writeOff,
} from '../support/claims.ts';
import { charters, cqb, filingOf, filingRow, gradingRow, rcb, reportOf } from '../support/compensation-world.ts';
import { type DynamoEngine, startDynamo } from '../support/engines/dynamo.ts';
import { worklistsOf } from '../support/worklists.ts';
import { createWorld, found, fundWith, people, WAN, type World } from '../support/world.ts';

const TWENTY = Array.from({ length: 20 }, (_, i) => i + 1);

const inOneCall = async (world: World, commands: readonly Prepared[]): Promise<void> => {
  const outcomes = await world.kernel.execute(world.fundId, commands, { recordRefusals: false });
  expect(outcomes.map((o) => o.status)).toEqual(commands.map(() => 'applied'));
};

const grade = (n: number) => prepare('grade.assess', 'kv', `grade-${n}`, gradingRow(n), people.officer);
const file = (n: number) => prepare('filing.file', 'kv', `file-${n}`, { bankId: 'rcb', ...filingRow(n) }, rcb);
const late = (n: number) => {
  const balances = { asOf: '2018-06-02', overdueSince: '2018-06-01' };
  return prepare('filing.report', 'kv', `late-${n}`, reportOf(filingOf(n), balances), rcb);
};

/** Twenty more loans of known enterprises, in one call. */
const fileMore = async (world: World): Promise<void> => {
  const drawnOn = world.clock.today();
  const file = (n: number) => {
    const row = filingRow(n, { contractNumber: `MORE-${n}`, drawnOn, coveredFen: String(10n * WAN) });
    return prepare('filing.file', 'kv', `more-${n}`, { bankId: 'cqb', ...row }, cqb);
  };
  await inOneCall(world, TWENTY.map(file));
};

/** Twenty enterprises from their grades to a loan compensated, recovered in part and written off. */
const live = async (world: World, around: (work: () => Promise<void>) => Promise<unknown>): Promise<void> => {
  await found(world, charters.kv2017);
  await fundWith(world, 1_500n * WAN);
  await inOneCall(world, TWENTY.map(grade));
  await inOneCall(world, TWENTY.map(file));
  await around(() => fileMore(world));
  world.clock.set('2018-06-02');
  await inOneCall(world, TWENTY.map(late));
  world.clock.set('2018-09-03');
  for (const n of [1, 2]) await submit(world, filingOf(n));
  await approveCase(world, claimCaseOf(filingOf(1)));
  await payOut(world, payIdOf(filingOf(1)));
  await comes(world, await reportRecovery(world, claimIdOf(filingOf(1)), 10n * WAN, WAN), 5n * WAN);
  await comes(world, claimIdOf(filingOf(1)), 3n);
  await writeOff(world, claimIdOf(filingOf(1)));
  await comes(world, claimIdOf(filingOf(1)), WAN);
};

/** Kinds of items whose numbers do not come from chance. */
const COMPARED = /#(head|filing|claim|exposure|enterprise|name|capital|charter)(#|$)/;

/** What items are, without the marks of the commands they applied, which are by chance. */
const statesOf = (items: ReadonlyMap<string, Item>): ReadonlyMap<string, unknown> =>
  new Map([...items].filter(([key]) => COMPARED.test(key)).map(([key, item]) => [key, item['state'] ?? item]));

describe('a risk-compensation fund on the real engine', () => {
  let engine: DynamoEngine;
  let real: World;
  let stored: ReadonlyMap<string, Item>;
  let journal: ReadonlyMap<string, Item>;
  let filing: Cost = NOTHING;
  const memory = createWorld('2018-03-01', undefined, 'kv');
  let worklists: ReturnType<typeof createWorklists>;

  beforeAll(async () => {
    engine = await startDynamo();
    const tables = await engine.createTables();
    const meter = meterOn(engine.client);
    real = createWorld('2018-03-01', createDynamoLedger(engine.client, tables), 'kv');
    await live(real, async (work) => {
      filing = divide(await meter.measure(work), 20);
    });
    await live(memory, (work) => work());
    stored = await engine.contents(tables, 'stateTable');
    journal = await engine.contents(tables, 'journalTable');
    worklists = createWorklists(engine.client, tables.stateTable);
  });
  afterAll(() => engine.stop());

  test('given the same commands, then it holds what the one in memory holds', () => {
    expect(statesOf(stored)).toEqual(statesOf(memory.ledger.state));
    expect(journal.size).toBe(memory.ledger.journal.size);
  });

  test('given what waits for the nightly job, then the index names the same as in memory, on any day', async () => {
    const { kv2017 } = charters;
    for (const date of [addDays(real.clock.today(), 90), addDays(real.clock.today(), 900)]) {
      const here = worklistsOf(memory.ledger);
      expect(await worklists.reminders('kv', date)).toEqual(await here.reminders('kv', date));
      expect(await worklists.olderGrades('kv', kv2017.version + 1, date)).toEqual(
        await here.olderGrades('kv', kv2017.version + 1, date),
      );
    }
    expect(await worklists.olderGrades('kv', 1, real.clock.today())).toEqual([]);
  });

  test.each(['filing', 'claim', 'recovery', 'exposure'])('every %s stays within one write unit', (type) => {
    const items = [...stored].filter(([key]) => key.startsWith(`kv#${type}#`));
    expect(items.length).toBeGreaterThan(0);
    for (const [, item] of items) expect(itemBytes(item)).toBeLessThanOrEqual(1_024);
  });

  test('given twenty loans filed in one call, then each costs entry, filing, enterprise and a part of what all share', () => {
    expect(filing.writeUnits).toBeLessThanOrEqual(9);
    expect(filing.calls).toBeLessThanOrEqual(0.5);
  });
});
