import { createWorklists } from '#shared/adapters/dynamodb/worklists.ts';
import { refusingDoubleClaims } from '#shared/application/double-claims.ts';
import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { approvalRoutes } from './routes.ts';

const { kernel, ledger, reader, names, client, tables } = apiParts();
const { funds } = createWorklists(client, tables.stateTable);

export const handler = createHttpHandler(
  approvalRoutes(refusingDoubleClaims(kernel, { ledger, funds }), ledger, reader),
  names,
);
