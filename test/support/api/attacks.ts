import type { ErrorCode } from '#shared/errors/catalogue.ts';
import { application, company, FUND } from '../world.ts';
import type { ApiRequest } from './client.ts';
import { callers, type ShownCase } from './office.ts';

/** Something a hostile user sends, and the code that must come back. */
export interface Attack {
  readonly name: string;
  readonly request: ApiRequest;
  readonly code: ErrorCode;
}

const APPLICATIONS = `/funds/${FUND}/loans/applications`;

/** A complete application that would be taken, and what is changed in it. */
const apply = (changes: object): ApiRequest => ({
  method: 'POST',
  path: APPLICATIONS,
  as: callers.officer,
  body: application(7, 30_000_000n, changes),
});

const show = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40);

const refuse = (code: ErrorCode, what: string, requests: readonly (readonly [string, ApiRequest])[]): Attack[] =>
  requests.map(([name, request]) => ({ name: `${what}: ${name}`, request, code }));

const fields = (code: ErrorCode, field: string, values: readonly unknown[]): Attack[] =>
  refuse(
    code,
    field,
    values.map((value) => [show(value), apply({ [field]: value })] as const),
  );

/** The application with a piece of its JSON text replaced: what `JSON.stringify` would not write. */
const raw = (from: string | RegExp, to: string): ApiRequest => ({
  ...apply({}),
  body: JSON.stringify(application(7, 30_000_000n)).replace(from, to),
});

const amounts = (): Attack[] => [
  ...fields('REQUEST_INVALID', 'amountFen', [
    300_000.5,
    30_000_000,
    -30_000_000,
    '300000.50',
    '-30000000',
    '+30000000',
    '3e7',
    '3E+7',
    '0x1C9C380',
    '030000000',
    '30,000,000',
    ' 30000000',
    '30000000\n',
    '３００００００００',
    '٣٠٠٠٠٠٠٠',
    '1000000000000000000',
    '9'.repeat(400),
    '',
    'NaN',
    'Infinity',
    null,
    true,
    ['30000000'],
    { value: '30000000' },
  ]),
  ...refuse('REQUEST_INVALID', 'amountFen as JSON', [
    ['1e18', raw('"30000000"', '1e18')],
    ['-0', raw('"30000000"', '-0')],
    ['1e400', raw('"30000000"', '1e400')],
  ]),
  ...fields('AMOUNT_INVALID', 'amountFen', ['0']),
  ...fields('ENTERPRISE_LIMIT_EXCEEDED', 'amountFen', ['30000001', '1000000000000000']),
];

/** A complete application with a byte in it that is no UTF-8. API Gateway hands JSON over as text, the byte replaced. */
const lossy = (): Uint8Array => {
  const [before = '', after = ''] = JSON.stringify(application(7, 30_000_000n)).split('投入');
  return Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28]), Buffer.from(after)]);
};

const numbersAndDates = (): Attack[] => [
  ...fields('REQUEST_INVALID', 'termMonths', [36.5, '36', -1, 0, 1e9, null, [36]]),
  ...refuse('REQUEST_INVALID', 'termMonths as JSON', [['1e999', raw('"termMonths":36', '"termMonths":1e999')]]),
  ...fields('TERM_OUT_OF_RANGE', 'termMonths', [1, 360]),
  ...refuse(
    'REQUEST_INVALID',
    'establishedOn',
    [
      '2017-02-30',
      '2017-13-01',
      '2017-2-1',
      '0000-00-00',
      '9999-12-31',
      '20170201',
      '2017-02-01T00:00:00Z',
      20170201,
    ].map((date) => [show(date), apply({ applicant: { ...company(7), establishedOn: date } })] as const),
  ),
];

const shapes = (): Attack[] => [
  ...refuse('REQUEST_INVALID', 'unknown member', [
    ['roles', apply({ roles: ['director'] })],
    ['fundId', apply({ fundId: 'other' })],
    ['caseId', apply({ caseId: 'CS-000000000000' })],
    ['status', apply({ status: 'approved' })],
    ['constructor', apply({ constructor: 1 })],
    ['in the applicant', apply({ applicant: { ...company(7), exposureFen: '0' } })],
    ['in the declarations', apply({ declarations: { 'In-Tech-Register': true } })],
  ]),
  ...refuse('BODY_INVALID', 'prototype', [
    ['__proto__', raw('{', '{"__proto__":{"roles":["director"]},')],
    [
      '__proto__ in the declarations',
      raw('"declarations":{', '"declarations":{"__proto__":{"in-tech-register":true},'),
    ],
    ['constructor.prototype', raw('{', '{"constructor":{"prototype":{"amountFen":"1"}},')],
  ]),
  ...refuse('REQUEST_INVALID', 'whole body', [
    ['null', { ...apply({}), body: 'null' }],
    ['list', { ...apply({}), body: '[]' }],
    ['text', { ...apply({}), body: '"application"' }],
    ['number', { ...apply({}), body: '1' }],
    ['empty object', { ...apply({}), body: '{}' }],
    ['deep in a member', raw('"研发投入"', `${'['.repeat(500)}${']'.repeat(500)}`)],
    [
      '41 declarations',
      apply({ declarations: Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`d-${i}`, true])) }),
    ],
    ['41 documents', apply({ documents: Array.from({ length: 41 }, () => application(7, 1n).documents[0]) })],
  ]),
  ...refuse('BODY_INVALID', 'not JSON', [
    ['nothing', { ...apply({}), body: '' }],
    ['half', { ...apply({}), body: '{"applicant":' }],
    ['single quotes', { ...apply({}), body: "{'a':1}" }],
    ['byte order mark', { ...apply({}), body: '\ufeff{}' }],
    ['invalid UTF-8 that is not declared text', { ...apply({}), body: lossy(), contentType: 'application/x+json' }],
    ['UTF-16', { ...apply({}), body: Buffer.from(JSON.stringify(application(7, 30_000_000n)), 'utf16le') }],
    ['too deep in a member', raw('"研发投入"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
    ['100,000 brackets', { ...apply({}), body: '['.repeat(100_000) }],
    ['100,000 brackets, closed', { ...apply({}), body: '['.repeat(100_000) + ']'.repeat(100_000) }],
  ]),
  ...refuse('BODY_TOO_LARGE', 'size', [['2 MB', apply({ purpose: '大'.repeat(700_000) })]]),
  ...refuse(
    'UNSUPPORTED_MEDIA_TYPE',
    'content type',
    [null, 'text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonx'].map(
      (contentType) => [String(contentType), { ...apply({}), contentType }] as const,
    ),
  ),
  ...refuse(
    'IDEMPOTENCY_KEY_MISSING',
    'idempotency key',
    [null, '', 'short-7', 'x'.repeat(65), 'with space', 'schlüssel-1', 'a/b/c/d/e', 'key,key-key'].map(
      (key) => [show(key), { ...apply({}), key }] as const,
    ),
  ),
];

const texts = (): Attack[] => [
  ...refuse('REQUEST_INVALID', 'text', [['invalid UTF-8', { ...apply({}), body: lossy() }]]),
  ...refuse(
    'REQUEST_INVALID',
    'purpose',
    [
      '',
      ' 研发投入',
      '研发投入\u3000',
      '研发\n投入',
      '研发\u0000投入',
      '研发\u200b投入',
      '研发\u202e投入',
      '研发\u2066投入',
      '研发\u2028投入',
      '研发\u3164投入',
      '研发\u00ad投入',
      '研发\ufffd投入',
      '研发\ud800投入',
      '研'.repeat(201),
    ].map((purpose) => [show(purpose), apply({ purpose })] as const),
  ),
  ...refuse(
    'REQUEST_INVALID',
    'name',
    ['\u202e某某公司', '某某\u200d公司', '某某公司\ufeff', '某某\u3164公司', '某某\u115f公司', '某某\ue000公司'].map(
      (name) => [show(name), apply({ applicant: { ...company(7), name } })] as const,
    ),
  ),
  ...refuse('USCC_INVALID', 'code', [
    [
      'wrong check character',
      apply({
        applicant: { ...company(7), id: `${company(7).id.slice(0, -1)}${company(7).id.endsWith('0') ? '1' : '0'}` },
      }),
    ],
    ['a team’s number for a company', apply({ applicant: { ...company(7), id: 'TEAM-00000001' } })],
  ]),
];

/** A file of rows, and what is changed in how it is handed in. */
const uploads = (): Attack[] => {
  const file: ApiRequest = {
    method: 'POST',
    path: `/funds/${FUND}/imports/firms`,
    query: 'fileName=firms.csv',
    as: callers.officer,
    contentType: 'text/csv',
    body: 'id,name\n',
  };
  return [
    ...refuse('UNSUPPORTED_MEDIA_TYPE', 'file', [
      ['as JSON', { ...file, contentType: 'application/json' }],
      ['as a form', { ...file, contentType: 'multipart/form-data' }],
      ['as nothing', { ...file, contentType: null }],
    ]),
    ...refuse('BODY_INVALID', 'file', [
      ['empty', { ...file, body: '' }],
      ['GB18030 sent as text', { ...file, body: Buffer.from([0xc6, 0xf3, 0xd2, 0xb5]) }],
    ]),
    ...refuse('BODY_TOO_LARGE', 'file', [['3.6 MB', { ...file, body: Buffer.alloc(3_600_000, 'x') }]]),
    ...refuse('REQUEST_INVALID', 'file', [
      ['without a name', { ...file, query: '' }],
      ['with a name that runs backwards', { ...file, query: 'fileName=%E2%80%AEvsc.exe' }],
      ['with two names', { ...file, query: 'fileName=a.csv&name=b.csv' }],
    ]),
    ...refuse('ROUTE_NOT_FOUND', 'file', [
      ['of no kind', { ...file, path: `/funds/${FUND}/imports/everything` }],
      ['of the kind __proto__', { ...file, path: `/funds/${FUND}/imports/__proto__` }],
    ]),
    ...refuse('ROLE_REQUIRED', 'file', [['of banks', { ...file, path: `/funds/${FUND}/imports/filings` }]]),
  ];
};

/** Bad input of every kind, against the route with the richest body and the one that takes files. None may change a byte. */
export const inputAttacks = (): readonly Attack[] => [
  ...amounts(),
  ...numbersAndDates(),
  ...shapes(),
  ...texts(),
  ...uploads(),
];

const contract = (caseId: string, signedOn: string) => ({
  caseId,
  contractNumber: '合同-1',
  contractSha256: '0'.repeat(64),
  signedOn,
});

/** Attacks on what is there already: names, stale and foreign references. `filed` is an application awaiting its review. */
export const stateAttacks = (filed: ShownCase & { readonly n: number }): readonly Attack[] => {
  const { n, caseId, shown } = filed;
  const post = (path: string, as: keyof typeof callers, body: object): ApiRequest => ({
    method: 'POST',
    path: `/funds/${FUND}${path}`,
    as: callers[as],
    body,
  });
  const review = (changes: object) =>
    post(`/cases/${caseId}/reviews`, 'reviewer', { ...shown, opinion: 'pass', comment: '同意', ...changes });
  const named = (name: string) => apply({ applicant: { ...company(7), name } });
  const known = company(n).name;
  return [
    ...refuse('NAME_LOOKS_ALIKE', 'name of another', [
      ['the same', named(known)],
      ['full width digits', named(known.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))))],
      ['spaces and dots', named(known.replace('科技', ' 科·技 '))],
      ['another digit', named(known.replace(/1$/, 'l'))],
    ]),
    ...refuse('NAME_DIFFERS', 'name', [
      ['a known code, another name', apply({ applicant: { ...company(n), name: '别的公司' } })],
    ]),
    ...refuse('CASE_CHANGED', 'stale', [
      ['later revision', review({ revision: shown.revision + 1 })],
      ['other hash', review({ payloadHash: 'A'.repeat(43) })],
    ]),
    ...refuse('REQUEST_INVALID', 'stale', [
      ['short hash', review({ payloadHash: shown.payloadHash.slice(1) })],
      ['revision 0', review({ revision: 0 })],
      ['revision as text', review({ revision: '1' })],
    ]),
    ...refuse('STATE_INVALID', 'too early', [
      ['vote', post(`/cases/${caseId}/votes`, 'member', { ...shown, choice: 'approve', comment: '同意' })],
      ['approval', post(`/cases/${caseId}/approvals`, 'director', shown)],
    ]),
    ...refuse('NOT_THE_MAKER', 'another’s case', [
      ['withdraw', post(`/cases/${caseId}/withdrawals`, 'otherOfficer', { reason: '不办了' })],
      ['revise', post(`/loans/applications/${caseId}/revisions`, 'otherOfficer', application(n, 1_000_000n))],
    ]),
    ...refuse('BORROWER_CHANGED', 'another’s case', [
      ['other borrower', post(`/loans/applications/${caseId}/revisions`, 'officer', application(7, 1_000_000n))],
    ]),
    ...refuse('CASE_NOT_APPROVED', 'too early', [
      ['contract', post('/loans/contracts', 'treasurer', contract(caseId, '2017-03-01'))],
    ]),
    ...refuse('CASE_NOT_FOUND', 'no such thing', [
      ['case', post('/cases/CS-ZZZZZZZZZZZZ/withdrawals', 'officer', { reason: '不办了' })],
    ]),
    ...refuse('LOAN_NOT_FOUND', 'no such thing', [
      ['loan', post('/loans/LN-ZZZZZZZZZZZZ/cancellations', 'director', { reason: '不办了' })],
    ]),
    ...refuse('ROUTE_NOT_FOUND', 'odd id', [
      ['a slash in it', post('/cases/CS-00000000000%2F/withdrawals', 'officer', { reason: '不办了' })],
    ]),
    ...refuse('REQUEST_INVALID', 'odd id', [
      ...['cs-000000000000', 'CS-00000000000', 'CS-000000000000%00', "CS-0'OR'1'='1"].map(
        (id) => [id, post(`/cases/${id}/withdrawals`, 'officer', { reason: '不办了' })] as const,
      ),
    ]),
  ];
};
