import { parseCamt053 } from '#shared/adapters/bank/camt053.ts';
import { buildPain001 } from '#shared/adapters/bank/pain001.ts';
import { elementOf, parseXml } from '#shared/adapters/bank/xml.ts';
import { parseCsv } from '#shared/adapters/csv/csv.ts';
import { createKernel } from '#shared/application/execute.ts';
import { importStep } from '#shared/application/imports/step.ts';
import { statementCommands } from '#shared/application/intake.ts';
import { prepare } from '#shared/application/prepare.ts';
import { charterDocument } from '#shared/contracts/documents.ts';
import { assertBalanced, credit, debit } from '#shared/domain/book/voucher.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { tierFor } from '#shared/domain/charter/authority.ts';
import type { Charter } from '#shared/domain/charter/charter.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { normaliseName } from '#shared/domain/identity.ts';
import { parseRate } from '#shared/domain/rate.ts';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import type { ErrorCode } from '#shared/errors/catalogue.ts';
import type { ApiRequest } from '../api/client.ts';
import { createInProcessApi } from '../api/in-process.ts';
import { callers, createOffice, foundThroughApi } from '../api/office.ts';
import { approveCase, reviewed } from '../claims.ts';
import { approveBeside, caseId, claimedIn } from '../double-claims.ts';
import { createMemoryFiles } from '../import-files.ts';
import { refusalOf } from '../refusal.ts';
import {
  application,
  caseIdOf,
  closeUntilYesterday,
  company,
  createWorld,
  FUND,
  found,
  fundedWorld,
  lend,
  loanIdOf,
  people,
  seedCharter,
} from '../world.ts';

/** Codes that no command of one fund's book meets, and what provokes them where they arise: functions, adapters, HTTP. */
export type Provocations = Partial<Record<ErrorCode, () => Promise<string | undefined>>>;

const thrown = (run: () => unknown) => async () => refusalOf(run);

/** The code of the problem document a request is answered with. */
const answered =
  (request: ApiRequest, founding = true) =>
  async () => {
    const { api } = createOffice();
    if (founding) await foundThroughApi(api);
    return String((await api.send(request)).body['code']);
  };

const get = (path: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
  method: 'GET',
  path: `/funds/${FUND}${path}`,
  as: callers.officer,
  ...more,
});
const apply = (more: Partial<ApiRequest>): ApiRequest => ({
  method: 'POST',
  path: `/funds/${FUND}/loans/applications`,
  as: callers.officer,
  body: application(1, 10_000_000n),
  ...more,
});

const charter = (): Charter => charterDocument.parse(seedCharter);

const camt = (changes: (text: string) => string) => {
  const text = [
    '<Document><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><Othr><Id>310001012345678901</Id></Othr></Id></Acct>',
    '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2017-03-01</Dt></Dt></Bal>',
    '<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2017-03-01</Dt></Dt></Bal>',
    '</Stmt></BkToCstmrStmt></Document>',
  ].join('');
  return parseCamt053(elementOf(parseXml(Buffer.from(changes(text)))['Document'], 'Document'));
};

const order = (name: string) => ({
  paymentId: 'LN-000000000001-P1',
  amountFen: 1n,
  debtor: { name: '基金', number: '310001012345678901', bankCode: '314653000011' },
  creditor: { name, number: '622200000001', bankCode: '314653000011' },
  remittance: '免息贷款',
  executionDate: '2017-03-01',
});

export const provocations: Provocations = {
  RECOVERY_NOT_FOUND: answered(get('/recoveries/RV-000000000000')),
  CLAIM_PAID_ELSEWHERE: async () => {
    const [first, second] = [await claimedIn('first'), await claimedIn('second')];
    await approveCase(first, caseId);
    await reviewed(second, caseId);
    const [outcome] = await approveBeside(second, [first]);
    return outcome?.status === 'refused' ? outcome.error.code : undefined;
  },
  AUTHORITY_MISSING: thrown(() => tierFor({ ...charter(), authority: [] }, 'loan', 1n)),
  RATE_INVALID: thrown(() => parseRate('-1')),
  NAME_INVALID: thrown(() => normaliseName('示例\u202e公司')),
  VOUCHER_UNBALANCED: thrown(() => assertBalanced([debit('1002', 2n), credit('6011', 1n)])),
  ACCOUNT_UNKNOWN: thrown(() => assertBalanced([debit('9999', 1n), credit('1002', 1n)])),
  DIMENSION_REQUIRED: thrown(() => assertBalanced([debit('1303.01', 1n), credit('1002', 1n)])),
  BANK_FILE_INVALID: thrown(() => parseXml(Buffer.from('<a>'))),
  BANK_STATEMENT_UNBALANCED: thrown(() => camt((text) => text.replace('>0<', '>1<'))),
  BANK_FIELD_INVALID: thrown(() => buildPain001(order('户'.repeat(141)))),
  BANK_ACCOUNT_UNKNOWN: thrown(() =>
    statementCommands(
      FUND,
      camt((text) => text),
      { key: 'k', sha256: '0'.repeat(64) },
      ['another account'],
    ),
  ),
  IMPORT_FILE_INVALID: thrown(() => parseCsv(Buffer.from('a,a\n1,2'), ['a'])),
  IMPORT_ROW_INVALID: async () => {
    const world = createWorld('2019-07-31', undefined, REGISTER_BOOK);
    const files = createMemoryFiles();
    const jobId = 'IM-AAAAAAAAAAAA';
    const fileKey = `imports/${REGISTER_BOOK}/${jobId}.csv`;
    const header = 'firmId,name,registeredOn,industry,technology';
    await files.put(fileKey, Buffer.from(`${header}\n${company(1).id},某企业,2016-13-40,软件,是`));
    const file = { jobId, kind: 'firms', fileName: '企业.csv', fileKey, sha256: '0'.repeat(64), bytes: 100 };
    await world.run('import.open', file, people.officer);
    await importStep({ ledger: world.ledger, kernel: world.kernel, files }, REGISTER_BOOK, jobId, 0);
    return /^1,([A-Z_]+),/m.exec(Buffer.from(files.kept.get(`${fileKey}.errors.csv`) ?? []).toString('utf8'))?.[1];
  },
  DAY_CLOSED: async () => {
    const world = await fundedWorld();
    await lend(world, 1, 10_000_000n);
    const closed = world.clock.today();
    world.clock.set(addDays(closed, 1));
    await closeUntilYesterday(world, [loanIdOf(1)]);
    // A machine whose clock is a day behind.
    world.clock.set(closed);
    return world.refusal('loan.apply', { caseId: caseIdOf(2), application: application(2, 1n) }, people.officer);
  },
  BOOK_BUSY: async () => {
    const world = createWorld();
    await found(world);
    const ledger = { ...world.ledger, commit: async () => 'contention' as const };
    const kernel = createKernel({ ledger, clock: world.clock, calendar: chinaCalendar, jitter: () => 0 });
    const payload = { caseId: caseIdOf(1), application: application(1, 1n) };
    const command = prepare('loan.apply', FUND, 'busy', payload, people.officer);
    return kernel.execute(FUND, [command], { recordRefusals: false }).then(
      () => undefined,
      (error: unknown) =>
        refusalOf(() => {
          throw error;
        }),
    );
  },
  CHARTER_NOT_FOUND: answered(get('/charters/9')),
  DISTRIBUTION_NOT_FOUND: answered(get('/distributions/DS-000000000000')),
  ENTERPRISE_NOT_FOUND: answered(get(`/enterprises/${company(9).id}`)),
  UNAUTHENTICATED: answered(get('/loans', { as: undefined })),
  FUND_NOT_FOUND: answered(get('/loans', { as: callers.stranger })),
  ROUTE_NOT_FOUND: answered(get('/nothing')),
  METHOD_NOT_ALLOWED: answered({ ...get('/loans'), method: 'POST', body: {} }),
  REQUEST_INVALID: answered(apply({ body: {} })),
  BODY_INVALID: answered(apply({ body: '{"half":' })),
  BODY_TOO_LARGE: answered(apply({ body: { purpose: '大'.repeat(200_000) } })),
  UNSUPPORTED_MEDIA_TYPE: answered(apply({ contentType: 'text/plain' })),
  IDEMPOTENCY_KEY_MISSING: answered(apply({ key: null })),
  CURSOR_INVALID: answered(get('/loans', { query: 'cursor=nonsense' })),
  IMPORT_RUNNING: async () => {
    const { api, world } = createOffice();
    await foundThroughApi(api);
    const jobId = 'IM-AAAAAAAAAAAA';
    const file = { jobId, kind: 'firms', fileName: '企业.csv', fileKey: 'k', sha256: '0'.repeat(64), bytes: 10 };
    await world.run('import.open', file, people.officer);
    return String((await api.send(get(`/imports/${jobId}/errors`))).body['code']);
  },
  INTERNAL: async () => {
    const { routes } = createOffice();
    const broken = routes.map((r) => ({ ...r, handle: () => Promise.reject(new Error('the store is on fire')) }));
    return String((await createInProcessApi(broken).send(get('/loans'))).body['code']);
  },
};
