import * as z from 'zod';
import type { Ledger, StoredEntity } from '#shared/application/ports.ts';
import { type EntityRef, refKey } from '#shared/domain/entities.ts';
import type { ErrorCode } from '#shared/errors/catalogue.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Principal, Role } from './principal.ts';
import { type fundParams, type Route, route } from './route.ts';

interface EntityRoute<Params extends z.ZodObject> {
  /** Below /funds/{fundId}. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  readonly params: Params;
  /** The entity asked for, and with it those shown beside it where they exist. */
  readonly refs: (params: z.output<Params>) => readonly [EntityRef, ...EntityRef[]];
  readonly missing: ErrorCode;
  /** Whether the caller may see the first entity; to others it looks like none at all. Everybody may when absent. */
  readonly maySee?: (principal: Principal, state: StoredEntity['state']) => boolean;
}

const entitySchema = z.record(z.string(), z.json());

/** A GET that answers entities of a fund as they are now, read from the state itself and not from a view. */
export const entityRoute =
  (ledger: Ledger) =>
  <Params extends z.ZodObject<typeof fundParams>>(definition: EntityRoute<Params>): Route =>
    route({
      method: 'GET',
      path: `/funds/{fundId}${definition.path}`,
      operationId: definition.operationId,
      summary: definition.summary,
      roles: definition.roles,
      params: definition.params,
      query: z.strictObject({}),
      response: entitySchema,
      status: 200,
      handle: async ({ params, principal }) => {
        const { fundId } = params as { fundId: string };
        const refs = definition.refs(params);
        const { head, entities } = await ledger.load(fundId, refs);
        const [first] = refs;
        const state = entities.get(refKey(first))?.state;
        if (state === undefined || definition.maySee?.(principal, state) === false)
          throw new FundError(definition.missing, { id: first.id });
        const found = refs.flatMap((r) => {
          const entity = entities.get(refKey(r));
          return entity === undefined ? [] : [[r.type, { id: r.id, ...entity.state }] as const];
        });
        return { asOfSeq: head.seq, ...Object.fromEntries(found) };
      },
    });
