import { elementOf, parseXml, requiredText, textAt } from '#shared/adapters/bank/xml.ts';
import { type BusinessDate, parseDate } from '#shared/domain/calendar.ts';
import { parseYuan } from '#shared/domain/money.ts';

/** One payment order as the bank reads it. */
export interface ReceivedOrder {
  readonly endToEndId: string;
  readonly account: string;
  readonly amountFen: bigint;
  readonly creditorName: string;
  readonly creditorAccount: string;
  readonly remittance: string;
  readonly requestedOn: BusinessDate;
}

/**
 * Reads a pain.001 with one order, by itself and not by the fund office's own code: two readers that agree are a test of the
 * file. Throws when anything it needs is missing, or the group's sums do not fit the order.
 */
export const readPain001 = (bytes: Uint8Array): ReceivedOrder => {
  const initiation = elementOf(
    elementOf(parseXml(bytes)['Document'], 'Document')['CstmrCdtTrfInitn'],
    'CstmrCdtTrfInitn',
  );
  const payment = elementOf(initiation['PmtInf'], 'PmtInf');
  const transfer = elementOf(payment['CdtTrfTxInf'], 'CdtTrfTxInf');
  const amount = elementOf(elementOf(transfer['Amt'], 'Amt')['InstdAmt'], 'InstdAmt');
  if (amount['@Ccy'] !== 'CNY') throw new Error('the currency is not CNY');
  const amountFen = parseYuan(requiredText(transfer, 'Amt', 'InstdAmt'));
  for (const sum of [requiredText(initiation, 'GrpHdr', 'CtrlSum'), requiredText(payment, 'CtrlSum')])
    if (parseYuan(sum) !== amountFen) throw new Error(`CtrlSum ${sum} is not the sum of the orders`);
  return {
    endToEndId: requiredText(transfer, 'PmtId', 'EndToEndId'),
    account: requiredText(payment, 'DbtrAcct', 'Id', 'Othr', 'Id'),
    amountFen,
    creditorName: requiredText(transfer, 'Cdtr', 'Nm'),
    creditorAccount: requiredText(transfer, 'CdtrAcct', 'Id', 'Othr', 'Id'),
    remittance: textAt(transfer, 'RmtInf', 'Ustrd') ?? '',
    requestedOn: parseDate(requiredText(payment, 'ReqdExctnDt', 'Dt')),
  };
};

/** An enquiry is a text file with the EndToEndId it asks about. */
export const readEnquiry = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trim();
