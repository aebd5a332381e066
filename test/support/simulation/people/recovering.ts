import type { Caller } from '../../api/client.ts';
import { DAY, HOUR } from '../timeline.ts';
import { decide } from './decide.ts';
import { idIn, type Surroundings, staff } from './staff.ts';
import { payOut } from './treasury.ts';

/** A bank says what it has collected; the fund's part comes with the number of the report, or with the claim's alone. */
export const recover = async (around: Surroundings, bank: Caller, claimId: string): Promise<void> => {
  const { desk, timeline, random, bank: account } = around;
  for (let sum = random.between(0, 3); sum > 0; sum -= 1) {
    const collectedFen = BigInt(random.between(1, 30)) * 1_000_003n;
    const collected = {
      collectedFen: String(collectedFen),
      costFen: String(random.chance(0.4) ? random.between(1, 99_999) : 0),
      collectedOn: timeline.today,
      evidenceSha256: 'd'.repeat(64),
      note: '执行回款',
    };
    const reported = await desk.command(bank, `/claims/${claimId}/recoveries`, collected);
    if (reported.status === 200 && random.chance(0.7)) {
      const { fundFen = '0' } = reported.body['state'] as { readonly fundFen?: string };
      if (fundFen !== '0') account.credit(BigInt(fundFen), `追偿 ${idIn(reported)}`);
    } else account.credit(collectedFen, `追偿 ${claimId}`);
    await timeline.sleep(random.between(HOUR, 2 * DAY));
  }
  // Costs and a guarantor's part of what came go out again.
  if (random.chance(0.3)) await payOut(around);
};

/** What is missing after the time for recovery is confirmed as lost. */
export const writeOff = async (around: Surroundings, claimId: string): Promise<void> => {
  const loss = { reason: '执行终结', documents: [] };
  const proposed = await around.desk.command(staff.officer, `/claims/${claimId}/losses`, loss);
  if (proposed.status === 200) await decide(around, idIn(proposed), [staff.science, staff.finance, staff.office]);
};
