import { apiParts } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { paymentRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();

export const handler = createHttpHandler(paymentRoutes(kernel, ledger, reader), names);
