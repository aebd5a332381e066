import { addDays } from '#shared/domain/calendar.ts';
import { outstandingFen } from '#shared/domain/lending/loan.ts';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import { people, seedCharter } from '../world.ts';
import { anybody } from './cases.ts';
import { at, officeFen } from './ground.ts';
import type { Office } from './office.ts';
import type { Step } from './step.ts';

/** A line of the bank's statement; booked today, some days ago, or long ago. */
const line = (office: Office, side: 'credit' | 'debit', amountFen: string, step: Step, reference?: string) => ({
  side,
  amountFen,
  bookedOn: addDays(office.world.clock.today(), -([0, 0, 1, 3, 40][step.who % 5] ?? 0)),
  reference: reference ?? `B${office.next()}`,
  payer: '某单位',
  payerAccount: '622200000001',
  remittance: '',
});

/** The command id of a bank line, as the intake makes it: the same for the same line. */
const lineId = (reference: string) => ({ id: `bank:${reference}` });

const sendLine = async (
  office: Office,
  kind: Parameters<Office['send']>[0],
  payload: { readonly line: { readonly reference: string }; readonly [more: string]: unknown },
) => {
  office.receiptIds.push(receiptIdOf(payload.line.reference));
  await office.send(kind, payload, undefined, lineId(payload.line.reference));
};

/** Where loans and other payments are while the bank has, or has refused, their money; and when they have it. */
const AT_THE_BANK = {
  loan: ['instructed', 'unknown', 'payment-rejected'],
  payment: ['instructed', 'unknown', 'rejected'],
};
const PAID = { loan: ['active'], payment: ['settled'] };

/** The current payment id of a loan or another payment that is there, if one is; now and then an earlier or later id. */
const paymentIdFor = async (office: Office, step: Step, where: typeof AT_THE_BANK): Promise<string> => {
  const off = step.who % 8 === 7 ? 1 : 0;
  if (step.who % 4 === 3 && office.payIds.length > 0) {
    const fitting: string[] = [];
    for (const id of office.payIds)
      if (where.payment.includes((await office.world.read('payment', id))?.status ?? '')) fitting.push(id);
    const payId = at(fitting, step.pick) ?? at(office.payIds, step.pick) ?? '';
    const attempt = (await office.world.read('payment', payId))?.attempt ?? 1;
    return `${payId}-P${Math.max(1, attempt - off)}`;
  }
  const loanId = (await office.someLoan(step, where.loan)) ?? 'LN-000000000000';
  const attempt = (await office.world.read('loan', loanId))?.payment.attempt ?? 1;
  return `${loanId}-P${attempt + off}`;
};

const amountOf = async (office: Office, paymentId: string): Promise<bigint> => {
  const id = paymentId.replace(/-P\d+$/, '');
  const loan = await office.world.read('loan', id);
  return loan?.principalFen ?? (await office.world.read('payment', id))?.amountFen ?? 1_000n;
};

export const instruct = async (office: Office, step: Step): Promise<void> => {
  const loanId = await office.someLoan(step);
  if (loanId !== undefined)
    await office.send('loan.instruct', { loanId }, step.who % 9 === 0 ? anybody(step.who) : undefined);
};

export const doubt = async (office: Office, step: Step): Promise<void> => {
  const paymentId = await paymentIdFor(office, step, AT_THE_BANK);
  await office.send('payment.doubt', { paymentId, date: office.world.clock.today() });
};

export const settle = async (office: Office, step: Step): Promise<void> => {
  const paymentId = await paymentIdFor(office, step, AT_THE_BANK);
  const sentFen = await amountOf(office, paymentId);
  const amountFen = step.amount % 3 === 2 ? officeFen(step, sentFen) : String(sentFen);
  await sendLine(office, 'payment.settle', { paymentId, line: line(office, 'debit', amountFen, step) });
};

export const bounce = async (office: Office, step: Step): Promise<void> => {
  const paymentId = await paymentIdFor(office, step, AT_THE_BANK);
  await office.send('payment.bounce', { paymentId, reasonCode: 'AC01', reasonText: '账号不符' });
};

export const giveBack = async (office: Office, step: Step): Promise<void> => {
  const paymentId = await paymentIdFor(office, step, PAID);
  const sentFen = await amountOf(office, paymentId);
  const amountFen = step.amount % 3 === 2 ? officeFen(step, sentFen) : String(sentFen);
  await sendLine(office, 'payment.give-back', { paymentId, line: line(office, 'credit', amountFen, step) });
};

export const reinstruct = async (office: Office, step: Step): Promise<void> => {
  const loanId = await office.someLoan(step);
  if (loanId !== undefined)
    await office.send(
      'loan.reinstruct',
      { loanId, reason: '更正后重付' },
      step.who % 4 === 0 ? anybody(step.who) : people.treasurer,
    );
};

export const cancelLoan = async (office: Office, step: Step): Promise<void> => {
  const loanId = await office.someLoan(step);
  if (loanId !== undefined) await office.send('loan.cancel', { loanId, reason: '不再放款' }, people.director);
};

export const repay = async (office: Office, step: Step): Promise<void> => {
  const loanId = (await office.someLoan(step)) ?? 'LN-000000000000';
  const loan = await office.world.read('loan', loanId);
  const owed = loan === undefined ? 1_000_000n : outstandingFen(loan);
  await sendLine(office, 'loan.repay', { loanId, line: line(office, 'credit', officeFen(step, owed), step) });
};

export const suspend = async (office: Office, step: Step): Promise<void> => {
  const side = step.who % 3 === 0 ? 'debit' : 'credit';
  const reference = step.pick === 7 ? office.sent.findLast((s) => s.id.startsWith('bank:'))?.id.slice(5) : undefined;
  await sendLine(office, 'receipt.suspend', {
    line: line(office, side, officeFen(step, 70_001n), step, reference),
  });
};

export const assign = async (office: Office, step: Step): Promise<void> => {
  const open: string[] = [];
  for (const id of office.receiptIds) if ((await office.world.read('receipt', id)) !== undefined) open.push(id);
  const receiptId = at(open, step.who) ?? at(office.receiptIds, step.who);
  const loanId = await office.someLoan(step);
  if (receiptId === undefined || loanId === undefined) return;
  const openFen = (await office.world.read('receipt', receiptId))?.openFen ?? 5n;
  const payload = { receiptId, loanId, amountFen: officeFen(step, openFen) };
  await office.send('receipt.assign', payload, step.who % 7 === 0 ? anybody(step.who) : people.treasurer);
};

export const callCapital = async (office: Office, step: Step): Promise<void> => {
  const callId = step.pick === 7 ? (at(office.callIds, step.who) ?? office.newId('CC')) : office.newId('CC');
  if (!office.callIds.includes(callId)) office.callIds.push(callId);
  const payload = {
    callId,
    amountFen: officeFen(step, 1_000_003n),
    dueOn: addDays(office.world.clock.today(), 30),
    documentNumber: '渝财〔2017〕1号',
  };
  await office.send('capital.call', payload, step.who % 9 === 0 ? anybody(step.who) : people.director);
};

export const receiveCapital = async (office: Office, step: Step): Promise<void> => {
  const callId = at(office.callIds, step.pick) ?? 'CC-000000000000';
  const contributor = ['city', 'zone', 'zone', 'nobody'][step.who % 4] ?? 'city';
  const call = await office.world.read('call', callId);
  const part = call?.parts.find((p) => p.contributor === contributor);
  const amountFen = officeFen(step, part === undefined ? 3_000n : part.amountFen - part.paidFen);
  await sendLine(office, 'capital.receive', {
    callId,
    contributor,
    line: line(office, 'credit', amountFen, step),
  });
};

export const cancelCall = async (office: Office, step: Step): Promise<void> => {
  const callId = at(office.callIds, step.pick);
  if (callId !== undefined) await office.send('capital.cancel-call', { callId, reason: '计划调整' }, people.director);
};

/** Proposes to give capital back, reviewed and agreed to at once where the step says so. */
export const refund = async (office: Office, step: Step, decide: (caseId: string) => Promise<void>): Promise<void> => {
  const caseId = office.newId('CS');
  office.caseIds.push(caseId);
  const payees = seedCharter.capital.contributors.map((c) => ({
    contributor: c.id,
    account: { name: c.name, number: '622200000099', bankCode: '314653000011' },
  }));
  const proposal = {
    amountFen: officeFen(step, 100_001n),
    basis: step.who % 5 === 4 ? 'run-off' : 'reduction',
    documentNumber: '渝科〔2024〕1号',
    payees,
  };
  await office.send('capital.propose-refund', { caseId, refund: proposal }, people.officer);
  if (step.who % 3 !== 0) for (let i = 0; i < 9; i += 1) await decide(caseId);
  const found = await office.world.read('refund', caseId.replace('CS-', 'RF-'));
  for (const part of found?.parts ?? []) office.payIds.push(part.payId);
};

export const release = async (office: Office, step: Step): Promise<void> => {
  const payId = at(office.payIds, step.pick);
  if (payId !== undefined)
    await office.send('payment.release', { payId }, step.who % 4 === 0 ? anybody(step.who) : people.treasurer);
};

export const cancelPayment = async (office: Office, step: Step): Promise<void> => {
  const payId = at(office.payIds, step.pick);
  if (payId !== undefined) await office.send('payment.cancel', { payId, reason: '改期' }, people.director);
};

export const recordStatement = async (office: Office, step: Step): Promise<void> => {
  const payload = {
    statementId: `S${step.pick}`,
    fileKey: `inbox/seed/${step.pick}.xml`,
    sha256: String(step.who % 2).repeat(64),
    date: office.world.clock.today(),
    openingFen: '0',
    closingFen: officeFen(step, 100n),
    lines: 1,
  };
  await office.send('statement.record', payload);
};

/**
 * The next sensible thing for a payment that is no loan's. Now and then the bank refuses it, pays what it had refused, or
 * pays a fen too much.
 */
export const goOnWithPayment = async (office: Office, step: Step): Promise<void> => {
  const payId = at(office.payIds, step.pick);
  const payment = payId === undefined ? undefined : await office.world.read('payment', payId);
  if (payId === undefined || payment === undefined) return;
  const paymentId = `${payId}-P${payment.attempt}`;
  const { status } = payment;
  const oddly = step.amount % 3 === 2;
  if (status === 'held' || (status === 'rejected' && !oddly))
    await office.send('payment.release', { payId }, people.treasurer);
  else if (status === 'released') await office.send('payment.instruct', { payId });
  else if (status === 'instructed' && oddly)
    await office.send('payment.bounce', { paymentId, reasonCode: 'AC04', reasonText: '账户已销' });
  else if (status === 'instructed' || status === 'unknown' || status === 'rejected')
    await sendLine(office, 'payment.settle', {
      paymentId,
      line: line(office, 'debit', String(payment.amountFen + (step.amount % 6 === 1 ? 1n : 0n)), { ...step, who: 0 }),
    });
};

/** The next sensible thing for a loan. */
export const goOnWithLoan = async (office: Office, loanId: string, step: Step): Promise<void> => {
  const loan = await office.world.read('loan', loanId);
  if (loan === undefined) return;
  const paymentId = `${loanId}-P${loan.payment.attempt}`;
  switch (loan.status) {
    case 'contracted':
      await office.send('loan.instruct', { loanId });
      return;
    case 'instructed':
    case 'unknown':
      await sendLine(office, 'payment.settle', {
        paymentId,
        line: line(office, 'debit', String(loan.principalFen), { ...step, who: 0 }),
      });
      return;
    case 'payment-rejected':
      await office.send('loan.reinstruct', { loanId, reason: '更正后重付' }, people.treasurer);
      return;
    default:
      await repay(office, { ...step, amount: step.amount % 6, pick: office.loanIds.indexOf(loanId) });
  }
};
