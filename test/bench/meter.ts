import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { itemBytes } from './item-size.ts';

/** What some work cost: units as DynamoDB charges them, index included, and the bytes of the items it wrote. */
export interface Cost {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly calls: number;
  readonly bytes: number;
}

const combine = (a: Cost, b: Cost, by: (x: number, y: number) => number): Cost => ({
  writeUnits: by(a.writeUnits, b.writeUnits),
  readUnits: by(a.readUnits, b.readUnits),
  calls: by(a.calls, b.calls),
  bytes: by(a.bytes, b.bytes),
});

export const NOTHING: Cost = { writeUnits: 0, readUnits: 0, calls: 0, bytes: 0 };
export const sumOf = (costs: readonly Cost[]): Cost =>
  costs.reduce((sum, cost) => combine(sum, cost, (x, y) => x + y), NOTHING);
export const divide = (cost: Cost, by: number): Cost => combine(cost, cost, (x) => x / by);

/** Every call of a client, counted, with the capacity it consumed. */
export interface Meter {
  /** Runs some work and says what it cost. */
  readonly measure: (work: () => Promise<unknown>) => Promise<Cost>;
}

/** Puts a meter on a client. */
export const meterOn = (client: DynamoDBDocumentClient): Meter => {
  let total = NOTHING;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
      total = sumOf([total, costOf(args.input, result.output)]);
      return result;
    },
    { step: 'initialize', name: 'meter', priority: 'high' },
  );
  return {
    measure: async (work) => {
      const before = total;
      await work();
      return combine(total, before, (x, y) => x - y);
    },
  };
};

const units = z.object({
  CapacityUnits: z.number(),
  WriteCapacityUnits: z.number().optional(),
  ReadCapacityUnits: z.number().optional(),
});
/** Transactions answer by table, with the kind of unit; single calls answer once, and their kind says which unit it is. */
const answer = z.object({ ConsumedCapacity: z.union([z.array(units), units.transform((one) => [one])]).default([]) });

const transaction = z.object({
  TransactItems: z
    .array(z.object({ Put: z.object({ Item: z.record(z.string(), z.unknown()) }).optional() }))
    .default([]),
});

const costOf = (input: object, output: object): Cost => {
  const consumed = answer.parse(output).ConsumedCapacity;
  const items: readonly Item[] = transaction
    .parse(input)
    .TransactItems.flatMap((t) => (t.Put === undefined ? [] : [t.Put.Item]));
  return {
    writeUnits: consumed.reduce((sum, c) => sum + (c.WriteCapacityUnits ?? 0), 0),
    readUnits: consumed.reduce(
      (sum, c) => sum + (c.ReadCapacityUnits ?? (c.WriteCapacityUnits === undefined ? c.CapacityUnits : 0)),
      0,
    ),
    calls: 1,
    bytes: items.reduce((sum, item) => sum + itemBytes(item), 0),
  };
};
