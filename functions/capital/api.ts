import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { capitalRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();

export const handler = createHttpHandler(capitalRoutes(kernel, ledger, reader), names);
