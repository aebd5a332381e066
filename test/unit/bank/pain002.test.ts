import { describe, expect, test } from 'vitest';
import { parsePain002 } from '#shared/adapters/bank/pain002.ts';
import { elementOf, parseXml } from '#shared/adapters/bank/xml.ts';
import { statusCommands } from '#shared/application/intake.ts';
import { pain002 } from '../../support/bank-documents.ts';
import { refusalOf } from '../../support/refusal.ts';

const ID = 'LN-0123456789AB-P1';
const parse = (xml: string) => parsePain002(elementOf(parseXml(Buffer.from(xml))['Document'], 'Document'));

/** A report that answers the group as a whole. */
const group = (status: string, more = ''): string =>
  `<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>${ID}</OrgnlMsgId><GrpSts>${status}</GrpSts>${more}</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`;

describe('pain.002', () => {
  test.each([
    ['ACSC', 'settled'],
    ['RJCT', 'rejected'],
    ['ACSP', 'accepted'],
  ] as const)('given %s, then the payment is %s', (code, status) => {
    expect(parse(pain002(ID, code, '账号不符'))).toEqual([
      { endToEndId: ID, status, reasonCode: 'AC01', reasonText: '账号不符' },
    ]);
  });

  test('given a status nobody knows, or none, then it is pending', () => {
    expect(parse(pain002(ID, 'ACSC').replace('ACSC', 'XXXX'))).toMatchObject([{ status: 'pending' }]);
    expect(parse(pain002(ID, 'ACSC').replace('<TxSts>ACSC</TxSts>', ''))).toMatchObject([{ status: 'pending' }]);
  });

  test('given a group refused in which the transaction was paid, then the transaction is believed', () => {
    const xml = pain002(ID, 'ACSC').replace('</OrgnlMsgId>', '</OrgnlMsgId><GrpSts>RJCT</GrpSts>');
    expect(parse(xml)).toMatchObject([{ endToEndId: ID, status: 'settled' }]);
  });

  test('given a group refused without transactions, then the order it names is refused; accepted, nothing is known', () => {
    expect(parse(group('RJCT', '<StsRsnInf><AddtlInf>格式错误</AddtlInf></StsRsnInf>'))).toEqual([
      { endToEndId: ID, status: 'rejected', reasonText: '格式错误' },
    ]);
    expect(parse(group('ACTC'))).toEqual([]);
  });

  test('given a transaction without its id, then BANK_FILE_INVALID', () => {
    expect(refusalOf(() => parse(pain002(ID, 'RJCT').replaceAll(ID, '')))).toBe('BANK_FILE_INVALID');
    expect(refusalOf(() => parse('<Document><CstmrPmtStsRpt/></Document>'))).toBe('BANK_FILE_INVALID');
  });

  test('given answers, then only a refusal of a payment of ours moves the book, and always as the same command', () => {
    const commands = statusCommands('seed', [
      { endToEndId: ID, status: 'rejected', reasonCode: 'AC01', reasonText: '账号不符' },
      { endToEndId: 'PY-0123456789AB-P2', status: 'rejected' },
      { endToEndId: ID, status: 'settled' },
      { endToEndId: ID, status: 'accepted' },
      { endToEndId: 'SALARY-2017-03', status: 'rejected' },
    ]);
    expect(commands.map((c) => [c.id, c.kind, c.payload])).toEqual([
      [`bounce:${ID}`, 'payment.bounce', { paymentId: ID, reasonCode: 'AC01', reasonText: '账号不符' }],
      [
        'bounce:PY-0123456789AB-P2',
        'payment.bounce',
        { paymentId: 'PY-0123456789AB-P2', reasonCode: 'NARR', reasonText: '' },
      ],
    ]);
  });
});
