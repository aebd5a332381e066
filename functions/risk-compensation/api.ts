import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { compensationRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();

export const handler = createHttpHandler(compensationRoutes(kernel, ledger, reader), names);
