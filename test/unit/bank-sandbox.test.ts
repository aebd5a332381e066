import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openBank, type SandboxBank } from '#infra/local/bank/bank.ts';
import type { Behaviour } from '#infra/local/bank/scenarios.ts';
import { parseCamt053 } from '#shared/adapters/bank/camt053.ts';
import { enquiryKey, instructionKey } from '#shared/adapters/bank/files.ts';
import { buildPain001 } from '#shared/adapters/bank/pain001.ts';
import { parsePain002 } from '#shared/adapters/bank/pain002.ts';
import { type Element, elementOf, parseXml } from '#shared/adapters/bank/xml.ts';
import type { Instruction } from '#shared/application/pay.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { type MemoryFiles, memoryFiles } from '../support/shared-files.ts';
import { WAN } from '../support/world.ts';

const ACCOUNT = '310001012345678901';
const PAYMENT = 'LN-ABCDEFGHJKMN-P1';
const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

interface Town {
  readonly files: MemoryFiles;
  readonly day: { today: string };
  bank: SandboxBank;
  /** Closes the bank's books without ceremony and opens them again. */
  readonly reopen: (failing?: string) => void;
}

/** A bank with one customer who has a hundred 万 on the account, on Monday 2017-06-19. */
const town = async (behaviour: Behaviour = { kind: 'settles' }, times?: number): Promise<Town> => {
  const directory = mkdtempSync(join(tmpdir(), 'bank-'));
  directories.push(directory);
  const files = memoryFiles();
  const day = { today: '2017-06-16' };
  const rules = [{ id: 'tested', when: { endToEndId: PAYMENT }, behaviour, ...(times === undefined ? {} : { times }) }];
  const open = (failing = '') =>
    openBank({
      directory,
      files: {
        ...files,
        put: async (key, text) => {
          if (failing !== '' && key.includes(failing)) throw new Error('the wire is cut');
          await files.put(key, text);
        },
      },
      today: () => parseDate(day.today),
      rules,
    });
  const result: Town = {
    files,
    day,
    bank: open(),
    reopen: (failing) => {
      result.bank.close();
      result.bank = open(failing);
    },
  };
  result.bank.openAccount({ number: ACCOUNT, name: '种子基金专户', folder: 'seed' });
  deposit(result, 'opening', 100n * WAN, '2017-06-16');
  await result.bank.endDay();
  day.today = '2017-06-19';
  return result;
};

const deposit = ({ bank }: Town, id: string, amountFen: bigint, on: string): void =>
  bank.deposit({
    id,
    account: ACCOUNT,
    amountFen,
    payer: '某单位',
    payerAccount: '622200000001',
    remittance: 'CC-ABCDEFGHJKMN city',
    dueOn: parseDate(on),
  });

const order = async ({ files }: Town, changes: Partial<Instruction> = {}): Promise<void> => {
  const paid: Instruction = {
    paymentId: PAYMENT,
    amountFen: 30n * WAN,
    debtor: { name: '种子基金专户', number: ACCOUNT, bankCode: '314653000011' },
    creditor: { name: '某 & 某有限公司', number: '6222000000010001', bankCode: '314653000011' },
    remittance: '免息贷款',
    executionDate: '2017-06-19',
    ...changes,
  };
  await files.put(instructionKey('seed', paid.paymentId), buildPain001(paid));
};

const documents = ({ files }: Town, part: string): readonly Element[] =>
  [...files.contents]
    .filter(([key]) => key.startsWith('inbox/seed/') && key.includes(part))
    .map(([, text]) => elementOf(parseXml(Buffer.from(text))['Document'], 'Document'));

const answers = (t: Town) => documents(t, 'pain002').flatMap(parsePain002);
const statements = (t: Town) => documents(t, 'camt053').map(parseCamt053);
const statementOf = (t: Town, date: string) => statements(t).find((s) => s.date === date);

describe('the sandbox bank', () => {
  test('given an order, when the bank works and ends its day, then it is paid, answered and stated', async () => {
    const t = await town();
    await order(t);
    await t.bank.endDay();
    expect(answers(t)).toEqual([{ endToEndId: PAYMENT, status: 'settled' }]);
    expect(statementOf(t, '2017-06-19')).toMatchObject({
      account: ACCOUNT,
      openingFen: 100n * WAN,
      closingFen: 70n * WAN,
      entries: [
        { side: 'debit', amountFen: 30n * WAN, endToEndId: PAYMENT, payer: '某 & 某有限公司', reversal: false },
      ],
    });
    expect(t.bank.balanceFen(ACCOUNT)).toBe(70n * WAN);
  });

  test('given money paid in, when the day is over, then the statement names payer and purpose', async () => {
    const t = await town();
    expect(statementOf(t, '2017-06-16')?.entries).toMatchObject([
      {
        side: 'credit',
        amountFen: 100n * WAN,
        payer: '某单位',
        payerAccount: '622200000001',
        remittance: 'CC-ABCDEFGHJKMN city',
      },
    ]);
    expect(statementOf(t, '2017-06-16')?.entries[0]).not.toHaveProperty('endToEndId');
  });

  test('given the same order in two files, when both are read, then money moves once', async () => {
    const t = await town();
    await order(t);
    await t.bank.work();
    await t.files.put('outbox/seed/copy-of-it.xml', t.files.contents.get(instructionKey('seed', PAYMENT)) ?? '');
    await t.bank.work();
    expect(t.bank.orders()).toHaveLength(1);
    expect(t.bank.balanceFen(ACCOUNT)).toBe(70n * WAN);
  });

  test('given a deposit asked for twice, when both are booked, then it is the same money', async () => {
    const t = await town();
    deposit(t, 'opening', 100n * WAN, '2017-06-16');
    await t.bank.work();
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
  });

  test('given a rule to reject once, when the office instructs anew, then the second order is paid', async () => {
    const t = await town({ kind: 'rejects', reasonCode: 'AC04', reasonText: '账户已销户' }, 1);
    await order(t);
    await t.bank.endDay();
    expect(answers(t)).toEqual([
      { endToEndId: PAYMENT, status: 'rejected', reasonCode: 'AC04', reasonText: '账户已销户' },
    ]);
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
    t.day.today = '2017-06-20';
    await order(t, { paymentId: 'LN-ABCDEFGHJKMN-P2' });
    await t.bank.endDay();
    expect(t.bank.balanceFen(ACCOUNT)).toBe(70n * WAN);
  });

  test('given a silent bank, when it is asked, then it pays; asked again, it says so', async () => {
    const t = await town({ kind: 'stays-silent' });
    await order(t);
    await t.bank.endDay();
    expect(answers(t)).toEqual([]);
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
    t.day.today = '2017-06-20';
    await t.files.put(enquiryKey('seed', PAYMENT, 'doubt:2017-06-20'), `${PAYMENT}\n`);
    await t.bank.endDay();
    expect(statementOf(t, '2017-06-20')?.entries).toMatchObject([{ endToEndId: PAYMENT, amountFen: 30n * WAN }]);
    t.day.today = '2017-06-21';
    await t.files.put(enquiryKey('seed', PAYMENT, 'doubt:2017-06-21'), `${PAYMENT}\n`);
    await t.bank.endDay();
    expect(answers(t).map((a) => a.status)).toEqual(['settled', 'settled']);
    expect(t.bank.balanceFen(ACCOUNT)).toBe(70n * WAN);
  });

  test('given a slow bank, when its days are over, then it pays on the working day it has in mind', async () => {
    const t = await town({ kind: 'answers-late', workingDays: 3 });
    t.day.today = '2017-06-22';
    await order(t, { executionDate: '2017-06-22' });
    await t.bank.endDay();
    expect(answers(t).map((a) => a.status)).toEqual(['accepted']);
    for (const date of ['2017-06-26', '2017-06-27']) {
      t.day.today = date;
      await t.bank.endDay();
    }
    expect(statements(t).map((s) => s.date)).toEqual(['2017-06-16', '2017-06-27']);
    expect(answers(t).map((a) => a.status)).toEqual(['accepted', 'settled']);
  });

  test('given a bank that repeats itself, when it pays, then answer or statement come in two files', async () => {
    const answering = await town({ kind: 'answers-twice' });
    await order(answering);
    await answering.bank.endDay();
    expect(answers(answering).map((a) => a.status)).toEqual(['settled', 'settled']);
    const stating = await town({ kind: 'statement-twice' });
    await order(stating);
    await stating.bank.endDay();
    expect(statements(stating).map((s) => s.date)).toEqual(['2017-06-16', '2017-06-19', '2017-06-19']);
    expect(stating.bank.balanceFen(ACCOUNT)).toBe(70n * WAN);
  });

  test('given more than is on the account, an account of nobody, or a broken file, then the order is refused', async () => {
    const t = await town();
    await order(t, { paymentId: 'LN-ABCDEFGHJKMN-P2', amountFen: 101n * WAN });
    await order(t, {
      paymentId: 'LN-ABCDEFGHJKMN-P3',
      debtor: { name: '无此户', number: '310009', bankCode: '314653000011' },
    });
    await t.files.put('outbox/seed/LN-ABCDEFGHJKMN-P4.xml', '<Document>');
    await t.bank.endDay();
    const refusals = answers(t).map((a) => [a.endToEndId, a.status, a.reasonCode]);
    expect(refusals.sort()).toEqual([
      ['LN-ABCDEFGHJKMN-P2', 'rejected', 'AM04'],
      ['LN-ABCDEFGHJKMN-P3', 'rejected', 'AC01'],
      ['LN-ABCDEFGHJKMN-P4', 'rejected', 'FF01'],
    ]);
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
  });

  test('given an order the bank has denied to have, when it comes late, then it is never paid', async () => {
    const t = await town();
    await t.files.put(enquiryKey('seed', PAYMENT, 'doubt:2017-06-19'), `${PAYMENT}\n`);
    await t.bank.work();
    expect(answers(t).map((a) => a.status)).toEqual(['rejected']);
    await order(t);
    await t.bank.endDay();
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
  });

  test('given an order after the end of the day or on a free day, then it is booked on the next working day', async () => {
    const t = await town();
    t.day.today = '2017-06-23';
    await t.bank.endDay();
    await order(t, { executionDate: '2017-06-23' });
    await t.bank.work();
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
    t.day.today = '2017-06-25';
    await t.bank.work();
    expect(t.bank.balanceFen(ACCOUNT)).toBe(100n * WAN);
    t.day.today = '2017-06-26';
    await t.bank.work();
    t.day.today = '2017-06-27';
    await t.bank.work();
    expect(statementOf(t, '2017-06-26')?.entries).toHaveLength(1);
  });

  test('given a kill after the books were written, when the bank opens again, then it hands over what it owes, once', async () => {
    const t = await town();
    t.reopen('camt053');
    await order(t);
    await expect(t.bank.endDay()).rejects.toThrow('the wire is cut');
    expect(statementOf(t, '2017-06-19')).toBeUndefined();
    t.reopen();
    await t.bank.endDay();
    expect(statementOf(t, '2017-06-19')).toMatchObject({ openingFen: 100n * WAN, closingFen: 70n * WAN });
    expect(answers(t)).toHaveLength(1);
    expect(t.bank.balanceFen(ACCOUNT)).toBe(70n * WAN);
  });
});
