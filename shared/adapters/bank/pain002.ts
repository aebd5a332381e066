import type { StatusAnswer } from '#shared/application/intake.ts';
import { childrenOf, type Element, elementOf, requiredText, textAt } from './xml.ts';

const STATUS: Readonly<Record<string, StatusAnswer['status']>> = {
  ACSC: 'settled',
  ACCC: 'settled',
  RJCT: 'rejected',
  ACCP: 'accepted',
  ACTC: 'accepted',
  ACSP: 'accepted',
  ACWC: 'accepted',
};

const answerOf = (transaction: Element): StatusAnswer => {
  const reasonCode = textAt(transaction, 'StsRsnInf', 'Rsn', 'Cd') ?? textAt(transaction, 'StsRsnInf', 'Rsn', 'Prtry');
  const reasonText = textAt(transaction, 'StsRsnInf', 'AddtlInf');
  return {
    endToEndId: requiredText(transaction, 'OrgnlEndToEndId'),
    status: STATUS[textAt(transaction, 'TxSts') ?? ''] ?? 'pending',
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reasonText === undefined ? {} : { reasonText }),
  };
};

/**
 * Answers of a pain.002 status report. The transaction's status is believed over its group's: groups are seen to be
 * refused while a transaction in them was paid. A group refused without transactions refuses the order it names, which is
 * the message itself because each of ours has one order.
 * @throws BANK_FILE_INVALID
 */
export const parsePain002 = (document: Element): readonly StatusAnswer[] => {
  const report = elementOf(document['CstmrPmtStsRpt'], 'CstmrPmtStsRpt');
  const transactions = childrenOf(report, 'OrgnlPmtInfAndSts').flatMap((info) => childrenOf(info, 'TxInfAndSts'));
  if (transactions.length > 0) return transactions.map(answerOf);
  const group = elementOf(report['OrgnlGrpInfAndSts'], 'OrgnlGrpInfAndSts');
  if (textAt(group, 'GrpSts') !== 'RJCT') return [];
  const reasonText = textAt(group, 'StsRsnInf', 'AddtlInf');
  return [
    {
      endToEndId: requiredText(group, 'OrgnlMsgId'),
      status: 'rejected',
      ...(reasonText === undefined ? {} : { reasonText }),
    },
  ];
};
