import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildPain001 } from '#shared/adapters/bank/pain001.ts';
import { childrenOf, elementOf, parseXml, requiredText, textAt } from '#shared/adapters/bank/xml.ts';
import type { Instruction } from '#shared/application/pay.ts';
import { readPain001 } from '../../support/bank-documents.ts';
import { refusalOf } from '../../support/refusal.ts';

const order: Instruction = {
  paymentId: 'LN-0123456789AB-P1',
  amountFen: 30_000_005n,
  debtor: { name: '永川高新区创业投资种子基金专户', number: '310001012345678901', bankCode: '314653000011' },
  creditor: { name: '示例科技有限公司', number: '6222000000001', bankCode: '102653000022' },
  remittance: '免息贷款 合同-1 LN-0123456789AB',
  executionDate: '2017-03-09',
};

const read = (xml: string) => {
  const document = elementOf(parseXml(Buffer.from(xml))['Document'], 'Document');
  const initiation = elementOf(document['CstmrCdtTrfInitn'], 'CstmrCdtTrfInitn');
  const information = elementOf(initiation['PmtInf'], 'PmtInf');
  return { initiation, information, transfers: childrenOf(information, 'CdtTrfTxInf') };
};

describe('pain.001', () => {
  test('given an order, then the file is well-formed and says exactly that, once', () => {
    const xml = buildPain001(order);
    const { initiation, information, transfers } = read(xml);
    expect(xml).toContain('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">');
    expect(textAt(initiation, 'GrpHdr', 'MsgId')).toBe(order.paymentId);
    expect(textAt(initiation, 'GrpHdr', 'NbOfTxs')).toBe('1');
    expect(textAt(initiation, 'GrpHdr', 'CtrlSum')).toBe('300000.05');
    expect(textAt(initiation, 'GrpHdr', 'CreDtTm')).toBe('2017-03-09T09:00:00+08:00');
    expect(textAt(information, 'CtrlSum')).toBe('300000.05');
    expect(textAt(information, 'ReqdExctnDt', 'Dt')).toBe('2017-03-09');
    expect(textAt(information, 'DbtrAcct', 'Id', 'Othr', 'Id')).toBe(order.debtor.number);
    expect(transfers).toHaveLength(1);
    const [transfer = {}] = transfers;
    expect(textAt(transfer, 'PmtId', 'EndToEndId')).toBe(order.paymentId);
    expect(requiredText(transfer, 'PmtId', 'InstrId')).toMatch(/^[0-9a-f]{32}$/);
    expect(textAt(transfer, 'Amt', 'InstdAmt')).toBe('300000.05');
    expect(elementOf(elementOf(transfer['Amt'], 'Amt')['InstdAmt'], 'InstdAmt')['@Ccy']).toBe('CNY');
    expect(textAt(transfer, 'Cdtr', 'Nm')).toBe(order.creditor.name);
    expect(textAt(transfer, 'CdtrAgt', 'FinInstnId', 'ClrSysMmbId', 'MmbId')).toBe('102653000022');
    expect(textAt(transfer, 'RmtInf', 'Ustrd')).toBe(order.remittance);
  });

  test('given the same order, then the bytes are the same for ever: these', () => {
    const hash = createHash('sha256').update(buildPain001(order)).digest('hex');
    expect(buildPain001({ ...order })).toBe(buildPain001(order));
    expect(hash).toBe('7265c5afbf851a24dc6044c0b55aced4747b2aabc880adb8df70d314d3b072a3');
  });

  test.each([
    [1n, '0.01'],
    [10n, '0.10'],
    [100n, '1.00'],
    [999_999_999_999_999n, '9999999999999.99'],
  ])('given %d fen, then %s yuan', (amountFen, yuan) => {
    const xml = buildPain001({ ...order, amountFen });
    expect(xml.split(`>${yuan}<`)).toHaveLength(4);
    expect(readPain001(xml).amountFen).toBe(amountFen);
  });

  test('given names with markup, quotes and rare characters, then they are read as they were written', () => {
    const name = `A&B <"公司"> 'x' 𠮷`;
    const [transfer = {}] = read(buildPain001({ ...order, creditor: { ...order.creditor, name } })).transfers;
    expect(textAt(transfer, 'Cdtr', 'Nm')).toBe(name);
  });

  test('given the longest texts, then they fit; one character more, or none, and BANK_FIELD_INVALID', () => {
    const withName = (name: string) => ({ ...order, creditor: { ...order.creditor, name } });
    // Characters, not UTF-16 units, are counted: 140 of a rare one fit, too.
    for (const good of ['户'.repeat(140), '𠮷'.repeat(140)])
      expect(refusalOf(() => buildPain001(withName(good)))).toBeUndefined();
    const bad: Instruction[] = [
      withName('户'.repeat(141)),
      withName(''),
      { ...order, paymentId: 'P'.repeat(36) },
      { ...order, remittance: '备'.repeat(141) },
      { ...order, debtor: { ...order.debtor, number: '1'.repeat(35) } },
    ];
    for (const one of bad) expect(refusalOf(() => buildPain001(one))).toBe('BANK_FIELD_INVALID');
  });

  test.each(['\u0000', '\u0008', '\u001f', '\ufffe', '\uffff', '\ud83d'])(
    'given the character %j, which XML cannot hold, then BANK_FIELD_INVALID',
    (character) => {
      expect(refusalOf(() => buildPain001({ ...order, remittance: `备注${character}` }))).toBe('BANK_FIELD_INVALID');
    },
  );
});
