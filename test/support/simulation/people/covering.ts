import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { idFrom } from '#shared/domain/ids.ts';
import type { Caller } from '../../api/client.ts';
import { lawsuit, statement } from '../../claims.ts';
import { DISTRICTS } from '../../compensation-story.ts';
import { filingRow } from '../../compensation-world.ts';
import { company, WAN } from '../../world.ts';
import { DAY, HOUR, MINUTE } from '../timeline.ts';
import { decide } from './decide.ts';
import { foundFund, raiseCapital } from './founding.ts';
import { recover, writeOff } from './recovering.ts';
import { field, idIn, rowsIn, type Surroundings, staff } from './staff.ts';
import { refund, seePaid } from './treasury.ts';

/** What people do at a risk-compensation fund in one run: found it, pay it in, cover what banks lend. */
export const coverLoans = async (around: Surroundings, charter: object): Promise<void> => {
  const { random } = around;
  await foundFund(around, charter);
  // Some funds cannot pay what they have promised.
  await raiseCapital(around, random.chance(0.2) ? 30n * WAN + 7n : 400n * WAN + 11n);
  const haste = random.chance(0.5);
  const loans = Array.from({ length: random.between(4, 8) }, (_, i) => cover(around, i + 1, haste));
  await Promise.all([...loans, resume(around), refund(around)]);
};

/** A loan as its bank knows it. */
export interface CoveredLoan {
  readonly bank: Caller;
  readonly filingId: string;
  readonly contractNumber: string;
  owedFen: bigint;
}

/** One loan, from its filing to what comes back of it, as far as it comes. */
const cover = async (around: Surroundings, n: number, haste: boolean): Promise<void> => {
  const { desk, timeline, random } = around;
  // Some are filed when others are in trouble already.
  if (!haste || n % 4 === 0) await timeline.sleep(random.between(0, 14) * DAY + random.between(0, 9) * HOUR);
  const loan = await file(around, n);
  if (loan === undefined) return;
  if (random.chance(0.1)) {
    await desk.command(loan.bank, `/filings/${loan.filingId}/withdrawals`, { reason: '企业提前还款' });
    return;
  }
  for (let part = random.between(0, 2); part > 0; part -= 1) {
    await timeline.sleep(random.between(HOUR, 2 * DAY));
    await report(around, loan, (loan.owedFen * BigInt(random.between(5, 9))) / 10n);
  }
  if (random.chance(0.2)) {
    await report(around, loan, 0n);
    return;
  }
  if (await claim(around, loan)) await bringBack(around, loan);
};

/** Files a loan; large ones wait for a reviewer. Some use the key of the first again for another amount. */
const file = async (around: Surroundings, n: number): Promise<CoveredLoan | undefined> => {
  const { desk, timeline, random } = around;
  const bank = random.pick(staff.banks);
  const borrower = company(1 + (n % 3));
  const owedFen = BigInt(random.between(20, 160)) * WAN + BigInt(random.between(0, 99));
  const row = filingRow(n, {
    enterpriseId: borrower.id,
    enterpriseName: borrower.name,
    coveredFen: String(owedFen),
    drawnOn: timeline.today,
    district: random.pick(DISTRICTS),
    ...(random.chance(0.3) ? { guarantorId: 'cq-tech-g' } : {}),
  });
  const key = desk.newKey();
  const filed = await desk.commandUnder(key, bank, '/filings', row);
  if (random.chance(0.3))
    await desk.commandUnderUsedKey(key, bank, '/filings', { ...row, coveredFen: String(owedFen + 1n) }, filed);
  // What the system of a bank has sent before, it sends again with the next batch.
  if (random.chance(0.3)) await desk.command(bank, '/filings/bulk', { items: [row] });
  if (filed.status !== 200) return undefined;
  const loan = { bank, filingId: idIn(filed), contractNumber: row.contractNumber, owedFen };
  return (await review(around, loan)) ? loan : undefined;
};

/** Whether the fund stands for the loan. */
const review = async ({ desk, random }: Surroundings, { filingId }: CoveredLoan): Promise<boolean> => {
  const status = field(await desk.read(staff.reviewer, `/filings/${filingId}`), 'filing', 'status');
  if (status !== 'applied') return status === 'confirmed';
  const opinion = random.chance(0.9) ? 'confirm' : 'refuse';
  const reviewed = await desk.command(staff.reviewer, `/filings/${filingId}/reviews`, { opinion, comment: '已核' });
  return reviewed.status === 200 && opinion === 'confirm';
};

/** The bank says what is still owed, one loan at a time or with a batch. */
const report = async (
  { desk, timeline, random }: Surroundings,
  loan: CoveredLoan,
  owedFen: bigint,
  overdueSince?: string,
): Promise<void> => {
  const { bank, filingId, contractNumber } = loan;
  const late = overdueSince === undefined ? {} : { overdueSince };
  const balances = { asOf: timeline.today, coveredFen: String(owedFen), uncoveredFen: '0', ...late };
  const answer = random.chance(0.3)
    ? await desk.command(bank, '/filings/reports/bulk', { items: [{ contractNumber, ...balances }] })
    : await desk.command(bank, `/filings/${filingId}/reports`, balances);
  if (answer.status === 200) loan.owedFen = owedFen;
};

/** The borrower falls behind, and the bank claims; some claim in the same minute a second time. Whether the fund will pay. */
const claim = async (around: Surroundings, loan: CoveredLoan): Promise<boolean> => {
  const { desk, timeline, random } = around;
  const { bank, filingId } = loan;
  await report(around, loan, loan.owedFen, timeline.today);
  if (random.chance(0.15)) {
    await timeline.sleep(random.between(1, 3) * DAY);
    // It was a mistake, or has been made good.
    await report(around, loan, loan.owedFen);
    return false;
  }
  const path = `/filings/${filingId}/claims`;
  if (random.chance(0.3)) await desk.command(bank, path, claimToday(around));
  await timeline.sleep(random.between(3, 6) * DAY + random.between(0, 9) * HOUR);
  const claims = Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => desk.command(bank, path, claimToday(around)));
  await Promise.all(claims);
  return await seeDecided(around, loan);
};

const claimToday = ({ timeline, random }: Surroundings) => {
  const otherSupport = random.chance(0.3)
    ? [{ scheme: '市级', amountFen: String(random.between(1, 90) * 100_003) }]
    : [];
  return statement({ otherSupport, lawsuit: { ...lawsuit, acceptedOn: timeline.today } });
};

const seeDecided = async (around: Surroundings, { bank, filingId }: CoveredLoan): Promise<boolean> => {
  const { desk } = around;
  const claimId = claimIdOf(filingId);
  for (let round = 0; round < 3; round += 1) {
    const caseId = field(await desk.read(bank, `/claims/${claimId}`), 'claim', 'caseId');
    if (caseId === '') return false;
    const status = await decide(around, caseId, [staff.director, staff.finance]);
    if (status !== 'returned') return status === 'approved' || status === 'done';
    await desk.command(bank, `/claims/${claimId}/revisions`, claimToday(around));
  }
  return false;
};

/** What is claimed is paid; then something comes back, and the rest is lost. */
const bringBack = async (around: Surroundings, loan: CoveredLoan): Promise<void> => {
  const { timeline, random } = around;
  const claimId = claimIdOf(loan.filingId);
  if (!(await seeCompensated(around, claimId))) return;
  await recover(around, loan.bank, claimId);
  if (random.chance(0.5)) return;
  await timeline.sleep(random.between(3, 6) * DAY);
  await writeOff(around, claimId);
  // Some comes after nobody waits for it any more.
  if (random.chance(0.3)) await recover(around, loan.bank, claimId);
};

/** The treasurer pays the compensation; what was given up after a refusal is made out anew. */
const seeCompensated = async (around: Surroundings, claimId: string): Promise<boolean> => {
  const { desk } = around;
  const caseId = field(await desk.read(staff.treasurer, `/claims/${claimId}`), 'claim', 'caseId');
  let payId = idFrom('PY', [caseId, 'claim']);
  for (let round = 0; round < 3; round += 1) {
    const ended = await seePaid(around, payId);
    if (ended !== 'cancelled') return ended === 'settled';
    const again = await desk.command(staff.director, `/payments/${payId}/reissues`, {});
    if (again.status === 200) payId = idIn(again);
  }
  return false;
};

/** Where a breaker has stopped a bank or a district, the office may decide to let it go on. */
const resume = async (around: Surroundings): Promise<void> => {
  const { desk, timeline, random } = around;
  for (let look = 0; look < 4; look += 1) {
    await timeline.sleep(random.between(3, 7) * DAY + random.between(0, 90) * MINUTE);
    const stopped = rowsIn(await desk.read(staff.director, '/breakers')).find((b) => b['status'] === 'stopped');
    if (stopped === undefined || random.chance(0.3)) continue;
    const measure = stopped['id']?.startsWith('bank') === true ? 'non-performing' : 'compensation';
    const resumption = {
      scope: stopped['id'],
      tolerances: [{ measure, ratio: '0.9' }],
      reason: '联席会议',
      documents: [],
    };
    const proposed = await desk.command(staff.officer, '/breakers/resumptions', resumption);
    if (proposed.status === 200) await decide(around, idIn(proposed), [staff.science, staff.finance, staff.office]);
  }
};
