import type { Statement, StatementEntry } from '#shared/application/intake.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { parseYuan, sumFen } from '#shared/domain/money.ts';
import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { childrenOf, type Element, elementOf, requiredText, textAt } from './xml.ts';

/** Lines of one statement at most. */
const ENTRIES_MAX = 10_000;

/** Characters of a bank's own number at most; ISO 20022 has 35. */
const NUMBER_MAX = 64;

const amountOf = (element: Element): bigint => {
  const amount = elementOf(element['Amt'], 'Amt');
  ensure(amount['@Ccy'] === 'CNY', 'BANK_FILE_INVALID', { reason: 'the currency is not CNY' });
  return parseYuan(requiredText(element, 'Amt'));
};

const sideOf = (element: Element): 'credit' | 'debit' => {
  const indicator = requiredText(element, 'CdtDbtInd');
  if (indicator === 'CRDT') return 'credit';
  if (indicator === 'DBIT') return 'debit';
  throw new FundError('BANK_FILE_INVALID', { reason: `CdtDbtInd ${indicator.slice(0, 10)}` });
};

const dateOf = (element: Element, name: string) =>
  parseDate((textAt(element, name, 'Dt') ?? requiredText(element, name, 'DtTm')).slice(0, 10));

/** A balance of the fund's own account, which is never overdrawn. */
const balanceOf = (statement: Element, code: string): Element => {
  const found = childrenOf(statement, 'Bal').find((b) => textAt(b, 'Tp', 'CdOrPrtry', 'Cd') === code);
  if (found === undefined) throw new FundError('BANK_FILE_INVALID', { reason: `no ${code} balance` });
  ensure(sideOf(found) === 'credit', 'BANK_FILE_INVALID', { reason: `${code} is overdrawn` });
  return found;
};

/** The other party of a line: who paid us, or whom we paid. */
const partyOf = (details: Element, side: 'credit' | 'debit'): { payer: string; payerAccount: string } => {
  const [role, account] = side === 'credit' ? ['Dbtr', 'DbtrAcct'] : ['Cdtr', 'CdtrAcct'];
  return {
    payer: textAt(details, 'RltdPties', role, 'Pty', 'Nm') ?? textAt(details, 'RltdPties', role, 'Nm') ?? '',
    payerAccount: textAt(details, 'RltdPties', account, 'Id', 'Othr', 'Id') ?? '',
  };
};

const detailsOf = (entry: Element): readonly Element[] =>
  childrenOf(entry, 'NtryDtls').flatMap((d) => childrenOf(d, 'TxDtls'));

/** One booked entry is one line, or one per transaction it bundles; these must add up to it. */
const linesOf = (entry: Element): readonly StatementEntry[] => {
  const side = sideOf(entry);
  const reference = textAt(entry, 'AcctSvcrRef') ?? requiredText(entry, 'NtryRef');
  const base = { bookingDate: dateOf(entry, 'BookgDt'), side, reversal: textAt(entry, 'RvslInd') === 'true' };
  const amountFen = amountOf(entry);
  const details = detailsOf(entry);
  const many = details.length > 1;
  const lines = (details.length === 0 ? [{}] : details).map((one, i): StatementEntry => {
    const endToEndId = textAt(one, 'Refs', 'EndToEndId');
    return {
      ...base,
      ...partyOf(one, side),
      reference: many ? `${reference}/${i + 1}` : reference,
      amountFen: many ? amountOf(one) : amountFen,
      remittance: textAt(one, 'RmtInf', 'Ustrd') ?? textAt(entry, 'AddtlNtryInf') ?? '',
      ...(endToEndId === undefined || endToEndId === 'NOTPROVIDED' ? {} : { endToEndId }),
    };
  });
  ensure(sumFen(lines.map((l) => l.amountFen)) === amountFen, 'BANK_STATEMENT_UNBALANCED', { reference });
  return lines;
};

/**
 * A camt.053 statement: booked entries only, opening balance plus entries equal to the closing one, every line with a
 * reference of its own.
 * @throws BANK_FILE_INVALID, BANK_STATEMENT_UNBALANCED, AMOUNT_INVALID, DATE_INVALID
 */
export const parseCamt053 = (document: Element): Statement => {
  const statement = elementOf(elementOf(document['BkToCstmrStmt'], 'BkToCstmrStmt')['Stmt'], 'Stmt');
  const booked = childrenOf(statement, 'Ntry').filter(
    (entry) => (textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts')) === 'BOOK',
  );
  ensure(booked.length <= ENTRIES_MAX, 'BANK_FILE_INVALID', { reason: 'too many entries' });
  const entries = booked.flatMap(linesOf);
  const statementId = requiredText(statement, 'Id');
  for (const number of [statementId, ...entries.map((e) => e.reference)])
    ensure(number.length <= NUMBER_MAX, 'BANK_FILE_INVALID', { reason: 'a number is too long' });
  const references = new Set(entries.map((e) => e.reference));
  ensure(references.size === entries.length, 'BANK_FILE_INVALID', { reason: 'a reference comes twice' });
  const openingFen = amountOf(balanceOf(statement, 'OPBD'));
  const closing = balanceOf(statement, 'CLBD');
  const closingFen = amountOf(closing);
  const movedFen = sumFen(entries.map((e) => (e.side === 'credit' ? e.amountFen : -e.amountFen)));
  ensure(openingFen + movedFen === closingFen, 'BANK_STATEMENT_UNBALANCED', { closingFen: String(closingFen) });
  return {
    statementId,
    account: requiredText(statement, 'Acct', 'Id', 'Othr', 'Id'),
    date: dateOf(closing, 'Dt'),
    openingFen,
    closingFen,
    entries,
  };
};
