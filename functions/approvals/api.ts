import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { approvalRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();

export const handler = createHttpHandler(approvalRoutes(kernel, ledger, reader), names);
