import * as z from 'zod';

const list = z.array(z.string()).default([]);

/** `CorsConfiguration` of an HTTP API. */
export const corsSchema = z.object({
  AllowOrigins: list,
  AllowMethods: list,
  AllowHeaders: list,
  ExposeHeaders: list,
  AllowCredentials: z.boolean().default(false),
  MaxAge: z.coerce.number().int().optional(),
});
export type Cors = z.output<typeof corsSchema>;

type Headers = Readonly<Record<string, string>>;

const isAllowed = (cors: Cors, origin: string): boolean =>
  cors.AllowOrigins.some(
    (allowed) =>
      allowed === '*' || allowed === origin || (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1))),
  );

/** Headers that API Gateway adds to every answer to an allowed origin. */
export function corsHeaders(cors: Cors | undefined, origin: string | undefined): Headers {
  if (cors === undefined || origin === undefined || !isAllowed(cors, origin)) return {};
  return {
    'access-control-allow-origin': cors.AllowOrigins.includes('*') ? '*' : origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(cors.ExposeHeaders.length > 0 ? { 'access-control-expose-headers': cors.ExposeHeaders.join(',') } : {}),
    vary: 'Origin',
  };
}

/** What API Gateway adds to its own answer to a preflight request. */
export function preflightHeaders(cors: Cors, origin: string | undefined): Headers {
  const common = corsHeaders(cors, origin);
  if (Object.keys(common).length === 0) return {};
  return {
    ...common,
    'access-control-allow-methods': cors.AllowMethods.join(','),
    'access-control-allow-headers': cors.AllowHeaders.join(','),
    ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
  };
}
