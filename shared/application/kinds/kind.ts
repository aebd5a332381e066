import type * as z from 'zod';
import type { CommandSpec } from '#shared/domain/book/decision.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { hashOf } from '#shared/domain/wire.ts';
import type { Prepared } from '../execute.ts';

/** A kind of command as the kernel takes it: its wire payload in, a command ready to be decided out. */
export type Preparer = (fundId: string, id: string, payload: unknown, actor: Actor) => Prepared;

/** Joins a kind's rules with its wire form; does not compile when the two speak of different payloads. */
export const kind =
  <Payload>(spec: CommandSpec<Payload>, schema: z.ZodType<Payload, unknown>): Preparer =>
  (fundId, id, payload, actor) => ({
    spec: spec as CommandSpec<unknown>,
    command: { id, kind: spec.kind, fundId, payload: schema.parse(payload), actor },
    hash: hashOf({ kind: spec.kind, fundId, payload, actor: actor.id }),
  });
