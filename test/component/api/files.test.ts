import { expect, test } from 'vitest';
import { callers, createOffice, foundThroughApi } from '../../support/api/office.ts';

const office = createOffice();
await foundThroughApi(office.api);

test.each([
  ['UTF-8 as text/csv', 'text/csv', Buffer.from('企业\n')],
  ['UTF-8 as text/csv; charset=utf-8', 'text/csv; charset=utf-8', Buffer.from('名称\n')],
  ['GB18030 as bytes', 'application/octet-stream', Buffer.from([0xc6, 0xf3, 0xd2, 0xb5, 0x0a])],
])('given a file of %s, when it is handed in, then it is taken', async (_, contentType, body) => {
  const path = '/funds/seed/imports/firms';
  const query = `fileName=${encodeURIComponent('企业名单.csv')}`;
  const answer = await office.api.send({ method: 'POST', path, query, as: callers.officer, contentType, body });
  expect(answer).toMatchObject({ status: 202, body: { jobId: expect.stringMatching(/^IM-/) } });
});
