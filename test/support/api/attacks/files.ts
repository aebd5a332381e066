import { FUND } from '../../world.ts';
import type { ApiRequest } from '../client.ts';
import { callers } from '../office.ts';
import { type Attack, refuse } from './attack.ts';

/** A file of rows, handed in as it should not be. */
export const fileAttacks = (): readonly Attack[] => {
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
