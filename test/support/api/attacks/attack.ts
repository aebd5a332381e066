import type { ErrorCode } from '#shared/errors/catalogue.ts';
import { application, company, FUND } from '../../world.ts';
import type { ApiRequest } from '../client.ts';
import { callers } from '../office.ts';

/** Something a hostile user sends, and the code that must come back. */
export interface Attack {
  readonly name: string;
  readonly request: ApiRequest;
  readonly code: ErrorCode;
}

/** A complete application that would be taken, and what is changed in it. */
export const apply = (changes: object): ApiRequest => ({
  method: 'POST',
  path: `/funds/${FUND}/loans/applications`,
  as: callers.officer,
  body: application(7, 30_000_000n, changes),
});

/** A value as part of a name. */
export const show = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40);

/** Requests that must all be refused with one code. */
export const refuse = (code: ErrorCode, what: string, requests: readonly (readonly [string, ApiRequest])[]): Attack[] =>
  requests.map(([name, request]) => ({ name: `${what}: ${name}`, request, code }));

/** The application with a member that has one of these values instead. */
export const fields = (code: ErrorCode, field: string, values: readonly unknown[]): Attack[] =>
  refuse(
    code,
    field,
    values.map((value) => [show(value), apply({ [field]: value })] as const),
  );

/** The application with a piece of its JSON text replaced: what `JSON.stringify` would not write. */
export const raw = (from: string | RegExp, to: string): ApiRequest => ({
  ...apply({}),
  body: JSON.stringify(application(7, 30_000_000n)).replace(from, to),
});

/** The application with the applicant changed. */
export const applicant = (changes: object): ApiRequest => apply({ applicant: { ...company(7), ...changes } });

/** A complete application with a byte in it that is no UTF-8. API Gateway hands JSON over as text, the byte replaced. */
export const lossy = (): Uint8Array => {
  const [before = '', after = ''] = JSON.stringify(application(7, 30_000_000n)).split('投入');
  return Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28]), Buffer.from(after)]);
};
