import { describe, expect, test } from 'vitest';
import type { Caller } from '../../support/api/client.ts';
import { createOffice } from '../../support/api/office.ts';
import { pathOf } from '../../support/api/paths.ts';
import { claimCaseOf, compensated, reportRecovery, statement, troubled } from '../../support/claims.ts';
import { createGradedWorld, fileLoan } from '../../support/compensation-world.ts';
import { fundWith, WAN } from '../../support/world.ts';

const FUND = 'kv';
const machineOf = (bank: string): Caller => ({ subject: `machine-${bank}`, roles: ['bank'], funds: [FUND], bank });

// One bank's loan, filed; another one of it, claimed, paid and partly recovered.
const world = await createGradedWorld(2);
await fundWith(world, 1_500n * WAN);
const claimed = await troubled(world, 2);
const claimId = await compensated(world, claimed);
const recoveryId = await reportRecovery(world, claimId, 10n * WAN);
const filingId = await fileLoan(world, 1, { drawnOn: world.clock.today() });
const office = createOffice(world);
const { body: job } = await office.api.send({
  method: 'POST',
  path: `/funds/${FUND}/imports/balances`,
  query: 'fileName=balances.csv',
  as: machineOf('rcb'),
  contentType: 'text/csv',
  body: 'contractNumber,coveredFen\nHT-1,100\n',
});

const ids: Readonly<Record<string, string>> = {
  fundId: FUND,
  filingId,
  claimId,
  recoveryId,
  caseId: claimCaseOf(claimed),
  jobId: String(job['jobId']),
};
const reason = { reason: '不再需要' };
/** A body that each of a bank's commands would take. */
const bodies: Readonly<Record<string, object>> = {
  filingReport: { asOf: world.clock.today(), coveredFen: '100000000', uncoveredFen: '0' },
  filingContinue: { months: 6, ...reason },
  filingWithdraw: reason,
  claimSubmit: statement(),
  claimResubmit: statement(),
  recoveryReport: {
    collectedFen: '1000000',
    costFen: '0',
    collectedOn: world.clock.today(),
    evidenceSha256: 'c'.repeat(64),
    note: '还款',
  },
  caseWithdraw: reason,
};

/** What all banks of a fund are meant to see: who has which limit, before any of them lends. */
const SHARED = ['listGradings', 'getGrading'];
const ofBanks = office.routes.filter((r) => r.roles.includes('bank') && !SHARED.includes(r.operationId));
const aboutOne = ofBanks.filter((r) => Object.keys(r.params.shape).some((name) => /^(?!fund).+Id$/.test(name)));
const lists = ofBanks.filter((route) => route.method === 'GET' && !aboutOne.includes(route));
const send = ({ method, path, operationId }: (typeof ofBanks)[number], as: Caller) =>
  office.api.send({
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? `{${name}}`),
    as,
    body: bodies[operationId],
  });

describe('one bank’s things seen by another', () => {
  test.each(aboutOne.map((r) => [`${r.method} ${r.path}`, r] as const))(
    '%s: as if it were not there',
    async (_, route) => {
      const before = office.contents();
      const { status, body } = await send(route, machineOf('cqb'));
      expect(body).toMatchObject({ status: 404, code: expect.stringMatching(/_NOT_FOUND$/) });
      expect(status).toBe(404);
      expect(office.contents()).toBe(before);
    },
  );

  test.each(aboutOne.filter((r) => r.method === 'GET').map((r) => [r.path, r] as const))(
    '%s is there for its own bank',
    async (_, route) => {
      // An import that is under way has no file of refused rows yet; it is known all the same.
      expect([200, 409]).toContain((await send(route, machineOf('rcb'))).status);
    },
  );

  test.each(lists.map((r) => [r.path, r] as const))('%s: empty for the other, not for its own', async (_, route) => {
    const [own, foreign] = [await send(route, machineOf('rcb')), await send(route, machineOf('cqb'))];
    expect(foreign.body['items']).toEqual([]);
    expect(own.body['items']).not.toEqual([]);
  });

  test.each(ofBanks.map((r) => [`${r.method} ${r.path}`, r] as const))(
    '%s by a machine that says of no bank whose it is: refused',
    async (_, route) => {
      const { body } = await office.api.send({
        method: route.method,
        path: pathOf(route, FUND),
        as: { subject: 'machine', roles: ['bank'], funds: [FUND] },
        ...(route.upload === undefined ? {} : { contentType: route.upload.contentType }),
        body: route.body === undefined && route.upload === undefined ? undefined : {},
      });
      expect(body).toMatchObject({ status: 403, code: 'BANK_NOT_NAMED' });
    },
  );
});
