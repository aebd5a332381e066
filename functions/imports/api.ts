import { apiParts, bankObjects } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { importRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();

export const handler = createHttpHandler(importRoutes(kernel, ledger, reader, bankObjects()), names);
