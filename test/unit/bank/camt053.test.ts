import { describe, expect, test } from 'vitest';
import { parseCamt053 } from '#shared/adapters/bank/camt053.ts';
import { elementOf, parseXml } from '#shared/adapters/bank/xml.ts';
import { type BankEntry, camt053 } from '../../support/bank-documents.ts';
import { refusalOf } from '../../support/refusal.ts';

const ACCOUNT = '310001012345678901';

const entry = (reference: string, changes: Partial<BankEntry> = {}): BankEntry => ({
  reference,
  bookedOn: '2017-03-09',
  side: 'credit',
  amountFen: 12_345n,
  ...changes,
});

const text = (entries: readonly BankEntry[], openingFen = 100_000n): string =>
  camt053({ id: 'S-1', account: ACCOUNT, date: '2017-03-09', openingFen, entries });

const parse = (xml: string | Uint8Array) =>
  parseCamt053(elementOf(parseXml(typeof xml === 'string' ? Buffer.from(xml) : xml)['Document'], 'Document'));

describe('camt.053', () => {
  test('given a statement, then its lines are read with amounts in fen, parties and references', () => {
    const xml = text([
      entry('A', { payer: '示例公司', remittance: '还款 LN-0123456789AB' }),
      entry('B', { side: 'debit', amountFen: 1n, endToEndId: 'LN-0123456789AB-P1', payer: '收款人' }),
      entry('C', { reversal: true, endToEndId: 'LN-0123456789AB-P1' }),
    ]);
    const statement = parse(xml);
    expect(statement).toMatchObject({
      statementId: 'S-1',
      account: ACCOUNT,
      date: '2017-03-09',
      openingFen: 100_000n,
      closingFen: 124_689n,
    });
    expect(statement.entries).toEqual([
      {
        reference: 'A',
        bookingDate: '2017-03-09',
        side: 'credit',
        reversal: false,
        amountFen: 12_345n,
        payer: '示例公司',
        payerAccount: '622200000001',
        remittance: '还款 LN-0123456789AB',
      },
      {
        reference: 'B',
        bookingDate: '2017-03-09',
        side: 'debit',
        reversal: false,
        amountFen: 1n,
        payer: '收款人',
        payerAccount: '622200000001',
        remittance: '',
        endToEndId: 'LN-0123456789AB-P1',
      },
      expect.objectContaining({ reference: 'C', reversal: true, endToEndId: 'LN-0123456789AB-P1' }),
    ]);
  });

  test('given a file in GBK, then names are read as they are meant', () => {
    // «示例公司» in GBK, which is not UTF-8.
    const [before = '', after = ''] = text([entry('A', { payer: '示例公司' })])
      .replace('encoding="UTF-8"', 'encoding="GBK"')
      .split('示例公司');
    const gbk = Buffer.from([0xca, 0xbe, 0xc0, 0xfd, 0xb9, 0xab, 0xcb, 0xbe]);
    const rest = after.replaceAll(/[^\p{ASCII}]/gu, '');
    const file = Buffer.concat([Buffer.from(before), gbk, Buffer.from(rest)]);
    expect(parse(file).entries[0]?.payer).toBe('示例公司');
    // The same bytes under a name they are not in.
    const lying = Buffer.concat([Buffer.from(before.replace('GBK', 'UTF-8')), gbk, Buffer.from(rest)]);
    expect(refusalOf(() => parse(lying))).toBe('BANK_FILE_INVALID');
  });

  test('given a prefix for its namespace, then the same', () => {
    const xml = text([entry('A')]);
    const prefixed = xml.replaceAll(/<(\/?)(?!\?)/g, '<$1n:').replace('xmlns=', 'xmlns:n=');
    expect(parse(prefixed)).toEqual(parse(xml));
  });

  test('given entries that are not booked yet, then they are passed over', () => {
    const pending = text([entry('A')]).replace(
      '</Stmt>',
      '<Ntry><Amt Ccy="CNY">9.99</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry></Stmt>',
    );
    expect(parse(pending).entries.map((e) => e.reference)).toEqual(['A']);
  });

  test('given the older form of a status, then it is read, too', () => {
    expect(parse(text([entry('A')]).replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>')).entries).toHaveLength(1);
  });

  const batch = (parts: readonly string[], whole: string): string => {
    const details = parts
      .map(
        (yuan, i) =>
          `<TxDtls><Refs><EndToEndId>LN-0123456789A${i}-P1</EndToEndId></Refs><Amt Ccy="CNY">${yuan}</Amt></TxDtls>`,
      )
      .join('');
    return text([entry('B', { side: 'debit', amountFen: 300n })])
      .replace(/<NtryDtls>.*<\/NtryDtls>/, `<NtryDtls>${details}</NtryDtls>`)
      .replace('<Ntry><Amt Ccy="CNY">3.00</Amt>', `<Ntry><Amt Ccy="CNY">${whole}</Amt>`);
  };

  test('given one entry for several payments, then each is a line with a reference of its own', () => {
    expect(parse(batch(['1.00', '2.00'], '3.00')).entries.map((e) => [e.reference, e.amountFen, e.endToEndId])).toEqual(
      [
        ['B/1', 100n, 'LN-0123456789A0-P1'],
        ['B/2', 200n, 'LN-0123456789A1-P1'],
      ],
    );
  });

  test('given payments that do not add up to their entry, then BANK_STATEMENT_UNBALANCED', () => {
    expect(refusalOf(() => parse(batch(['1.00', '1.99'], '3.00')))).toBe('BANK_STATEMENT_UNBALANCED');
  });

  test.each<[string, string, (xml: string) => string]>([
    ['a closing balance a fen off', 'BANK_STATEMENT_UNBALANCED', (x) => x.replace('>1123.45<', '>1123.46<')],
    ['a line left out', 'BANK_STATEMENT_UNBALANCED', (x) => x.replace(/<Ntry>.*<\/Ntry>/, '')],
    ['another currency', 'BANK_FILE_INVALID', (x) => x.replace('Ccy="CNY"', 'Ccy="USD"')],
    ['no currency', 'BANK_FILE_INVALID', (x) => x.replace(' Ccy="CNY"', '')],
    ['an amount with three decimals', 'AMOUNT_INVALID', (x) => x.replace('>123.45<', '>123.450<')],
    ['a negative amount', 'AMOUNT_INVALID', (x) => x.replace('>123.45<', '>-123.45<')],
    ['an amount in words', 'AMOUNT_INVALID', (x) => x.replace('>123.45<', '>1e2<')],
    [
      'a day that does not exist',
      'DATE_INVALID',
      (x) => x.replace('<BookgDt><Dt>2017-03-09', '<BookgDt><Dt>2017-02-30'),
    ],
    ['no opening balance', 'BANK_FILE_INVALID', (x) => x.replace('OPBD', 'OPAV')],
    ['no closing balance', 'BANK_FILE_INVALID', (x) => x.replace('CLBD', 'CLAV')],
    ['an overdrawn account', 'BANK_FILE_INVALID', (x) => x.replace('<CdtDbtInd>CRDT', '<CdtDbtInd>DBIT')],
    ['a direction nobody knows', 'BANK_FILE_INVALID', (x) => x.replaceAll('CRDT', 'BOTH')],
    ['a line without reference', 'BANK_FILE_INVALID', (x) => x.replace('<AcctSvcrRef>A</AcctSvcrRef>', '')],
    ['a reference longer than any bank’s', 'BANK_FILE_INVALID', (x) => x.replace('>A<', `>${'A'.repeat(65)}<`)],
    [
      'a statement number longer than any bank’s',
      'BANK_FILE_INVALID',
      (x) => x.replaceAll('>S-1<', `>${'S'.repeat(65)}<`),
    ],
    ['no account', 'BANK_FILE_INVALID', (x) => x.replace(/<Acct>.*?<\/Acct>/, '')],
    ['two statements', 'BANK_FILE_INVALID', (x) => x.replace(/(<Stmt>.*<\/Stmt>)/, '$1$1')],
    ['another document', 'BANK_FILE_INVALID', (x) => x.replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn')],
  ])('given %s, then %s', (_, code, change) => {
    const xml = text([entry('A')]);
    expect(change(xml)).not.toBe(xml);
    expect(refusalOf(() => parse(change(xml)))).toBe(code);
  });

  test('given one reference for two lines, then BANK_FILE_INVALID', () => {
    expect(refusalOf(() => parse(text([entry('A'), entry('A')])))).toBe('BANK_FILE_INVALID');
  });
});

describe('XML', () => {
  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a document type in small letters', '<!doctype a><a/>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['an entity alone', '<a><!ENTITY x "y"></a>'],
    ['a document that ends early', '<a><b></a>'],
    ['no document', ''],
    ['words', 'hello'],
    ['two roots', '<a/><b/>'],
    ['an attribute without quotes', '<a b=c/>'],
  ])('given %s, then BANK_FILE_INVALID', (_, xml) => {
    expect(refusalOf(() => parseXml(Buffer.from(xml)))).toBe('BANK_FILE_INVALID');
  });

  test('given more than five megabytes, or bytes that are no text, then BANK_FILE_INVALID', () => {
    expect(refusalOf(() => parseXml(Buffer.alloc(5 * 1024 * 1024 + 1, 0x20)))).toBe('BANK_FILE_INVALID');
    expect(refusalOf(() => parseXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe])))).toBe('BANK_FILE_INVALID');
  });

  test('given the five entities of XML, then they are read; amounts and dates stay text', () => {
    expect(parseXml(Buffer.from('<a x="1">&lt;&amp;&gt;&quot;&apos;</a>'))['a']).toEqual({
      '#text': '<&>"\'',
      '@x': '1',
    });
    expect(parseXml(Buffer.from('<a>0012</a>'))['a']).toBe('0012');
  });

  test.each(['constructor', '__proto__', 'prototype'])('given an element named %s, then BANK_FILE_INVALID', (name) => {
    expect(refusalOf(() => parseXml(Buffer.from(`<a><${name}><x/></${name}></a>`)))).toBe('BANK_FILE_INVALID');
  });
});
