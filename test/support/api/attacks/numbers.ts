import { type Attack, applicant, fields, raw, refuse, show } from './attack.ts';

const amounts = (): Attack[] => [
  ...fields('REQUEST_INVALID', 'amountFen', [
    300_000.5,
    30_000_000,
    -30_000_000,
    '300000.50',
    '-30000000',
    '+30000000',
    '3e7',
    '3E+7',
    '0x1C9C380',
    '030000000',
    '30,000,000',
    ' 30000000',
    '30000000\n',
    '３００００００００',
    '٣٠٠٠٠٠٠٠',
    '1000000000000000000',
    '9'.repeat(400),
    '',
    'NaN',
    'Infinity',
    null,
    true,
    ['30000000'],
    { value: '30000000' },
  ]),
  ...refuse('REQUEST_INVALID', 'amountFen as JSON', [
    ['1e18', raw('"30000000"', '1e18')],
    ['-0', raw('"30000000"', '-0')],
    ['1e400', raw('"30000000"', '1e400')],
  ]),
  ...fields('AMOUNT_INVALID', 'amountFen', ['0']),
  ...fields('ENTERPRISE_LIMIT_EXCEEDED', 'amountFen', ['30000001', '1000000000000000']),
];

const numbersAndDates = (): Attack[] => [
  ...fields('REQUEST_INVALID', 'termMonths', [36.5, '36', -1, 0, 1e9, null, [36]]),
  ...refuse('REQUEST_INVALID', 'termMonths as JSON', [['1e999', raw('"termMonths":36', '"termMonths":1e999')]]),
  ...fields('TERM_OUT_OF_RANGE', 'termMonths', [1, 360]),
  ...refuse(
    'REQUEST_INVALID',
    'establishedOn',
    [
      '2017-02-30',
      '2017-13-01',
      '2017-2-1',
      '0000-00-00',
      '9999-12-31',
      '20170201',
      '2017-02-01T00:00:00Z',
      20170201,
    ].map((date) => [show(date), applicant({ establishedOn: date })] as const),
  ),
];

/** Amounts, numbers and dates that are none, or are written otherwise. */
export const numberAttacks = (): readonly Attack[] => [...amounts(), ...numbersAndDates()];
