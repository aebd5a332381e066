import type { Caller } from '../../api/client.ts';
import { DAY, MINUTE } from '../timeline.ts';
import { field, type Shown, type Surroundings, staff } from './staff.ts';

/** Looks at a case until it is decided. */
const LOOKS_MAX = 12;

/**
 * Review, committee and final approvals of a case that has no notice, as far as its tier asks for them. Somebody with many
 * hats tries to do more than one of them.
 * @param finals those whose approvals the tiers of its subject may ask for
 * @returns the state it has come to; `returned` when its maker must hand it in again
 */
export const decide = async (around: Surroundings, caseId: string, finals: readonly Caller[]): Promise<string> => {
  const { desk, timeline, random } = around;
  const path = `/cases/${caseId}`;
  let status = '';
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const found = await desk.read(staff.director, path);
    status = field(found, 'case', 'status');
    const shown: Shown = {
      revision: Number(field(found, 'case', 'revision')),
      payloadHash: field(found, 'case', 'payloadHash'),
    };
    if (status === 'submitted') await review(around, path, shown);
    else if (status === 'voting') await vote(around, path, shown);
    else if (status === 'approving') await approve(around, path, shown, finals);
    else return status;
    await timeline.sleep(random.between(MINUTE, DAY / 2));
  }
  return status;
};

const review = async ({ desk, random }: Surroundings, path: string, shown: Shown): Promise<void> => {
  const opinion = random.chance(0.8) ? 'pass' : random.pick(['return', 'reject']);
  const reviewer = random.chance(0.3) ? staff.manyHats : staff.reviewer;
  await desk.command(reviewer, `${path}/reviews`, { ...shown, opinion, comment: '已核' });
};

const vote = async ({ desk, random, timeline }: Surroundings, path: string, shown: Shown): Promise<void> => {
  const one = async (member: Caller): Promise<void> => {
    await timeline.sleep(random.between(0, 5 * MINUTE));
    await desk.command(member, `${path}/votes`, { ...shown, choice: 'approve', comment: '同意' });
  };
  await Promise.all(staff.committee.slice(0, 4).map(one));
};

const approve = async (
  { desk, random }: Surroundings,
  path: string,
  shown: Shown,
  finals: readonly Caller[],
): Promise<void> => {
  if (random.chance(0.3)) await desk.command(staff.manyHats, `${path}/approvals`, shown);
  for (const as of finals) await desk.command(as, `${path}/approvals`, shown);
};
