import { S3Client } from '@aws-sdk/client-s3';
import { createImportFiles } from '#shared/adapters/s3/import-files.ts';
import { apiParts } from '#shared/runtime/container.ts';
import { readEnv, text } from '#shared/runtime/env.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { importRoutes } from './routes.ts';

const { kernel, ledger, reader, names } = apiParts();
const { BANK_BUCKET } = readEnv({ BANK_BUCKET: text });
const files = createImportFiles(new S3Client({}), BANK_BUCKET);

export const handler = createHttpHandler(importRoutes(kernel, ledger, reader, files), names);
