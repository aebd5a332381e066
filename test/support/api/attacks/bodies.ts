import { application } from '../../world.ts';
import { type Attack, applicant, apply, lossy, raw, refuse, show } from './attack.ts';

/** Bodies, keys and content types that are not as they should be. */
export const bodyAttacks = (): readonly Attack[] => [
  ...refuse('REQUEST_INVALID', 'unknown member', [
    ['roles', apply({ roles: ['director'] })],
    ['fundId', apply({ fundId: 'other' })],
    ['caseId', apply({ caseId: 'CS-000000000000' })],
    ['status', apply({ status: 'approved' })],
    ['constructor', apply({ constructor: 1 })],
    ['in the applicant', applicant({ exposureFen: '0' })],
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
