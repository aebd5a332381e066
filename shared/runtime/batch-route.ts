import * as z from 'zod';
import { BATCH_COMMANDS_MAX, type Kernel, type Outcome } from '#shared/application/execute.ts';
import { type Kinds, kindOf } from '#shared/application/kinds/kind.ts';
import { operationIdOf, resultOf } from './command-route.ts';
import { actorOf, type Principal, type Role } from './principal.ts';
import { type Language, problemOf, problemSchema } from './problem.ts';
import { oneFund, type Route, route } from './route.ts';

/** What became of one row: its entry and the entity as it is now, or why it was refused. */
const rowResult = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('applied'),
    target: z.string(),
    seq: z.int(),
    replayed: z.boolean(),
    type: z.string(),
    id: z.string(),
    state: z.record(z.string(), z.json()),
  }),
  z.strictObject({ status: z.literal('refused'), target: z.string(), problem: problemSchema }),
]);

/** One answer per row, in the order of the rows. */
export const batchResult = z.strictObject({ items: z.array(rowResult) }).meta({ id: 'BatchResult' });

interface BatchRoute<Name> {
  readonly kind: Name;
  /** Below /funds/{fundId}. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  /** One row; the command's payload in wire form. */
  readonly row: z.ZodObject;
  /** Name of the row's member that says what the row is about; no two rows are about the same thing. */
  readonly target: string;
  /** The command's payload out of a row, where it is not the row itself. */
  readonly payload?: (row: Row, call: { readonly principal: Principal; readonly commandId: string }) => Row;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * A POST that is up to {@link BATCH_COMMANDS_MAX} commands of one kind, decided in order and committed together: every row
 * has its own outcome, and a refused one holds up no other. A row's command id comes from the key and its target, so a
 * repeated call, in whatever order, meets the same answers.
 */
export const batchRoute =
  <Known extends Kinds>(kernel: Kernel, kinds: Known) =>
  ({ kind, path, summary, roles, row, target, payload = (r) => r }: BatchRoute<keyof Known & string>): Route =>
    route({
      method: 'POST',
      path: `/funds/{fundId}${path}`,
      operationId: `${operationIdOf(kind)}InBulk`,
      summary,
      roles,
      params: oneFund,
      query: z.strictObject({}),
      body: z.strictObject({
        items: z.array(row).min(1).max(BATCH_COMMANDS_MAX).refine(distinct(target), 'a row comes twice'),
      }),
      response: batchResult,
      status: 200,
      handle: async (call) => {
        const { fundId } = call.params;
        const rows = (call.body as { items: readonly Row[] }).items;
        const actor = actorOf(call.principal);
        const commands = rows.map((r) => {
          const commandId = `${call.commandId}:${String(r[target])}`;
          return kindOf(kinds, kind).prepare(fundId, commandId, payload(r, { ...call, commandId }), actor);
        });
        const outcomes = await kernel.execute(fundId, commands, { recordRefusals: false });
        return {
          items: outcomes.map((outcome, i) =>
            answer(outcome, String(rows[i]?.[target]), `${call.commandId}/${i}`, call.language),
          ),
        };
      },
    });

const distinct = (target: string) => (rows: readonly Row[]) => new Set(rows.map((r) => r[target])).size === rows.length;

const answer = (outcome: Outcome, target: string, instance: string, language: Language) => {
  if (outcome.status === 'refused')
    return { status: 'refused', target, problem: problemOf(outcome.error, instance, language) };
  if (outcome.status === 'idle') throw new Error(`${target}: nothing was done`);
  return { status: 'applied', target, ...resultOf(outcome) };
};
