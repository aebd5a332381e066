import type { Breakages } from './breakage.ts';

/** Of amounts, dates, numbers and vouchers. */
export const bookBreakages: Breakages = {
  'shared/domain/money.ts': [
    ['0n < value && value <= FEN_MAX', '0n <= value && value <= FEN_MAX'],
    ['value <= FEN_MAX', 'value < FEN_MAX'],
    ['a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1', 'a.index - b.index'],
    ['a.remainder === b.remainder ? a.index - b.index :', 'a.remainder === b.remainder ? b.index - a.index :'],
    ['i === remainderTo ? part + left : part', 'part'],
    ['if (totalFen < 0n) return allocate(-totalFen, weights, options).map((part) => -part);', ''],
    ['weights.every((weight) => weight >= 0n)', 'true'],
    [".padEnd(2, '0')", ''],
  ],
  'shared/domain/exact.ts': [['Decimal.ROUND_HALF_UP', 'Decimal.ROUND_DOWN']],
  'shared/domain/rate.ts': [
    ['(2n * fenDays * units + whole) / (2n * whole)', '(fenDays * units) / whole'],
    ['DAYS_PER_YEAR = 365n', 'DAYS_PER_YEAR = 360n'],
    ['(2n * amountFen * rate.units + unit) / (2n * unit)', '(amountFen * rate.units) / unit'],
    ['scale: decimals.length', 'scale: 0'],
    ['>= whole.units * ratio.units', '> whole.units * ratio.units'],
  ],
  'shared/domain/calendar.ts': [
    ['(year % 100 !== 0 || year % 400 === 0)', 'year % 100 !== 0'],
    ['Math.min(day, monthLength(y, m))', 'Math.min(day, 28)'],
    ['(toDays(date) + 2) % 7', '(toDays(date) + 1) % 7'],
    ['while (!calendar.isWorkingDay(day)) day = addDays(day, 1);', ''],
    ['onWorkingDay(addDays(day, 1), calendar)', 'addDays(onWorkingDay(day, calendar), 1)'],
    ['day >= 1 && day <= monthLength(year, month)', 'day >= 1 && day <= 31'],
  ],
  'shared/domain/china-calendar.ts': [
    ['moved.has(date) ||', ''],
    [' && !holidays.has(date)', ''],
  ],
  'shared/domain/identity.ts': [
    ['(weight * 3) % 31', '(weight * 2) % 31'],
    ['(31 - (sum % 31)) % 31', '31 - (sum % 31)'],
    ["name.normalize('NFKC').replace", 'name.replace'],
    ["name.normalize('NFKD').toLowerCase()", "name.normalize('NFKD')"],
    ['LOOK_ALIKES[character] ?? character', 'character'],
  ],
  'shared/domain/hash.ts': [
    ['(a < b ? -1 : 1)', '(a < b ? 1 : -1)'],
    ['      .sort(([a], [b]) => (a < b ? -1 : 1))\n', ''],
    ['Number.isSafeInteger(value)', 'true'],
  ],
  'shared/domain/book/entry.ts': [["  'receipt',\n", '']],
  'shared/domain/book/head.ts': [
    ['c.effectiveFrom <= date', 'c.effectiveFrom < date'],
    ['head.bankFen - head.inTransitFen - head.heldFen', 'head.bankFen - head.heldFen'],
    ['ensure(availableFen(next) >= 0n', 'ensure(availableFen(next) >= -1n'],
    ['ensure(next[name] >= 0n', 'ensure(next[name] >= -1n'],
    ['-01`), -1)', '-01`), 0)'],
    ['.at(-1)?.version', '.at(0)?.version'],
  ],
  'shared/domain/book/voucher.ts': [
    [
      'const amount = line.red === true ? -line.amountFen : line.amountFen;\n  return line.side',
      'const amount = line.amountFen;\n  return line.side',
    ],
    ['2 <= lines.length && lines.length', 'lines.length'],
    ['lines.length <= LINES_MAX', 'lines.length < LINES_MAX'],
    ['positiveFen(line.amountFen);', ''],
    ['ensure(line.dims?.[dimension] !== undefined', 'ensure(line.dims !== undefined'],
    ['ensure(netDebitFen(lines) === 0n', 'ensure(netDebitFen(lines) >= 0n'],
    ["bank.some((l) => l.side === 'debit')", "bank.every((l) => l.side === 'debit')"],
    ['red === true ? line : { ...line, red: true }', '{ ...line, red: true }'],
  ],
  'shared/domain/book/templates.ts': [
    [
      "debit('1303.02', amountFen, dims), credit('1303.01', amountFen, dims))",
      "debit('1303.01', amountFen, dims), credit('1303.02', amountFen, dims))",
    ],
    ["[debit('1304', -amountFen, dims), credit('6702', -amountFen)]", '[]'],
    ['const lossFen = normalFen + overdueFen - discountFen;', 'const lossFen = normalFen + overdueFen;'],
    ['...provisionMoved(lossFen - provisionFen, dims),', '...provisionMoved(lossFen, dims),'],
    [
      "debit('1303.03', balances.discountFen, from),\n    credit('1303.03', balances.discountFen, to)",
      "debit('1303.03', balances.discountFen, to),\n    credit('1303.03', balances.discountFen, from)",
    ],
    ["credit('1304', balances.provisionFen, to)", "credit('1304', balances.provisionFen, from)"],
    [
      "debit(source, overdueFen + normalFen), credit('1303.02', overdueFen, dims), credit('1303.01', normalFen, dims)",
      "debit(source, overdueFen + normalFen), credit('1303.02', normalFen, dims), credit('1303.01', overdueFen, dims)",
    ],
    ["line.account === '2241' && line.dims === undefined", 'line.dims === undefined'],
    [
      "some(debit('6711', amountFen), credit('1303.03', amountFen, dims))",
      "some(debit('6711', amountFen), credit('1303.01', amountFen, dims))",
    ],
    ["credit('6702', amountFen),\n];", "credit('6011', amountFen),\n];"],
  ],
};
