import { application, company, FUND } from '../../world.ts';
import type { ApiRequest } from '../client.ts';
import { callers, type ShownCase } from '../office.ts';
import { type Attack, applicant, refuse } from './attack.ts';

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
  const named = (name: string) => applicant({ name });
  const known = company(n).name;
  return [
    ...refuse('NAME_LOOKS_ALIKE', 'name of another', [
      ['the same', named(known)],
      ['full width digits', named(known.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))))],
      ['spaces and dots', named(known.replace('科技', ' 科·技 '))],
      ['another digit', named(known.replace(/1$/, 'l'))],
    ]),
    ...refuse('NAME_DIFFERS', 'name', [
      ['a known code, another name', applicant({ id: company(n).id, name: '别的公司' })],
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
