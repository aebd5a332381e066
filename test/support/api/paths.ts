import type { Route } from '#shared/runtime/route.ts';

/** A value for every parameter of a path there is; well-formed, and naming nothing that exists. */
const SAMPLES: Readonly<Record<string, string>> = {
  account: '1002',
  callId: 'CC-000000000000',
  caseId: 'CS-000000000000',
  code: 'ROLE_REQUIRED',
  dimension: 'enterprise',
  enterpriseId: '91500118MA5UUUUU1X',
  id: 'CS-000000000000',
  loanId: 'LN-000000000000',
  receiptId: 'RC-000000000000',
  type: 'case',
  version: '9',
};

/**
 * The path of a route with well-formed parameters.
 * @throws when a parameter has no sample, or the route takes another form by now: the tables must grow with the API
 */
export const pathOf = (route: Route, fundId: string): string => {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const params = Object.fromEntries(names.map((name) => [name, name === 'fundId' ? fundId : SAMPLES[name]]));
  const parsed = route.params.safeParse(params);
  if (!parsed.success) throw new Error(`${route.path}: ${parsed.error.message}`);
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
};
