import { describe, expect, test } from 'vitest';
import { capabilityRoutes } from '#functions/docs/routes.ts';
import { contentsOf } from '#shared/adapters/memory/ledger.ts';
import { filedElsewhere } from '#shared/application/elsewhere.ts';
import type { Ledger } from '#shared/application/ports.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import type { Role } from '#shared/runtime/principal.ts';
import { type ApiRequest, type Caller, succeed } from '../../support/api/client.ts';
import { createInProcessApi } from '../../support/api/in-process.ts';
import { approveCase, statement } from '../../support/claims.ts';
import {
  charters,
  createCompensationWorld,
  createGradedWorld,
  fileLoan,
  filingOf,
  filingRow,
  gradingRow,
} from '../../support/compensation-world.ts';
import { createMemoryFiles } from '../../support/import-files.ts';
import { createMemoryReader } from '../../support/memory-reader.ts';
import { company, fundWith, WAN } from '../../support/world.ts';

const KV = 'kv';
const person = (subject: string, ...roles: Role[]): Caller => ({ subject, roles, funds: [KV] });
const bank = (id: string): Caller => ({ ...person(`machine-${id}`, 'bank'), bank: id });
const rcb = bank('rcb');
const cqb = bank('cqb');
const officer = person('officer-1', 'officer');
const reviewer = person('reviewer-1', 'reviewer');

const world = await createGradedWorld(25);
await fundWith(world, 1_500n * WAN);
const reader = createMemoryReader(world.ledger);
const api = createInProcessApi(
  capabilityRoutes({ kernel: world.kernel, ledger: world.ledger, reader, files: createMemoryFiles() }),
);
const contents = () => contentsOf(world.ledger);

const path = (rest: string): string => `/funds/${KV}${rest}`;
const post = (rest: string, as: Caller, body: object, key?: string): ApiRequest => ({
  method: 'POST',
  path: path(rest),
  as,
  body,
  ...(key === undefined ? {} : { key }),
});
const get = (rest: string, as: Caller): ApiRequest => ({ method: 'GET', path: path(rest), as });
const ids = (body: Readonly<Record<string, unknown>>): readonly string[] =>
  (body['items'] as { id: string }[]).map((i) => i.id);

describe('a bank’s machine', () => {
  test('given a loan, when it is filed twice with one key, then it is filed once', async () => {
    const request = post('/filings', rcb, filingRow(1), 'filing-key-1');
    const first = await succeed(api, request);
    expect(first).toMatchObject({ type: 'filing', id: filingOf(1), replayed: false, state: { status: 'confirmed' } });
    const before = contents();
    expect(await succeed(api, request)).toMatchObject({ replayed: true, id: filingOf(1) });
    expect(contents()).toBe(before);
    const again = await api.send(post('/filings', rcb, filingRow(1)));
    expect(again).toMatchObject({ status: 409, body: { code: 'FILING_EXISTS' } });
  });

  test('given twenty rows with a bad one among them, then each has its own answer', async () => {
    const items = Array.from({ length: 20 }, (_, i) => filingRow(i + 2));
    items[7] = filingRow(9, { annualRate: '0.09' });
    const body = await succeed(api, post('/filings/bulk', rcb, { items }));
    const answers = body['items'] as { status: string; target: string; problem?: { code: string } }[];
    expect(answers.map((a) => a.status === 'applied')).toEqual(items.map((_, i) => i !== 7));
    expect(answers[7]).toMatchObject({ target: 'HT-9', problem: { code: 'RATE_ABOVE_CEILING' } });
    const tooMany = { items: [...items, filingRow(99)] };
    expect((await api.send(post('/filings/bulk', rcb, tooMany))).status).toBe(400);
  });

  test('given another bank, then it files for itself, sees its own alone, and cannot touch what is not its own', async () => {
    await succeed(api, post('/filings', cqb, filingRow(22)));
    const own = filingOf(22, 'cqb');
    expect(ids(await succeed(api, get('/filings', cqb)))).toEqual([own]);
    expect(ids(await succeed(api, get('/filings', rcb)))).not.toContain(own);
    expect(ids(await succeed(api, get('/filings', officer)))).toContain(own);
    const before = contents();
    const foreign = filingOf(1);
    const tries = [
      get(`/filings/${foreign}`, cqb),
      post(`/filings/${foreign}/reports`, cqb, { asOf: '2018-03-01', coveredFen: '0', uncoveredFen: '0' }),
      post(`/filings/${foreign}/withdrawals`, cqb, { reason: '撤' }),
      post(`/filings/${foreign}/claims`, cqb, statement()),
    ];
    for (const request of tries)
      expect(await api.send(request)).toMatchObject({ status: 404, body: { code: 'FILING_NOT_FOUND' } });
    expect(contents()).toBe(before);
  });

  test('given a token that names no bank, or a bank the fund does not know, then nothing is filed or shown', async () => {
    const nameless = person('machine-x', 'bank');
    for (const request of [post('/filings', nameless, filingRow(23)), get('/filings', nameless)])
      expect(await api.send(request)).toMatchObject({ status: 403, body: { code: 'BANK_NOT_NAMED' } });
    const stranger = bank('unknown');
    expect(await api.send(post('/filings', stranger, filingRow(23)))).toMatchObject({ body: { code: 'BANK_UNKNOWN' } });
    expect(ids(await succeed(api, get('/filings', stranger)))).toEqual([]);
    for (const odd of ['', 'RCB', 'rcb@', '__proto__', 'rcb cqb'])
      expect(await api.send(get('/filings', { ...nameless, bank: odd }))).toMatchObject({
        body: { code: 'BANK_NOT_NAMED' },
      });
  });

  test('given a body that names a bank or a status, then it is not as the contract says', async () => {
    for (const odd of [
      { bankId: 'cqb' },
      { status: 'confirmed' },
      { coveredFen: 1 },
      { annualRate: '1.5' },
      { termMonths: 1.5 },
    ])
      expect(await api.send(post('/filings', rcb, filingRow(23, odd)))).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID' },
      });
  });

  test('given reports of twenty loans, then each is booked under its contract', async () => {
    const items = [2, 3, 4].map((n) => ({
      contractNumber: `ht-${n}`,
      asOf: '2018-03-01',
      coveredFen: String(50n * WAN),
      uncoveredFen: '0',
    }));
    const body = await succeed(api, post('/filings/reports/bulk', rcb, { items }));
    expect((body['items'] as { id: string }[]).map((i) => i.id)).toEqual([2, 3, 4].map((n) => filingOf(n)));
    expect(await world.read('filing', filingOf(3))).toMatchObject({ outstandingFen: 50n * WAN });
  });
});

describe('the office’s side', () => {
  test('given a grade, then it is shown with its explanation, and banks see the list', async () => {
    const shown = await succeed(api, get(`/gradings/${company(1).id}`, officer));
    expect(shown).toMatchObject({
      grade: { grade: 'A' },
      explanation: { score: '97.00', 'ip.invention-patents': '5 → 75' },
    });
    expect(ids(await succeed(api, get('/gradings', rcb)))).toContain(company(1).id);
    expect((await api.send(get(`/gradings/${company(77).id}`, officer))).body).toMatchObject({ code: 'GRADE_MISSING' });
    const bulk = { items: [gradingRow(30), gradingRow(31, {}, { charm: '1' })] };
    const graded = await succeed(api, post('/gradings/bulk', officer, bulk));
    expect((graded['items'] as { status: string }[]).map((i) => i.status)).toEqual(['applied', 'refused']);
  });

  test('given coverage, then figures, breakers and limits are read from the state itself', async () => {
    const coverage = await succeed(api, get('/coverage', officer));
    expect(coverage).toMatchObject({ paidInFen: String(1_500n * WAN), committedFen: String(10_000n * WAN) });
    const scopes = coverage['scopes'] as { id: string; outstandingFen: string }[];
    expect(scopes.map((s) => s.id)).toEqual([
      'fund',
      'bank:rcb',
      'bank:cqb',
      'bank:bank-c',
      'bank:bank-d',
      'district:yongchuan',
    ]);
    const { coveredFen } = (await world.ledger.load(KV, [])).head;
    expect(scopes[0]?.outstandingFen).toBe(String(coveredFen));
    expect(coverage['limits']).toContainEqual(expect.objectContaining({ name: 'liability/paid-in', exceeded: true }));
    expect((await api.send(get('/coverage', rcb))).status).toBe(403);
  });

  test('given a claim, then its bank follows it, another does not, and reviewers see whether it is filed elsewhere', async () => {
    const filingId = filingOf(5);
    world.clock.set('2018-06-02');
    const late = { asOf: '2018-06-02', coveredFen: String(100n * WAN), uncoveredFen: '0', overdueSince: '2018-06-01' };
    await succeed(api, post(`/filings/${filingId}/reports`, rcb, late));
    world.clock.set('2018-09-03');
    const items = [{ contractNumber: 'HT-5', ...statement() }];
    const bulk = await succeed(api, post('/claims/bulk', rcb, { items }));
    const claimId = claimIdOf(filingId);
    expect(bulk['items']).toMatchObject([{ status: 'applied', type: 'claim', id: claimId }]);
    expect(ids(await succeed(api, get('/claims', rcb)))).toEqual([claimId]);
    expect(ids(await succeed(api, get('/claims', cqb)))).toEqual([]);
    expect(await api.send(get(`/claims/${claimId}`, cqb))).toMatchObject({
      status: 404,
      body: { code: 'CLAIM_NOT_FOUND' },
    });
    expect(await succeed(api, get(`/filings/${filingId}/elsewhere`, reviewer))).toEqual({ items: [] });
    const { caseId } = (await world.read('claim', claimId)) ?? { caseId: '' };
    await approveCase(world, caseId);
    const recovery = {
      collectedFen: String(WAN),
      costFen: '0',
      collectedOn: '2018-09-03',
      evidenceSha256: 'e'.repeat(64),
      note: '回款',
    };
    const made = await succeed(api, post(`/claims/${claimId}/recoveries`, rcb, recovery));
    expect(await succeed(api, get(`/recoveries/${String(made['id'])}`, rcb))).toMatchObject({
      recovery: { fundFen: String((WAN * 4n) / 5n) },
    });
    expect((await api.send(get(`/recoveries/${String(made['id'])}`, cqb))).body).toMatchObject({
      code: 'RECOVERY_NOT_FOUND',
    });
    expect(ids(await succeed(api, get('/recoveries', cqb)))).toEqual([]);
  });
});

test('given the same contract in another fund, then whoever may see both is told', async () => {
  const sme = await createCompensationWorld(charters.sme2018);
  await fileLoan(sme, 1);
  const both: Ledger = {
    load: (fundId, refs) => (fundId === 'sme' ? sme : world).ledger.load(fundId, refs),
    commit: world.ledger.commit,
  };
  expect(await filedElsewhere(both, filingOf(1), KV, [KV, 'sme'])).toEqual([
    { fundId: 'sme', filing: 'applied', exposureFen: 100n * WAN, compensatedFen: 0n },
  ]);
  expect(await filedElsewhere(both, filingOf(1), KV, [KV])).toEqual([]);
});
