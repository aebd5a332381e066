import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { loanRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();

export const handler = createHttpHandler(loanRoutes(kernel, ledger, reader), names);
