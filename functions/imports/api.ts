import { createImportFiles } from '#shared/adapters/s3/import-files.ts';
import { apiParts, bankObjects } from '#shared/runtime/container.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { importRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();
const files = createImportFiles(bankObjects());

export const handler = createHttpHandler(importRoutes(kernel, ledger, reader, files), names);
