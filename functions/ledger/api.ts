import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { ledgerRoutes } from './routes.ts';

const { ledger, reader, names } = apiParts();

export const handler = createHttpHandler(ledgerRoutes(ledger, reader), names);
