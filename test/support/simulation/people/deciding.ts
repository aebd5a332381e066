import type { ApiAnswer, Caller } from '../../api/client.ts';
import { application } from '../../world.ts';
import { DAY, MINUTE } from '../timeline.ts';
import { field, PASS, rowsIn, type Shown, type Surroundings, shownIn, staff } from './staff.ts';

const DAYS_OF_PATIENCE = 20;

/** A case about a loan in the making. */
export interface LoanCase {
  readonly n: number;
  readonly caseId: string;
  readonly maker: Caller;
  readonly haste: boolean;
}

/** Review, committee, notice and final approval, with second thoughts in between. Whether the loan was approved. */
export const decideLoan = async (around: Surroundings, of: LoanCase, first: Shown): Promise<boolean> => {
  const { random } = around;
  let shown = first;
  for (let round = 0; round < 3; round += 1) {
    await reviewAndVote(around, of, shown);
    if (round > 0 || random.chance(0.7)) return await approve(around, of, shown);
    shown = (await haveSecondThoughts(around, of, shown)) ?? shown;
  }
  return false;
};

const reviewAndVote = async (
  { desk, timeline, random }: Surroundings,
  { caseId, haste }: LoanCase,
  shown: Shown,
): Promise<void> => {
  await desk.command(staff.manyHats, `/cases/${caseId}/reviews`, { ...shown, ...PASS });
  await desk.command(staff.reviewer, `/cases/${caseId}/reviews`, { ...shown, ...PASS });
  const vote = async (member: Caller): Promise<void> => {
    await timeline.sleep(haste ? 0 : random.between(0, 5 * MINUTE));
    await desk.command(member, `/cases/${caseId}/votes`, { ...shown, choice: 'approve', comment: '同意' });
  };
  await Promise.all(staff.committee.slice(0, 4).map(vote));
};

/** The maker hands in another amount, or somebody objects; others decide on the sheet that still lies on their desk. */
const haveSecondThoughts = async (
  { desk, random }: Surroundings,
  { n, caseId, maker }: LoanCase,
  shown: Shown,
): Promise<Shown | undefined> => {
  if (random.chance(0.3)) await desk.command(staff.reviewer, `/cases/${caseId}/objections`, { reason: '公示异议' });
  const revised = application(n, BigInt(random.between(1_000_001, 29_999_999)));
  const again = await desk.command(maker, `/loans/applications/${caseId}/revisions`, revised);
  await desk.command(staff.reviewer, `/cases/${caseId}/reviews`, { ...shown, ...PASS });
  await desk.command(staff.director, `/cases/${caseId}/approvals`, shown);
  return again.status === 200 ? shownIn(again) : undefined;
};

const approve = async (around: Surroundings, { caseId }: LoanCase, shown: Shown): Promise<boolean> => {
  const { desk, timeline, random } = around;
  for (let day = 0; day < DAYS_OF_PATIENCE; day += 1) {
    const found = await desk.read(staff.director, `/cases/${caseId}`);
    const status = field(found, 'case', 'status');
    if (status === 'approved') return true;
    if (status !== 'on-notice' && status !== 'approving') return false;
    if (timeline.today > field(found, 'case', 'noticeEndsOn')) {
      await desk.command(staff.manyHats, `/cases/${caseId}/approvals`, shown);
      const answer = random.chance(0.3)
        ? await approveInBulk(around, caseId, shown)
        : await desk.command(staff.director, `/cases/${caseId}/approvals`, shown);
      if (answer.status === 200) return true;
    }
    await timeline.sleep(DAY);
  }
  return false;
};

const approveInBulk = async ({ desk }: Surroundings, caseId: string, shown: Shown): Promise<ApiAnswer> => {
  const answer = await desk.command(staff.director, '/approvals', { items: [{ caseId, ...shown }] });
  return { ...answer, status: rowsIn(answer)[0]?.['status'] === 'applied' ? 200 : 409 };
};
