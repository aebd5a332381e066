import { describe, expect, test } from 'vitest';
import { prepare } from '#shared/application/prepare.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { differences, heldBy } from '../../support/books.ts';
import { approveCase, claimCaseOf, reviewed } from '../../support/claims.ts';
import { filingOf } from '../../support/compensation-world.ts';
import { approveBeside, caseId, claimedIn, filingId, HALF, kernelBeside } from '../../support/double-claims.ts';
import { people, shownOf, WAN } from '../../support/world.ts';

describe('a loan that two funds cover', () => {
  test('given a claim another fund has agreed to, when one on the same loan is approved, then CLAIM_PAID_ELSEWHERE and nothing changes', async () => {
    const first = await claimedIn('first');
    await approveCase(first, caseId);
    const second = await claimedIn('second');
    await reviewed(second, caseId);
    const before = heldBy(second.ledger);
    expect(await approveBeside(second, [first])).toMatchObject([
      {
        status: 'refused',
        error: {
          code: 'CLAIM_PAID_ELSEWHERE',
          details: { elsewhereFen: String(HALF), declaredFen: '0' },
        },
      },
    ]);
    expect(differences(before, heldBy(second.ledger))).toEqual([]);
  });

  test('given a claim that says what the other fund bears, when it is approved, then the ceiling has counted it', async () => {
    const first = await claimedIn('first');
    await approveCase(first, caseId);
    const second = await claimedIn('second', { otherSupport: [{ scheme: 'first', amountFen: String(HALF) }] });
    await reviewed(second, caseId);
    expect(await approveBeside(second, [first])).toMatchObject([{ status: 'applied' }]);
    expect(await second.read('claim', claimIdOf(filingId))).toMatchObject({ fundFen: 60n * WAN });
  });

  test('given a claim that is only submitted elsewhere, when one on the same loan is approved, then the first to be approved is', async () => {
    const [first, second] = [await claimedIn('first'), await claimedIn('second')];
    await reviewed(second, caseId);
    expect(await approveBeside(second, [first])).toMatchObject([{ status: 'applied', replayed: false }]);
  });

  test('given an approval that was given before another fund agreed, when it is sent again, then it is answered as it was', async () => {
    const [first, second] = [await claimedIn('first'), await claimedIn('second')];
    await reviewed(second, caseId);
    await approveBeside(second, [first]);
    await approveCase(first, caseId);
    expect((await second.read('case', caseId))?.status).toBe('approving');
    expect(await approveBeside(second, [first])).toMatchObject([{ status: 'applied', replayed: true }]);
    expect(await approveBeside(second, [first], 'another')).toMatchObject([
      { status: 'refused', error: { code: 'CLAIM_PAID_ELSEWHERE' } },
    ]);
  });

  test('given other decisions among the approvals, when they come together, then each is answered in its place', async () => {
    const first = await claimedIn('first');
    await approveCase(first, caseId);
    const second = await claimedIn('second');
    await reviewed(second, caseId);
    const unknown = { caseId: claimCaseOf(filingOf(9)), ...(await shownOf(second, caseId)) };
    const of = (id: string, payload: object) => prepare('case.approve', 'second', id, payload, people.director);
    const outcomes = await kernelBeside(second, [first]).execute(
      'second',
      [of('a', unknown), of('b', { ...unknown, caseId }), of('c', unknown)],
      { recordRefusals: false },
    );
    expect(outcomes).toMatchObject([
      { status: 'refused', error: { code: 'CASE_NOT_FOUND' } },
      { status: 'refused', error: { code: 'CLAIM_PAID_ELSEWHERE' } },
      { status: 'refused', error: { code: 'CASE_NOT_FOUND' } },
    ]);
  });
});
