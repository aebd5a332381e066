import * as z from 'zod';
import type { Bookkeeping, StoredEntity } from '#shared/application/ports.ts';
import type { BookHead } from '#shared/domain/book/head.ts';
import type { EntityType, StateOf } from '#shared/domain/entities.ts';
import { entityKey, gradeKey, headKey, reminderKey, worklists } from '../keys.ts';
import { count, date, fen } from './scalars.ts';
import { stateSchemas } from './states.ts';
import { type Item, stored } from './stored.ts';

const headSchema = z.strictObject({
  pk: z.string(),
  wl: z.literal(worklists.funds),
  wlSort: z.string(),
  seq: count,
  bankFen: fen,
  inTransitFen: fen,
  heldFen: fen,
  paidInFen: fen,
  coveredFen: fen,
  charters: z.array(z.strictObject({ version: count, effectiveFrom: date })),
  numbers: z.record(z.string(), z.record(z.string(), count)),
  closedThrough: date.exactOptional(),
});

export const encodeHead = (head: BookHead): Item => {
  const { fundId, ...rest } = head;
  return z.encode(headSchema, {
    pk: headKey(fundId),
    wl: worklists.funds,
    wlSort: fundId,
    ...rest,
    charters: [...rest.charters],
  });
};

export const decodeHead = (item: Item): BookHead => {
  const head = stored(item['pk'], () => z.decode(headSchema, item as z.input<typeof headSchema>));
  const { pk: _pk, wl: _wl, wlSort: fundId, ...rest } = head;
  return { fundId, ...rest };
};

/** What every entity item carries beside its state. */
const envelope = z.object({
  pk: z.string(),
  type: z.enum(Object.keys(stateSchemas) as [EntityType, ...EntityType[]]),
  id: z.string(),
  version: count,
  applied: z.array(z.string()).exactOptional(),
  pages: count.exactOptional(),
  state: z.record(z.string(), z.unknown()),
});

export const encodeEntity = (fundId: string, entity: StoredEntity): Item => ({
  pk: entityKey(fundId, entity),
  type: entity.type,
  id: entity.id,
  version: entity.version,
  ...(entity.applied.length === 0 ? {} : { applied: entity.applied }),
  ...(entity.pages === 0 ? {} : { pages: entity.pages }),
  ...worklistOf(fundId, entity),
  state: z.encode(anyState(entity.type), entity.state),
});

/** The schema of a type that is known only at run time. */
const anyState = (type: EntityType): z.ZodType<StateOf<EntityType>, unknown> => stateSchemas[type];

export const decodeEntity = (item: Item): StoredEntity =>
  stored(item['pk'], () => {
    const { type, id, version, applied, pages, state } = envelope.parse(item);
    const kept: Bookkeeping = { version, applied: applied ?? [], pages: pages ?? 0 };
    return { type, id, state: z.decode(anyState(type), state), ...kept } as StoredEntity;
  });

const OPEN_LOANS = new Set(['contracted', 'instructed', 'unknown', 'active', 'payment-rejected']);
const AWAITED_PAYMENTS = new Set(['released', 'instructed', 'unknown']);
const ENDED_CASES = new Set(['rejected', 'withdrawn', 'lapsed', 'done']);

/** The worklist an entity is in. Its keys stay the same while it is in it, so that ordinary changes cost the index nothing. */
const worklistOf = (fundId: string, entity: StoredEntity): { wl?: string; wlSort?: string } => {
  if (entity.type === 'loan' && OPEN_LOANS.has(entity.state.status))
    return { wl: worklists.loans(fundId), wlSort: entity.id };
  if (entity.type === 'payment' && AWAITED_PAYMENTS.has(entity.state.status))
    return { wl: worklists.payments(fundId), wlSort: entity.id };
  if (entity.type === 'case' && !ENDED_CASES.has(entity.state.status))
    return { wl: worklists.cases(fundId), wlSort: `${entity.state.expiresOn}#${entity.id}` };
  if ((entity.type === 'filing' || entity.type === 'claim') && entity.state.remindOn !== undefined)
    return { wl: worklists.reminders(fundId), wlSort: reminderKey(entity.state.remindOn, entity) };
  if (entity.type === 'enterprise' && entity.state.grade !== undefined)
    return { wl: worklists.grades(fundId), wlSort: gradeKey(entity.state.grade, entity.id) };
  return {};
};
