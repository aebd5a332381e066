import { capabilityRoutes, docsRoutes } from '#functions/docs/routes.ts';
import { contentsOf } from '#shared/adapters/memory/ledger.ts';
import type { Role } from '#shared/runtime/principal.ts';
import type { Route } from '#shared/runtime/route.ts';
import { createMemoryFiles } from '../import-files.ts';
import { createMemoryReader } from '../memory-reader.ts';
import { application, createWorld, FUND, seedCharter, type World } from '../world.ts';
import { type Api, type Caller, succeed } from './client.ts';
import { createInProcessApi } from './in-process.ts';

const person = (subject: string, ...roles: Role[]): Caller => ({ subject, roles, funds: [FUND] });

/** The people of the fund office, one per duty, as their tokens describe them. */
export const callers = {
  admin: person('admin-1', 'admin'),
  officer: person('officer-1', 'officer'),
  otherOfficer: person('officer-2', 'officer'),
  reviewer: person('reviewer-1', 'reviewer'),
  member: person('committee-1', 'committee'),
  director: person('director-1', 'director'),
  treasurer: person('treasurer-1', 'treasurer'),
  finance: person('finance-1', 'finance-bureau'),
  auditor: person('auditor-1', 'auditor'),
  /** Does for another fund what the officer does for this one. */
  stranger: { ...person('officer-9', 'officer', 'director', 'auditor'), funds: ['other'] },
} as const satisfies Record<string, Caller>;

/** A fund office with an API in front of it, all in memory. */
export interface Office {
  readonly api: Api;
  readonly world: World;
  readonly routes: readonly Route[];
  /** Everything stored, as text: equal exactly when no byte differs. */
  readonly contents: () => string;
}

/** @param world what has happened so far; an office without a fund unless given */
export const createOffice = (world = createWorld()): Office => {
  const reader = createMemoryReader(world.ledger);
  const routes = [
    ...capabilityRoutes({ kernel: world.kernel, ledger: world.ledger, reader, files: createMemoryFiles() }),
    ...docsRoutes('https://issuer.example'),
  ];
  return { api: createInProcessApi(routes), world, routes, contents: () => contentsOf(world.ledger) };
};

/** What a decider is shown of a case. */
export interface ShownCase {
  readonly caseId: string;
  readonly shown: { readonly revision: number; readonly payloadHash: string };
}

const shownIn = (body: Readonly<Record<string, unknown>>): ShownCase => {
  const { id, state } = body as { id: string; state: { revision: number; payloadHash: string } };
  return { caseId: id, shown: { revision: state.revision, payloadHash: state.payloadHash } };
};

/** Founds the fund through the API as its people would. */
export const foundThroughApi = async (api: Api, fundId = FUND): Promise<void> => {
  const funds = [fundId];
  const body = { charter: { ...seedCharter, fundId } };
  const path = `/funds/${fundId}/charters`;
  const { caseId, shown } = shownIn(
    await succeed(api, { method: 'POST', path, as: { ...callers.admin, funds }, body }),
  );
  for (const as of [callers.director, callers.finance]) {
    const path = `/funds/${fundId}/cases/${caseId}/approvals`;
    await succeed(api, { method: 'POST', path, as: { ...as, funds }, body: shown });
  }
};

/** Files the n-th company's application through the API. */
export const applyThroughApi = async (api: Api, n: number, fundId = FUND): Promise<ShownCase> => {
  const path = `/funds/${fundId}/loans/applications`;
  const as = { ...callers.officer, funds: [fundId] };
  return shownIn(await succeed(api, { method: 'POST', path, as, body: application(n, 30_000_000n) }));
};
