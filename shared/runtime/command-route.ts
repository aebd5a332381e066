import * as z from 'zod';
import type { Kernel, Outcome } from '#shared/application/execute.ts';
import { type Kinds, kindOf } from '#shared/application/kinds/kind.ts';
import type { fundIdText } from '#shared/contracts/scalars.ts';
import { actorOf, type Role } from './principal.ts';
import { type Call, type Route, route } from './route.ts';

/** What a command's caller is told: the entry it left, and the entity as it is now. */
export const commandResult = z
  .strictObject({
    seq: z.int().meta({ description: 'Number of the entry in the book' }),
    replayed: z.boolean().meta({ description: 'True when the same request had taken effect before' }),
    type: z.string(),
    id: z.string(),
    state: z.record(z.string(), z.json()),
  })
  .meta({ id: 'CommandResult' });

/** Name of the operation a command is: `loan.propose-extension` is `loanProposeExtension`. */
export const operationIdOf = (kind: string): string =>
  kind.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** What its caller is told of a command that took effect, now or before. */
export const resultOf = ({ seq, replayed, primary }: Extract<Outcome, { readonly status: 'applied' }>) => ({
  seq,
  replayed,
  type: primary.type,
  id: primary.id,
  state: primary.state,
});

interface CommandRoute<Params extends z.ZodObject, Name> {
  readonly kind: Name;
  /** Below /funds/{fundId}. */
  readonly path: string;
  readonly params: Params;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  readonly body: z.ZodType;
  /** Name of the body's member that says what the command is about, where neither the path does nor the command makes it. */
  readonly about?: string;
  /** The command's payload in wire form, where it is not simply {@link asSent}. */
  readonly payload?: (call: Call<z.output<Params>, unknown>) => Readonly<Record<string, unknown>>;
}

const noQuery = z.strictObject({});

/** The body, and what the path names beside the fund; the path has the last word. */
const asSent = ({ params: { fundId: _, ...named }, body }: Call<Readonly<Record<string, unknown>>, unknown>) => ({
  ...body,
  ...named,
});

/**
 * A POST that is one command of one fund, carried out while the caller waits.
 * @param kinds those the function deals with
 */
export const commandRoute =
  <Known extends Kinds>(kernel: Kernel, kinds: Known) =>
  <Params extends z.ZodObject<{ fundId: typeof fundIdText }>>(
    definition: CommandRoute<Params, keyof Known & string>,
  ): Route =>
    route({
      method: 'POST',
      path: `/funds/{fundId}${definition.path}`,
      operationId: operationIdOf(definition.kind),
      summary: definition.summary,
      roles: definition.roles,
      params: definition.params,
      query: noQuery,
      body: definition.body,
      ...(definition.about === undefined ? {} : { about: definition.about }),
      response: commandResult,
      status: 200,
      handle: async (call) => {
        const { fundId } = call.params as { fundId: string };
        const prepared = kindOf(kinds, definition.kind).prepare(
          fundId,
          call.commandId,
          (definition.payload ?? asSent)(call),
          actorOf(call.principal),
        );
        const [outcome] = await kernel.execute(fundId, [prepared], { recordRefusals: false });
        if (outcome === undefined || outcome.status === 'idle') throw new Error(`${definition.kind} did nothing`);
        if (outcome.status === 'refused') throw outcome.error;
        return resultOf(outcome);
      },
    });
