import { DAY, HOUR, MINUTE } from '../timeline.ts';
import { idIn, type Surroundings, shownIn, staff } from './staff.ts';

/** Founds the fund. Two may try at the same moment; one of them comes too late. */
export const foundFund = async ({ desk, random }: Surroundings, charter: object): Promise<void> => {
  const admins = random.chance(0.5) ? [staff.admin, staff.secondAdmin] : [staff.admin];
  const proposals = await Promise.all(admins.map((as) => desk.command(as, '/charters', { charter })));
  for (const proposal of proposals) {
    const path = `/cases/${idIn(proposal)}/approvals`;
    await desk.command(staff.director, path, shownIn(proposal));
    await desk.command(staff.finance, path, shownIn(proposal));
  }
};

/** Calls capital, and the contributors pay it, some of them a little more than asked. */
export const raiseCapital = async (
  { desk, bank, timeline, random }: Surroundings,
  amountFen: bigint,
  more: object = {},
): Promise<void> => {
  const body = { amountFen: String(amountFen), dueOn: '2019-01-01', documentNumber: '渝财〔2018〕1号', ...more };
  const call = await desk.command(staff.director, '/capital/calls', body);
  const { parts } = call.body['state'] as { parts: { contributor: string; amountFen: string }[] };
  for (const part of parts) {
    await timeline.sleep(random.between(MINUTE, 6 * HOUR));
    const extraFen = random.chance(0.2) ? 13n : 0n;
    bank.credit(BigInt(part.amountFen) + extraFen, `出资 ${idIn(call)} ${part.contributor}`);
  }
  await timeline.sleep(DAY);
};
