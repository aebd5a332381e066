import type * as z from 'zod';
import type { CommandSpec } from '#shared/domain/book/decision.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { hashOf } from '#shared/domain/wire.ts';
import type { Prepared } from '../execute.ts';

/** A kind of command as the kernel takes it. */
export interface Kind {
  /** Its rules. */
  readonly spec: CommandSpec<unknown>;
  /** Its payload in wire form. */
  readonly payload: z.ZodType;
  /**
   * Makes a command of this kind ready to be decided.
   * @param payload in wire form; it is parsed, and its hash is what the same id must come with again.
   * @throws z.ZodError when the payload is not of its kind
   */
  readonly prepare: (fundId: string, id: string, payload: unknown, actor: Actor) => Prepared;
}

/** Kinds by name: those one function deals with, so that its bundle holds no other. */
export type Kinds = Readonly<Record<string, Kind>>;

/** Joins a kind's rules with its wire form; does not compile when the two speak of different payloads. */
export const kind = <Payload>(spec: CommandSpec<Payload>, schema: z.ZodType<Payload, unknown>): Kind => ({
  spec: spec as CommandSpec<unknown>,
  payload: schema,
  prepare: (fundId, id, payload, actor) => ({
    spec: spec as CommandSpec<unknown>,
    command: { id, kind: spec.kind, fundId, payload: schema.parse(payload), actor },
    hash: hashOf({ kind: spec.kind, fundId, payload, actor: actor.id }),
  }),
});

/** The kind of that name. A caller that asks for another is a fault of ours. */
export const kindOf = (kinds: Kinds, name: string): Kind => {
  const found = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (found === undefined) throw new Error(`no kind ${name} here`);
  return found;
};
