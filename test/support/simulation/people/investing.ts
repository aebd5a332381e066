import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import { exitIdOf } from '#shared/domain/equity/exit.ts';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
import { commitmentIdOf } from '#shared/domain/guidance/commitment.ts';
import type { Caller } from '../../api/client.ts';
import { commitmentOf, investmentOf, payees } from '../../guidance-world.ts';
import { company, HASH, WAN } from '../../world.ts';
import { DAY, HOUR } from '../timeline.ts';
import { decide } from './decide.ts';
import { foundFund, raiseCapital } from './founding.ts';
import { field, idIn, type Surroundings, staff } from './staff.ts';
import { payOut, seePaid } from './treasury.ts';

const BUDGET = { budgetDocumentNumber: '永财预〔2018〕1号' };
const SECTORS = ['robots', 'machine-tools', 'catering'] as const;
const FINALS: readonly Caller[] = [staff.director, staff.finance];

/** What people do at a guidance fund in one run: found it, pay it in, invest, sell, distribute. */
export const investMoney = async (around: Surroundings, charter: object): Promise<void> => {
  const { random } = around;
  await foundFund(around, charter);
  await raiseCapital(around, random.chance(0.3) ? 300n * WAN + 7n : 1_500n * WAN + 11n, BUDGET);
  const haste = random.chance(0.5);
  const stakes = Array.from({ length: random.between(2, 4) }, (_, i) => invest(around, 1 + (i % 3), haste));
  await Promise.all([...stakes, commit(around, 4), distribute(around)]);
};

const someFen = ({ random }: Surroundings): bigint =>
  BigInt(random.between(50, 400)) * WAN + BigInt(random.between(0, 99));

/** Proposes something, and sees it decided. The case, once it is approved. */
const agreeOn = async (around: Surroundings, path: string, body: object): Promise<string | undefined> => {
  const { desk, random } = around;
  const filed = await desk.command(random.chance(0.2) ? staff.manyHats : staff.officer, path, body);
  if (filed.status !== 200) return undefined;
  const status = await decide(around, idIn(filed), FINALS);
  return status === 'approved' || status === 'done' ? idIn(filed) : undefined;
};

/** One stake, from its proposal to its sale, as far as it comes. Two may be after the same enterprise. */
const invest = async (around: Surroundings, n: number, haste: boolean): Promise<void> => {
  const { desk, timeline, random } = around;
  if (!haste) await timeline.sleep(random.between(0, 6) * DAY + random.between(0, 9) * HOUR);
  const amountFen = someFen(around);
  const deal = { sector: SECTORS[n % SECTORS.length], totalQuantity: '100000000000' };
  const caseId = await agreeOn(around, '/investments', investmentOf(n, amountFen, deal));
  if (caseId === undefined) return;
  const path = `/acquisitions/${acquisitionIdOf(caseId)}`;
  if (random.chance(0.15)) {
    await desk.command(staff.director, `${path}/cancellations`, { reason: '股东会未通过' });
    return;
  }
  const contract = { contractNumber: `投资协议-${caseId}`, contractSha256: HASH, signedOn: timeline.today };
  await desk.command(staff.officer, `${path}/contracts`, contract);
  const payId = field(await desk.read(staff.treasurer, path), 'acquisition', 'payId');
  if ((await seePaid(around, payId)) !== 'settled') return;
  await desk.command(staff.officer, `${path}/registrations`, { registeredOn: timeline.today, noticeSha256: HASH });
  const holdingId = holdingIdOf(company(n).id, 'ordinary');
  if (random.chance(0.4)) await collectDividend(around, holdingId);
  if (random.chance(0.2)) await agreeOn(around, `/holdings/${holdingId}/write-offs`, { reason: '破产', documents: [] });
  else if (random.chance(0.7)) await sell(around, holdingId, amountFen);
};

const collectDividend = async ({ desk, timeline, bank }: Surroundings, holdingId: string): Promise<void> => {
  const amounts = { incomeFen: String(3n * WAN + 1n), capitalFen: '0' };
  const resolution = { declaredOn: timeline.today, documentNumber: '股东会决议', documentSha256: HASH };
  const declared = await desk.command(staff.accountant, '/dividends', { holdingId, ...amounts, ...resolution });
  if (declared.status === 200) bank.credit(3n * WAN + 1n, `分红 ${idIn(declared)}`);
};

/** Sells half of it, or all; the buyer pays at once, in two parts, or only the first. */
const sell = async (around: Surroundings, holdingId: string, costFen: bigint): Promise<void> => {
  const { bank, timeline, random } = around;
  const quantity = String(random.chance(0.5) ? costFen / 100n : costFen / 200n);
  const proceedsFen = (costFen * BigInt(random.between(3, 15))) / 10n;
  const exit = { holdingId, quantity, method: 'transfer', buyer: '某集团', proceedsFen: String(proceedsFen) };
  const caseId = await agreeOn(around, '/exits', { ...exit, priceBasis: '评估报告', documents: [] });
  if (caseId === undefined) return;
  const parts = random.pick([
    [proceedsFen],
    [proceedsFen / 3n, proceedsFen - proceedsFen / 3n + 5n],
    [proceedsFen / 3n],
  ]);
  for (const fen of parts) {
    bank.credit(fen, `转让款 ${exitIdOf(caseId)}`);
    await timeline.sleep(random.between(HOUR, 2 * DAY));
  }
};

/** A share of a sub-fund, which calls its money in parts. */
const commit = async (around: Surroundings, n: number): Promise<void> => {
  const { desk, timeline, random } = around;
  await timeline.sleep(random.between(0, 5) * DAY);
  const amountFen = someFen(around);
  const caseId = await agreeOn(around, '/commitments', commitmentOf(n, amountFen, { sector: 'robots' }));
  if (caseId === undefined) return;
  const path = `/commitments/${commitmentIdOf(caseId)}`;
  const contract = { contractNumber: '合伙协议', contractSha256: HASH, signedOn: timeline.today };
  await desk.command(staff.officer, `${path}/contracts`, contract);
  for (let call = random.between(1, 3); call > 0; call -= 1) {
    const called = { amountFen: String(amountFen / 2n + 1n), dueOn: '2019-01-01', noticeNumber: '缴款通知1号' };
    if ((await agreeOn(around, `${path}/calls`, { ...called, ...BUDGET, documents: [] })) !== undefined)
      await payOut(around);
  }
  if (random.chance(0.5)) await desk.command(staff.director, `${path}/closings`, { reason: '投资期满' });
};

/** What has come back goes to the partners. */
const distribute = async (around: Surroundings): Promise<void> => {
  const { timeline, random } = around;
  for (let round = random.between(0, 2); round > 0; round -= 1) {
    await timeline.sleep(random.between(8, 16) * DAY);
    const amountFen = String(BigInt(random.between(10, 90)) * WAN + 1n);
    const distribution = { amountFen, asOf: timeline.today, final: false, documentNumber: '分配决议1号', payees };
    if ((await agreeOn(around, '/distributions', { ...distribution, documents: [] })) !== undefined)
      await payOut(around);
  }
};
