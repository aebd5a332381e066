import { DAY, HOUR } from '../timeline.ts';
import { field, idIn, PASS, rowsIn, type Surroundings, shownIn, staff } from './staff.ts';

/** Money that names nothing, and a treasurer who tries to place it. */
export const placeStrayMoney = async ({ bank, timeline, random, desk }: Surroundings): Promise<void> => {
  for (let i = random.between(1, 3); i > 0; i -= 1) {
    await timeline.sleep(random.between(1, 8) * DAY);
    bank.credit(BigInt(random.between(1, 500_000)), '货款');
    await timeline.sleep(random.between(1, 3) * DAY);
    const [receipt] = rowsIn(await desk.read(staff.treasurer, '/receipts')).filter((r) => r['status'] === 'open');
    const [loan] = rowsIn(await desk.read(staff.treasurer, '/loans')).filter((l) => l['status'] === 'active');
    if (receipt === undefined || loan === undefined) continue;
    const body = { loanId: loan['id'], amountFen: receipt['openFen'] };
    await desk.command(staff.treasurer, `/receipts/${receipt['id']}/assignments`, body);
  }
};

/** Some money goes back to those who gave it. */
export const refund = async (around: Surroundings): Promise<void> => {
  const { timeline, random, desk } = around;
  if (random.chance(0.5)) return;
  await timeline.sleep(random.between(8, 20) * DAY);
  const account = { name: '出资人', number: '6222000000009999', bankCode: '314653000011' };
  const payees = ['city', 'zone'].map((contributor) => ({ contributor, account }));
  const proposal = { amountFen: '10000003', basis: 'reduction', documentNumber: '渝财〔2018〕9号', payees };
  const filed = await desk.command(staff.officer, '/capital/refunds', proposal);
  if (filed.status !== 200) return;
  const [path, shown] = [`/cases/${idIn(filed)}`, shownIn(filed)];
  await desk.command(staff.reviewer, `${path}/reviews`, { ...shown, ...PASS });
  for (const as of [staff.director, staff.finance]) await desk.command(as, `${path}/approvals`, shown);
  await timeline.sleep(random.between(HOUR, DAY));
  await payOut(around);
};

/** Looks after one payment until it has arrived or was given up. Somebody who decided on it tries to release it. */
export const seePaid = async (
  { desk, timeline, random }: Surroundings,
  payId: string,
): Promise<'settled' | 'cancelled' | 'open'> => {
  for (let look = 0; look < 12; look += 1) {
    const status = field(await desk.read(staff.treasurer, `/payments/${payId}`), 'payment', 'status');
    if (status === 'settled' || status === 'cancelled') return status;
    if (status === 'held' && random.chance(0.3)) await desk.command(staff.manyHats, `/payments/${payId}/releases`, {});
    if (status === 'held' || (status === 'rejected' && random.chance(0.6)))
      await desk.command(staff.treasurer, `/payments/${payId}/releases`, {});
    else if (status === 'rejected')
      await desk.command(staff.director, `/payments/${payId}/cancellations`, { reason: '账户已销' });
    await timeline.sleep(random.between(HOUR, DAY));
  }
  return 'open';
};

/** Releases what is held, and for some days again what the bank has refused. */
export const payOut = async ({ timeline, random, desk }: Surroundings): Promise<void> => {
  for (let day = 0; day < 8; day += 1) {
    for (const { id, status } of rowsIn(await desk.read(staff.treasurer, '/payments'))) {
      if (status !== 'held' && status !== 'rejected') continue;
      if (status === 'held' || random.chance(0.7)) await desk.command(staff.treasurer, `/payments/${id}/releases`, {});
      else await desk.command(staff.director, `/payments/${id}/cancellations`, { reason: '不再支付' });
    }
    await timeline.sleep(DAY);
  }
};
