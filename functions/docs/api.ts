import { readEnv, text } from '#shared/runtime/env.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { docsRoutes } from './routes.ts';

const { ISSUER } = readEnv({ ISSUER: text });

export const handler = createHttpHandler(docsRoutes(ISSUER), { roles: 'roles', funds: 'funds', bank: 'bank' });
