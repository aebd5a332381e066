import * as z from 'zod';
import type { Page, PageRequest, Reader } from '#shared/application/reading.ts';
import { cursorOf, pageOf, pageQuery } from './cursor.ts';
import type { Principal, Role } from './principal.ts';
import { oneFund, type Route, route } from './route.ts';

interface ListRoute<Params extends z.ZodObject, Item> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  readonly params: Params;
  readonly item: z.ZodType;
  readonly read: (params: z.output<Params>, page: PageRequest, principal: Principal) => Promise<Page<Item>>;
}

/** A row of a view, texts by name. */
export const rowSchema = z.record(z.string(), z.string()).meta({ id: 'Row' });

/** A GET that answers one page of a list and the cursor of the next. */
export const listRoute = <Params extends z.ZodObject, Item>(definition: ListRoute<Params, Item>): Route =>
  route({
    method: 'GET',
    path: definition.path,
    operationId: definition.operationId,
    summary: definition.summary,
    roles: definition.roles,
    params: definition.params,
    query: z.strictObject(pageQuery),
    response: z.strictObject({ items: z.array(definition.item), cursor: z.string().optional() }),
    status: 200,
    handle: async ({ params, query, principal }) => {
      const list = [definition.operationId, JSON.stringify(params)];
      const page = await definition.read(params, pageOf(query, list), principal);
      return { items: page.items, ...cursorOf(page.next, list) };
    },
  });

interface FundList {
  /** Below /funds/{fundId}. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  /** Name of the list in the fund's views, which may depend on who asks. */
  readonly list: string | ((principal: Principal) => string);
}

/** A GET over one list of a fund's views. */
export const fundListRoute =
  (reader: Reader) =>
  ({ list, path, ...rest }: FundList): Route =>
    listRoute({
      ...rest,
      path: `/funds/{fundId}${path}`,
      params: oneFund,
      item: rowSchema,
      read: ({ fundId }, page, principal) =>
        reader.list(fundId, typeof list === 'string' ? list : list(principal), page),
    });
