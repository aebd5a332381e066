import * as z from 'zod';
import type { ListRequest, Page, Reader } from '#shared/application/reading.ts';
import type { EntityType } from '#shared/domain/entities.ts';
import { statusesOf } from '#shared/storage/codecs/states.ts';
import { cursorOf, pageOf, pageQuery } from './cursor.ts';
import { ownList } from './own.ts';
import type { Principal, Role } from './principal.ts';
import { oneFund, type Route, route } from './route.ts';

interface ListRoute<Params extends z.ZodObject, Item> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  readonly params: Params;
  /** Statuses the rows may have, where they can be asked for by status. */
  readonly statuses?: z.ZodEnum | undefined;
  readonly item: z.ZodType;
  readonly read: (params: z.output<Params>, page: ListRequest, principal: Principal) => Promise<Page<Item>>;
}

/** A row of a view, texts by name. */
export const rowSchema = z.record(z.string(), z.string()).meta({ id: 'Row' });

const paged = z.strictObject(pageQuery);

const pagedBy = (statuses: z.ZodEnum) =>
  paged.extend({ status: statuses.optional().meta({ description: 'Rows of this status only' }) });

/** A GET that answers one page of a list and the cursor of the next. */
export const listRoute = <Params extends z.ZodObject, Item>(definition: ListRoute<Params, Item>): Route =>
  route({
    method: 'GET',
    path: definition.path,
    operationId: definition.operationId,
    summary: definition.summary,
    roles: definition.roles,
    params: definition.params,
    query: definition.statuses === undefined ? paged : pagedBy(definition.statuses),
    response: z.strictObject({ items: z.array(definition.item), cursor: z.string().optional() }),
    status: 200,
    handle: async ({ params, query, principal }) => {
      const by = 'status' in query && query.status !== undefined ? { status: String(query.status) } : {};
      const list = [definition.operationId, JSON.stringify({ ...params, ...by })];
      const page = await definition.read(params, { ...pageOf(query, list), ...by }, principal);
      return { items: page.items, ...cursorOf(page.next, list) };
    },
  });

interface FundList {
  /** Below /funds/{fundId}. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  /** What is listed; its name is the list's in the fund's views. */
  readonly list: EntityType | 'grade';
  /** Whether a bank sees its own only. */
  readonly own?: true;
}

/** A GET over one list of a fund's views. */
export const fundListRoute =
  (reader: Reader) =>
  ({ list, own, path, ...rest }: FundList): Route =>
    listRoute({
      ...rest,
      path: `/funds/{fundId}${path}`,
      params: oneFund,
      statuses: list === 'grade' ? undefined : statusesOf(list),
      item: rowSchema,
      read: ({ fundId }, page, principal) => reader.list(fundId, own ? ownList(list, principal) : list, page),
    });
