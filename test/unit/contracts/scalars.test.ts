import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { ENVELOPE_VERSION, envelopeOf, paymentMessage } from '#shared/contracts/messages.ts';
import {
  callIdText,
  caseIdText,
  dateText,
  enterpriseIdText,
  fenText,
  fundIdText,
  hashText,
  lineText,
  loanIdText,
  paymentIdText,
  personIdText,
  rateText,
  receiptIdText,
  sha256Text,
} from '#shared/contracts/scalars.ts';

const IDS = {
  caseIdText,
  loanIdText,
  callIdText,
  receiptIdText,
  paymentIdText,
  fundIdText,
  personIdText,
  sha256Text,
  hashText,
  enterpriseIdText,
} as const;

const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe('scalars of the wire', () => {
  test.each([
    ['0', 0n],
    ['1', 1n],
    ['30000000', 30_000_000n],
    ['999999999999999', 999_999_999_999_999n],
    ['1000000000000000', 10n ** 15n],
  ])('given the amount %j, then it is %d fen, and goes back as it came', (text, fen) => {
    expect(z.decode(fenText, text)).toBe(fen);
    expect(z.encode(fenText, fen)).toBe(text);
  });

  test.each([
    '',
    '-1',
    '+1',
    '01',
    '1.0',
    '1e3',
    '0x1',
    ' 1',
    '1 ',
    '1_000',
    '1,000',
    '１',
    '1000000000000001',
    '10000000000000000',
    1,
    1n,
    null,
  ])('given %s, then it is no amount', (value) => {
    expect(takes(fenText, value)).toBe(false);
  });

  test('given any text, then it is an amount exactly when it is a whole number of fen in range, in its only form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 20 }), fc.bigInt(-(10n ** 17n), 10n ** 17n).map(String)), (text) => {
        const good = /^\d+$/.test(text) && String(BigInt(text)) === text && BigInt(text) <= 10n ** 15n;
        expect(takes(fenText, text)).toBe(good);
      }),
    );
  });

  test.each(['2017-03-01', '2020-02-29', '1990-01-01', '2199-12-31'])('given %s, then it is a date', (text) => {
    expect(z.decode(dateText, text)).toBe(text);
  });

  test.each(['2017-02-29', '2017-3-1', '2017-03-01T00:00', '1989-12-31', '2200-01-01', 20170301, ''])(
    'given %j, then it is no date',
    (value) => {
      expect(takes(dateText, value)).toBe(false);
    },
  );

  test.each([
    ['0', true],
    ['1', true],
    ['0.0345', true],
    ['0.123456789012', true],
    ['1.0', false],
    ['0.1234567890123', false],
    ['.5', false],
    ['-0.1', false],
    ['2', false],
    ['1e-3', false],
    [0.5, false],
  ])('given the rate %j, then taken: %s', (value, taken) => {
    expect(takes(rateText, value)).toBe(taken);
  });

  test.each([
    ['caseIdText', 'CS-0123456789AB', ['CS-0123456789A', 'LN-0123456789AB', 'cs-0123456789AB', 'CS-0123456789AB ']],
    ['loanIdText', 'LN-0123456789AB', ['CS-0123456789AB', 'LN-0123456789ab']],
    ['callIdText', 'CC-0123456789AB', ['CC_0123456789AB']],
    ['receiptIdText', 'RC-0123456789AB', ['RC-0123456789AB1']],
    ['paymentIdText', 'LN-0123456789AB-P1', ['LN-0123456789AB-P0', 'LN-0123456789AB-P100', 'LN-0123456789AB']],
    ['fundIdText', 'seed', ['Seed', 's', '1seed', 'seed#x', 'a'.repeat(17), '../seed']],
    ['personIdText', 'auth0|u.1@fund:x+y/z=', ['', 'a b', 'a#b', 'a'.repeat(65), '人']],
    ['sha256Text', 'a'.repeat(64), ['A'.repeat(64), 'a'.repeat(63)]],
    ['hashText', 'A'.repeat(43), ['A'.repeat(42), `${'A'.repeat(42)}=`]],
    ['enterpriseIdText', 'TEAM-00000001', ['TEAM-1', '91440300192203821', 'team-00000001']],
  ] as const)('%s takes what it names and nothing like it', (name, good, bad) => {
    expect(takes(IDS[name], good)).toBe(true);
    for (const value of bad) expect([value, takes(IDS[name], value)]).toEqual([value, false]);
  });

  test.each([
    ['一行文字', true],
    ['a b', true],
    ['', false],
    [' a', false],
    ['a ', false],
    ['a\nb', false],
    ['a\u0000', false],
    ['a\u200bb', false],
    ['\u202eabc', false],
    ['\ud83d', false],
    ['一'.repeat(21), false],
  ])('given the line %j of at most twenty characters, then taken: %s', (text, taken) => {
    expect(takes(lineText(20), text)).toBe(taken);
  });
});

describe('messages', () => {
  const message = {
    v: ENVELOPE_VERSION,
    id: 'i',
    kind: 'loan.instruct',
    fundId: 'seed',
    payload: { loanId: 'LN-0123456789AB' },
  };

  test('given a message of this version, then it is taken; one of a version or kind nobody knows is not', () => {
    expect(takes(envelopeOf(machineKinds), message)).toBe(true);
    for (const bad of [
      { ...message, v: 99 },
      { ...message, v: '1' },
      { ...message, kind: 'loan.forgive' },
      { ...message, kind: 'constructor' },
      { ...message, id: '' },
      { ...message, id: 'x'.repeat(129) },
      { ...message, fundId: 'Seed' },
      { ...message, payload: 'x' },
      { ...message, actor: { roles: ['director'] } },
    ])
      expect([bad, takes(envelopeOf(machineKinds), bad)]).toEqual([bad, false]);
  });

  test('given a message for the bank, then only sending and enquiring are understood', () => {
    const pay = {
      v: ENVELOPE_VERSION,
      id: 'i',
      kind: 'payment.send',
      fundId: 'seed',
      payload: { paymentId: 'LN-0123456789AB-P1' },
    };
    expect(takes(paymentMessage, pay)).toBe(true);
    expect(takes(paymentMessage, { ...pay, kind: 'payment.enquire' })).toBe(true);
    expect(takes(paymentMessage, { ...pay, kind: 'payment.settle' })).toBe(false);
    expect(takes(paymentMessage, { ...pay, payload: { ...pay.payload, amountFen: '1' } })).toBe(false);
  });
});
