import type { ApiAnswer, Caller } from '../../api/client.ts';
import { application } from '../../world.ts';
import { DAY, HOUR } from '../timeline.ts';
import { decideLoan } from './deciding.ts';
import { field, idIn, PASS, type Surroundings, shownIn, staff } from './staff.ts';

/** One loan, from its application to its last repayment, as far as it comes. */
export const lend = async (around: Surroundings, n: number, haste: boolean): Promise<void> => {
  const { desk, timeline, random, bank } = around;
  if (!haste) await timeline.sleep(random.between(0, 12) * DAY + random.between(0, 9) * HOUR);
  const amountFen = BigInt(random.between(1_000_001, 29_999_999));
  const maker = random.chance(0.3) ? staff.manyHats : staff.officer;
  const filed = await apply(around, n, amountFen, maker);
  if (filed.status !== 200) return;
  const caseId = idIn(filed);
  const loanId = caseId.replace('CS-', 'LN-');
  // Some pay back what they have not got yet.
  if (random.chance(0.3)) bank.credit(101n, `提前还款 ${loanId}`);
  if (random.chance(0.1)) {
    await desk.command(maker, `/cases/${caseId}/withdrawals`, { reason: '企业撤回' });
    return;
  }
  if (!(await decideLoan(around, { n, caseId, maker, haste }, shownIn(filed)))) return;
  // Some are approved and never come to sign.
  if (random.chance(0.1)) return;
  const contract = { caseId, contractNumber: `合同-${n}`, contractSha256: 'c'.repeat(64), signedOn: timeline.today };
  await desk.command(staff.manyHats, '/loans/contracts', contract);
  await desk.command(staff.treasurer, '/loans/contracts', contract);
  if (!(await seePaid(around, loanId))) return;
  await repay(around, loanId, amountFen);
  if (random.chance(0.6)) await extend(around, loanId);
};

/** Files an application; some use the key of the first again for another amount. */
const apply = async (
  { desk, random }: Surroundings,
  n: number,
  amountFen: bigint,
  maker: Caller,
): Promise<ApiAnswer> => {
  const key = desk.newKey();
  const changes = random.chance(0.3) ? { repayment: { kind: 'instalments', count: 4, everyMonths: 3 } } : {};
  const path = '/loans/applications';
  const filed = await desk.commandUnder(key, maker, path, application(n, amountFen, changes));
  if (random.chance(0.3))
    await desk.commandUnderUsedKey(key, maker, path, application(n, amountFen + 1n, changes), filed);
  return filed;
};

/** Looks every day what became of the payment, and pays again, or gives up, what the bank has refused. */
const seePaid = async ({ desk, timeline, random }: Surroundings, loanId: string): Promise<boolean> => {
  for (let day = 0; day < 12; day += 1) {
    await timeline.sleep(DAY);
    const status = field(await desk.read(staff.treasurer, `/loans/${loanId}`), 'loan', 'status');
    if (status === 'active') return true;
    if (status === 'cancelled' || status === '') return false;
    if (status !== 'payment-rejected') continue;
    if (random.chance(0.7)) await desk.command(staff.treasurer, `/loans/${loanId}/reinstructions`, { reason: '重付' });
    else await desk.command(staff.director, `/loans/${loanId}/cancellations`, { reason: '不再放款' });
  }
  return false;
};

/** Some pay in a few large parts, some in many small ones, some not at all, some too much. */
const repay = async ({ bank, timeline, random }: Surroundings, loanId: string, amountFen: bigint): Promise<void> => {
  const many = random.chance(0.3);
  for (let left = many ? random.between(14, 20) : random.between(0, 3); left > 0; left -= 1) {
    bank.credit(many ? BigInt(random.between(1, 999)) : amountFen / 2n + 3n, `还款 ${loanId}`);
    await timeline.sleep(random.between(HOUR, many ? 8 * HOUR : 5 * DAY));
  }
};

const extend = async ({ desk }: Surroundings, loanId: string): Promise<void> => {
  const filed = await desk.command(staff.officer, `/loans/${loanId}/extensions`, { months: 6, reason: '回款延迟' });
  if (filed.status !== 200) return;
  const [path, shown] = [`/cases/${idIn(filed)}`, shownIn(filed)];
  await desk.command(staff.reviewer, `${path}/reviews`, { ...shown, ...PASS });
  await desk.command(staff.director, `${path}/approvals`, shown);
};
