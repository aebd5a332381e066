import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBankFile } from '#shared/adapters/bank/channel.ts';
import { enquiryKey, fundOfInboxKey, instructionKey } from '#shared/adapters/bank/files.ts';
import { type Statement, type StatementEntry, statementCommands } from '#shared/application/intake.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { envelopeOf } from '#shared/contracts/messages.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { camt053, pain002 } from '../../support/bank-documents.ts';
import { refusalOf } from '../../support/refusal.ts';

const ACCOUNT = '310001012345678901';
const FILE = { key: 'inbox/seed/s-1.xml', sha256: '0'.repeat(64) };

const entry = (changes: Partial<StatementEntry>): StatementEntry => ({
  reference: 'A',
  bookingDate: parseDate('2017-03-09'),
  side: 'credit',
  reversal: false,
  amountFen: 100n,
  payer: '某单位',
  payerAccount: '622200000001',
  remittance: '',
  ...changes,
});

const statement = (...entries: StatementEntry[]): Statement => ({
  statementId: 'S-1',
  account: ACCOUNT,
  date: parseDate('2017-03-09'),
  openingFen: 0n,
  closingFen: 0n,
  entries,
});

const commandsOf = (...entries: StatementEntry[]) => statementCommands('seed', statement(...entries), FILE, [ACCOUNT]);

describe('where a line of a statement goes', () => {
  const payment = { endToEndId: 'LN-0123456789AB-P1' };

  test.each<[string, Partial<StatementEntry>, string, object]>([
    ['a payment of ours that left', { ...payment, side: 'debit' }, 'payment.settle', { paymentId: payment.endToEndId }],
    [
      'another payment that left',
      { endToEndId: 'PY-0123456789AB-P12', side: 'debit' },
      'payment.settle',
      { paymentId: 'PY-0123456789AB-P12' },
    ],
    ['one that came back', { ...payment, reversal: true }, 'payment.give-back', { paymentId: payment.endToEndId }],
    ['a reversal the other way', { ...payment, side: 'debit', reversal: true }, 'receipt.suspend', {}],
    ['a credit with our own id', payment, 'receipt.suspend', {}],
    [
      'capital',
      { remittance: '出资 CC-0123456789AB city' },
      'capital.receive',
      { callId: 'CC-0123456789AB', contributor: 'city' },
    ],
    ['capital with a slash', { remittance: 'CC-0123456789AB/zone' }, 'capital.receive', { contributor: 'zone' }],
    ['a repayment', { remittance: '还款LN-0123456789AB谢谢' }, 'loan.repay', { loanId: 'LN-0123456789AB' }],
    ['proceeds of an exit', { remittance: '价款 EX-0123456789AB' }, 'receipt.book', { targetId: 'EX-0123456789AB' }],
    ['a dividend', { remittance: 'DV-0123456789AB' }, 'receipt.book', { targetId: 'DV-0123456789AB' }],
    ['a recovery', { remittance: 'HD-0123456789AB' }, 'receipt.book', { targetId: 'HD-0123456789AB' }],
    ['carry paid back', { remittance: '回拨DS-0123456789AB' }, 'receipt.book', { targetId: 'DS-0123456789AB' }],
    ['proceeds that are a debit', { remittance: 'EX-0123456789AB', side: 'debit' }, 'receipt.suspend', {}],
    ['a repayment that is a debit', { remittance: 'LN-0123456789AB', side: 'debit' }, 'receipt.suspend', {}],
    ['a repayment reversed', { remittance: 'LN-0123456789AB', reversal: true }, 'receipt.suspend', {}],
    ['a number too long to be ours', { remittance: 'LN-0123456789ABC' }, 'receipt.suspend', {}],
    ['a number inside a word', { remittance: 'XLN-0123456789AB' }, 'receipt.suspend', {}],
    ['somebody else’s id', { endToEndId: 'SALARY-1', side: 'debit' }, 'receipt.suspend', {}],
    ['nothing', {}, 'receipt.suspend', {}],
  ])('given %s, then %s', (_, changes, kind, payload) => {
    const [command] = commandsOf(entry(changes));
    expect(command?.kind).toBe(kind);
    expect(command?.payload).toMatchObject(payload);
  });

  test('given the same line in another file, then it is the same command; another line is another', () => {
    const [first] = commandsOf(entry({}));
    const again = statementCommands('seed', { ...statement(entry({})), statementId: 'S-2' }, FILE, [ACCOUNT])[0];
    expect(again).toEqual(first);
    expect(commandsOf(entry({ reference: 'B' }))[0]?.id).not.toBe(first?.id);
    const elsewhere = { ...statement(entry({})), account: 'other' };
    expect(statementCommands('seed', elsewhere, FILE, ['other'])[0]?.id).not.toBe(first?.id);
  });

  test('given a statement of another account, then BANK_ACCOUNT_UNKNOWN', () => {
    expect(refusalOf(() => statementCommands('seed', statement(), FILE, ['another']))).toBe('BANK_ACCOUNT_UNKNOWN');
    expect(refusalOf(() => statementCommands('seed', statement(), FILE, []))).toBe('BANK_ACCOUNT_UNKNOWN');
  });

  test('given whatever a bank writes, then every command is one the worker understands', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('😀'.repeat(61), `${'a'.repeat(59)}😀`, `${'9'.repeat(39)}😀`),
    );
    fc.assert(
      fc.property(
        fc.record({
          payer: words,
          payerAccount: words,
          remittance: fc.oneof(words, fc.constantFrom('LN-0123456789AB', 'CC-0123456789AB city', 'EX-0123456789AB')),
          side: fc.constantFrom('credit' as const, 'debit' as const),
          reversal: fc.boolean(),
          amountFen: fc.bigInt(0n, 10n ** 15n),
        }),
        (changes) => {
          for (const command of commandsOf(entry(changes))) {
            const sent: unknown = JSON.parse(JSON.stringify(command));
            expect(envelopeOf(machineKinds).safeParse(sent).success).toBe(true);
            // Half a character is none: what is cut is cut between characters.
            expect(JSON.stringify(command)).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/);
          }
        },
      ),
    );
  });
});

describe('bank files', () => {
  const accountsOf = async (fundId: string) => (fundId === 'seed' ? [ACCOUNT] : []);
  const xml = camt053({
    id: 'S-1',
    account: ACCOUNT,
    date: '2017-03-09',
    openingFen: 0n,
    entries: [{ reference: 'A', bookedOn: '2017-03-09', side: 'credit', amountFen: 100n }],
  });

  test('given a statement or a report in a fund’s inbox, then its commands are for that fund', async () => {
    const lines = await readBankFile('inbox/seed/s-1.xml', Buffer.from(xml), accountsOf);
    expect(lines.map((c) => [c.fundId, c.kind])).toEqual([
      ['seed', 'receipt.suspend'],
      ['seed', 'statement.record'],
    ]);
    const report = await readBankFile(
      'inbox/seed/r.xml',
      Buffer.from(pain002('LN-0123456789AB-P1', 'RJCT')),
      accountsOf,
    );
    expect(report.map((c) => c.kind)).toEqual(['payment.bounce']);
  });

  test.each([
    ['another fund’s inbox', 'inbox/other/s-1.xml', xml, 'BANK_ACCOUNT_UNKNOWN'],
    ['no inbox', 'outbox/seed/s-1.xml', xml, 'BANK_FILE_INVALID'],
    ['a folder in an inbox', 'inbox/seed/x/s-1.xml', xml, 'BANK_FILE_INVALID'],
    ['a path that climbs', 'inbox/../seed/s-1.xml', xml, 'BANK_FILE_INVALID'],
    ['a document of another kind', 'inbox/seed/x.xml', '<Document><Other/></Document>', 'BANK_FILE_INVALID'],
    ['no document', 'inbox/seed/x.xml', '<Statement/>', 'BANK_FILE_INVALID'],
  ])('given %s, then it is refused', async (_, key, text, code) => {
    await expect(readBankFile(key, Buffer.from(text), accountsOf)).rejects.toMatchObject({ code });
  });

  test('given a payment, then its file has one place for ever, and an enquiry one a day', () => {
    expect(instructionKey('seed', 'LN-0123456789AB-P1')).toBe('outbox/seed/LN-0123456789AB-P1.xml');
    expect(enquiryKey('seed', 'LN-0123456789AB-P1', 'payment.enquire:LN-0123456789AB-P1:2017-03-10')).toBe(
      'outbox/seed/enquiries/LN-0123456789AB-P1.2017-03-10.txt',
    );
    expect(fundOfInboxKey('inbox/seed/a.xml')).toBe('seed');
  });
});
