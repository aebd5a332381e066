import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { ENV } from '#shared/storage/names.ts';
import { apiOf } from '../../support/api/in-process.ts';
import { approveCase, reviewed } from '../../support/claims.ts';
import { caseId, claimedIn } from '../../support/double-claims.ts';
import { type DynamoEngine, startDynamo } from '../../support/engines/dynamo.ts';
import { shownOf } from '../../support/world.ts';

let engine: DynamoEngine;
beforeAll(async () => {
  engine = await startDynamo();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.stop();
});

test('given a loan that another fund compensates, when the function of approvals is asked to approve a second claim, then it refuses', async () => {
  const tables = await engine.createTables();
  const ledger = createDynamoLedger(engine.client, tables);
  await approveCase(await claimedIn('first', {}, ledger), caseId);
  const second = await claimedIn('second', {}, ledger);
  await reviewed(second, caseId);
  const environment = {
    [ENV.journalTable]: tables.journalTable,
    [ENV.stateTable]: tables.stateTable,
    [ENV.viewsTable]: tables.viewsTable,
    [ENV.rolesClaim]: 'roles',
    [ENV.fundsClaim]: 'funds',
    [ENV.bankClaim]: 'bank',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { handler } = await import('#functions/approvals/api.ts');
  const shown = await shownOf(second, caseId);

  const answer = await apiOf(handler).send({
    method: 'POST',
    path: `/funds/second/cases/${caseId}/approvals`,
    as: { subject: 'director-1', roles: ['director'], funds: ['second'] },
    body: shown,
  });

  expect(answer).toMatchObject({ status: 409, body: { code: 'CLAIM_PAID_ELSEWHERE' } });
});
