import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { readPain001 } from '../support/bank-documents.ts';
import { Bench, type Death } from '../support/simulation/bench.ts';
import type { Functions } from '../support/simulation/functions.ts';
import { approveLoan, contractOf, createWorld, FUND, found, fundWith, loanIdOf, people } from '../support/world.ts';

const AMOUNT_FEN = 29_999_993n;
const LOAN = loanIdOf(1);

/** A loan whose contract is recorded: from here on, machines carry its money to the borrower. */
const contracted = async () => {
  const world = createWorld('2018-03-01');
  await found(world);
  await fundWith(world, 1_000_000_000n);
  const caseId = await approveLoan(world, 1, AMOUNT_FEN);
  await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
  return world;
};

/** The stations of the money, each with the event that reaches it. A queue may hold a message more than once. */
const STATIONS = ['relay the contract', 'disburse', 'relay the voucher', 'send the order'] as const;
type Station = (typeof STATIONS)[number];

const eventAt = (station: Station, bench: Bench): ((functions: Functions) => Promise<unknown>) => {
  const taken: readonly SQSRecord[] = [...bench.take('fund'), ...bench.take('payments')];
  const events: Readonly<Record<Station, (functions: Functions) => Promise<unknown>>> = {
    'relay the contract': (f) => f.relay({ Records: [...bench.records('loan.contracted')] }),
    disburse: (f) => f.worker({ Records: [...taken] }),
    'relay the voucher': (f) => f.relay({ Records: [...bench.records('loan.instructed')] }),
    'send the order': (f) => f.sender({ Records: [...taken] }),
  };
  return events[station];
};

/** Carries the money from the contract to the bank; at every station, the same event comes three times, hours apart. */
const carry = async (bench: Bench, crash?: { readonly at: Station; readonly death: Death }) => {
  const calls = new Map<Station, number>();
  for (const station of STATIONS) {
    const handle = eventAt(station, bench);
    if (crash?.at === station) await bench.run(handle, crash.death);
    for (let delivery = 1; delivery <= 3; delivery += 1) {
      const run = await bench.run(handle);
      if (delivery === 1) calls.set(station, run.calls);
    }
  }
  return calls;
};

const oneVoucherOnePayment = (bench: Bench): void => {
  const vouchers = bench.entries().filter((e) => e.links.loan === LOAN && e.lines !== undefined);
  expect(vouchers.map((v) => v.type)).toEqual(['loan.instructed']);
  expect(netDebitFen(vouchers[0]?.lines ?? [], '1303.01')).toBe(AMOUNT_FEN);
  const orders = [...bench.bucket.objects].filter(([key]) => key.startsWith('outbox/'));
  expect(orders.map(([key, { writes }]) => [key, writes])).toEqual([[`outbox/${FUND}/${LOAN}-P1.xml`, 1]]);
  const [[key = ''] = []] = orders;
  expect(readPain001(bench.bucket.text(key))).toMatchObject({ endToEndId: `${LOAN}-P1`, amountFen: AMOUNT_FEN });
};

test('the same message delivered three times, hours apart, and after a crash between any two steps: one voucher, one payment', async () => {
  const world = await contracted();
  const undisturbed = new Bench(world);
  const calls = await carry(undisturbed);
  oneVoucherOnePayment(undisturbed);
  for (const at of STATIONS)
    for (let call = 1; call <= (calls.get(at) ?? 0); call += 1)
      for (const when of ['before', 'after'] as const) {
        const bench = new Bench(world);
        await carry(bench, { at, death: { call, when } });
        oneVoucherOnePayment(bench);
        expect(bench.contents()).toEqual(undisturbed.contents());
      }
  expect([...calls.values()].every((n) => n > 0)).toBe(true);
});
