import { availableFen } from '#shared/domain/book/head.ts';
import type { LoanState } from '#shared/domain/lending/loan.ts';
import { outstandingFen } from '#shared/domain/lending/loan.ts';
import { sumFen } from '#shared/domain/money.ts';
import type { World } from '../world.ts';
import { type Claims, type Facts, factsOf } from './facts.ts';

const ON_ITS_WAY = ['instructed', 'unknown'];

/** What the accounts must say of one loan. */
const balancesOf = (
  loan: LoanState,
): readonly [normal: bigint, overdue: bigint, discount: bigint, provision: bigint] => {
  if (ON_ITS_WAY.includes(loan.status)) return [loan.principalFen, 0n, 0n, 0n];
  if (loan.status === 'active' || loan.status === 'repaid')
    return [outstandingFen(loan) - loan.overdueFen, loan.overdueFen, -loan.discountFen, -loan.provisionFen];
  return [0n, 0n, 0n, 0n];
};

/** Sub-ledgers are the entities themselves: what each says of itself is what its account lines say. */
export const subLedgerClaims = (world: World): Claims => {
  const { all, net } = factsOf(world);
  const claims: Claims = {};
  for (const [id, loan] of all('loan')) {
    const accounts = [net('1303.01', id), net('1303.02', id), net('1303.03', id), net('1304', id)];
    claims[`balances of ${loan.status} ${id}`] = [accounts, balancesOf(loan)];
    claims[`nothing of ${id} is below zero`] = [
      [loan.overdueFen, loan.discountFen, loan.provisionFen, outstandingFen(loan)].some((fen) => fen < 0n),
      false,
    ];
    claims[`no more of ${id} is overdue than owed`] = [loan.overdueFen <= outstandingFen(loan), true];
    claims[`borrower’s dimension of ${id}`] = [borrowersOf(world, id), [...borrowersExpected(loan)]];
  }
  for (const [id, receipt] of all('receipt')) {
    const openFen = receipt.side === 'credit' ? -net('2241', id) : net('1221', id);
    claims[`parked ${id}`] = [openFen, receipt.openFen];
    claims[`state of ${id}`] = [receipt.status, receipt.openFen === 0n ? 'assigned' : 'open'];
  }
  for (const c of all('capital').get('all')?.contributors ?? []) {
    const parts = [...all('call').values()].flatMap((call) => call.parts.filter((p) => p.contributor === c.id));
    const live = [...all('call').values()].flatMap((call) =>
      call.status === 'cancelled' ? [] : call.parts.filter((p) => p.contributor === c.id),
    );
    claims[`called from ${c.id}`] = [c.calledFen, sumFen(live.map((p) => p.amountFen))];
    claims[`paid in by ${c.id}`] = [
      -net('2711', c.id) - net('4001', c.id),
      sumFen(parts.map((p) => p.paidFen)) - c.refundedFen - refundsOnTheirWay(all, c.id),
    ];
    claims[`no more is called from ${c.id} than committed`] = [c.calledFen <= c.committedFen, true];
  }
  return claims;
};

/** Refunds whose voucher is posted and whose money has not arrived. */
const refundsOnTheirWay = (all: Facts['all'], contributor: string): bigint =>
  sumFen(
    [...all('payment').values()]
      .filter((p) => ON_ITS_WAY.includes(p.status))
      .flatMap((p) => p.debits.filter((l) => l.dims?.contributor === contributor).map((l) => l.amountFen)),
  );

/** Enterprises with a balance of the loan other than zero. */
const borrowersOf = (world: World, loanId: string): readonly string[] => {
  const sums = new Map<string, bigint>();
  for (const l of factsOf(world).lines) {
    const { enterprise, instrument } = l.dims ?? {};
    if (enterprise === undefined || instrument !== loanId) continue;
    const signed = (l.red === true ? -l.amountFen : l.amountFen) * (l.side === 'debit' ? 1n : -1n);
    const key = `${enterprise} ${l.account}`;
    sums.set(key, (sums.get(key) ?? 0n) + signed);
  }
  return [...new Set([...sums].flatMap(([key, fen]) => (fen === 0n ? [] : [key.split(' ')[0] ?? ''])))];
};

const borrowersExpected = (loan: LoanState): readonly string[] =>
  balancesOf(loan).some((fen) => fen !== 0n) ? [loan.enterpriseId] : [];

/** The head's balances are what the vouchers, and the things money is promised for, say. */
export const headClaims = async (world: World): Promise<Claims> => {
  const { head } = await world.ledger.load(world.fundId, []);
  const { all, net, lines } = factsOf(world);
  const loans = [...all('loan').values()];
  const payments = [...all('payment').values()];
  const promised = [...all('case')].flatMap(([id, c]) =>
    c.subject === 'loan' && c.status === 'approved' && !all('loan').has(id.replace('CS-', 'LN-')) ? [c.amountFen] : [],
  );
  const principals = (...statuses: string[]): bigint =>
    sumFen(loans.filter((l) => statuses.includes(l.status)).map((l) => l.principalFen));
  const amounts = (...statuses: string[]): bigint =>
    sumFen(payments.filter((p) => statuses.includes(p.status)).map((p) => p.amountFen));
  return {
    'no balance is below zero': [
      [head.bankFen, head.inTransitFen, head.heldFen, head.paidInFen, head.coveredFen].some((fen) => fen < 0n),
      false,
    ],
    'available is not below zero': [availableFen(head) < 0n, false],
    'cash at bank': [head.bankFen - head.inTransitFen, net('1002')],
    'paid-in capital': [head.paidInFen, -net('2711') - net('4001')],
    'on its way': [head.inTransitFen, principals('instructed', 'unknown') + amounts('instructed', 'unknown')],
    held: [
      head.heldFen,
      sumFen(promised) + principals('contracted', 'payment-rejected') + amounts('held', 'released', 'rejected'),
    ],
    'trial balance': [
      sumFen(lines.map((l) => (l.red === true ? -l.amountFen : l.amountFen) * (l.side === 'debit' ? 1n : -1n))),
      0n,
    ],
  };
};

const OPEN_CASES = ['submitted', 'returned', 'voting', 'on-notice', 'approving', 'approved', 'done'];

/** Each enterprise's place under the limit is taken by what it has applied for, been promised or owes, and by nothing else. */
export const exposureClaims = (world: World): Claims => {
  const { all } = factsOf(world);
  const claims: Claims = {};
  const taken = new Map<string, bigint>();
  const take = (id: string, fen: bigint) => taken.set(id, (taken.get(id) ?? 0n) + fen);
  const borrowed = (loan: LoanState): boolean =>
    loan.status !== 'repaid' &&
    loan.status !== 'cancelled' &&
    !(loan.status === 'written-off' && loan.recoveredFen === loan.writtenOffFen);
  for (const loan of all('loan').values()) if (borrowed(loan)) take(loan.enterpriseId, loan.principalFen);
  for (const [id, c] of all('case')) {
    const content = all('proposal').get(id)?.content;
    if (content?.subject !== 'loan' || !OPEN_CASES.includes(c.status) || all('loan').has(id.replace('CS-', 'LN-')))
      continue;
    take(content.application.applicant.id, content.application.amountFen);
  }
  for (const [id, enterprise] of all('enterprise'))
    claims[`place of ${id}`] = [enterprise.exposureFen, taken.get(id) ?? 0n];
  return claims;
};
