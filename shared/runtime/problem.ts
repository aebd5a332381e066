import * as z from 'zod';
import { catalogue, type ErrorCode } from '#shared/errors/catalogue.ts';
import { FundError, isFundError } from '#shared/errors/fund-error.ts';

export type Language = 'zh' | 'en';

/** A problem document (RFC 9457). `type` can be fetched and explains the code. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    instance: z.string(),
    retryable: z.boolean(),
    details: z.record(z.string(), z.string()),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).exactOptional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });
export type Problem = z.output<typeof problemSchema>;

/** The first of the caller's languages that we speak; Chinese when none is. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  const wanted = (acceptLanguage ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2));
  return wanted.find((code): code is Language => code === 'zh' || code === 'en') ?? 'zh';
};

/**
 * Turns whatever was thrown into a problem. What is not ours becomes INTERNAL and tells nothing.
 * @param instance the request's id, by which the log is found
 */
export const problemOf = (error: unknown, instance: string, language: Language): Problem => {
  const { code, details } = isFundError(error) ? error : new FundError(codeOfForeign(error));
  const issues = error instanceof z.ZodError ? error.issues : undefined;
  return {
    type: `/problems/${code}`,
    title: catalogue[code][language],
    status: catalogue[code].status,
    code,
    instance,
    retryable: catalogue[code].retryable,
    details: { ...details },
    ...(issues === undefined
      ? {}
      : {
          errors: issues.slice(0, ISSUES_MAX).map((i) => ({ path: i.path.map(String).join('.'), message: i.message })),
        }),
  };
};

const ISSUES_MAX = 20;

/** Errors of the libraries in between: the schemas', and the router's and body parser's, which carry a status. */
const codeOfForeign = (error: unknown): ErrorCode => {
  if (error instanceof z.ZodError) return 'REQUEST_INVALID';
  if (!(error instanceof Error) || !('statusCode' in error)) return 'INTERNAL';
  if (error.statusCode === 404) return 'ROUTE_NOT_FOUND';
  if (error.statusCode === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  return error.statusCode === 400 || error.statusCode === 422 ? 'BODY_INVALID' : 'INTERNAL';
};
