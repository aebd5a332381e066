import { expect } from 'vitest';
import type { Api } from '../api/client.ts';
import { camt053 } from '../bank-documents.ts';
import { sqsRecord } from '../lambda-events.ts';
import {
  approveLoan,
  closeUntilYesterday,
  contractOf,
  createWorld,
  FUND,
  found,
  fundWith,
  loanIdOf,
  people,
  seedCharter,
  WAN,
  type World,
} from '../world.ts';
import type { Bench } from './bench.ts';
import type { Functions } from './functions.ts';
import { staff } from './people/staff.ts';

/** One handler with one event, in a world where that event makes sense. */
export interface Scenario {
  readonly world: () => Promise<World>;
  /** Puts on the bench what the event speaks of, and gives the event. */
  readonly event: (bench: Bench) => Promise<(functions: Functions) => Promise<unknown>>;
  /** What must have come of it, once. */
  readonly effect: (bench: Bench) => void;
}

const approvedWorld = async (loans: number): Promise<World> => {
  const world = createWorld('2018-03-01');
  await found(world);
  await fundWith(world, 1_000n * WAN);
  for (let n = 1; n <= loans; n += 1) await approveLoan(world, n, 20n * WAN);
  return world;
};

const contractedWorld = async (loans: number): Promise<World> => {
  const world = await approvedWorld(loans);
  for (let n = 1; n <= loans; n += 1)
    await world.run('loan.contract', contractOf(world, loanIdOf(n).replace('LN-', 'CS-')), people.treasurer);
  return world;
};

const instructedWorld = async (loans: number): Promise<World> => {
  const world = await contractedWorld(loans);
  for (let n = 1; n <= loans; n += 1)
    await world.run('loan.instruct', { loanId: loanIdOf(n) }, undefined, instructId(n));
  return world;
};

const instructId = (n: number): string => `instruct:${loanIdOf(n)}-P1`;
const command = (id: string, kind: string, payload: object) =>
  sqsRecord(id, JSON.stringify({ v: 1, id, kind, fundId: FUND, payload }), FUND);

const countOf = (bench: Bench, type: string, loanId?: string): number =>
  bench.entries().filter((e) => e.type === type && (loanId === undefined || e.links.loan === loanId)).length;

const orderOf = (n: number): string => `outbox/${FUND}/${loanIdOf(n)}-P1.xml`;

/** One voucher, one order, for each of some loans. */
const paidOnce = (bench: Bench, loans: number): void => {
  for (let n = 1; n <= loans; n += 1) {
    expect(countOf(bench, 'loan.instructed', loanIdOf(n))).toBe(1);
    expect(bench.bucket.objects.get(orderOf(n))?.writes).toBe(1);
  }
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'the API, recording a contract': {
    world: () => approvedWorld(1),
    event: async () => {
      const caseId = loanIdOf(1).replace('LN-', 'CS-');
      const body = { caseId, contractNumber: '合同-1', contractSha256: 'c'.repeat(64), signedOn: '2018-03-01' };
      const request: Parameters<Api['send']>[0] = {
        method: 'POST',
        path: `/funds/${FUND}/loans/contracts`,
        as: staff.treasurer,
        body,
        key: 'one-and-the-same',
      };
      return async (functions) => {
        const { status } = await functions.api().send(request);
        expect(status).toBe(200);
      };
    },
    effect: (bench) => {
      expect(countOf(bench, 'loan.contracted')).toBe(1);
      paidOnce(bench, 1);
    },
  },
  'the worker, disbursing two loans and booking a line': {
    world: () => contractedWorld(2),
    event: async () => {
      const line = {
        side: 'credit',
        amountFen: '7',
        bookedOn: '2018-03-20',
        reference: 'B-1',
        payer: '某单位',
        payerAccount: '1',
        remittance: '',
      };
      const Records = [
        command(instructId(1), 'loan.instruct', { loanId: loanIdOf(1) }),
        command('bank:1', 'receipt.suspend', { line }),
        command(instructId(2), 'loan.instruct', { loanId: loanIdOf(2) }),
      ];
      return (functions) => functions.worker({ Records });
    },
    effect: (bench) => {
      paidOnce(bench, 2);
      expect(countOf(bench, 'bank-line.unmatched')).toBe(1);
    },
  },
  'the relay, of entries that ask for commands and payments': {
    world: () => contractedWorld(2),
    event: async (bench) => {
      await bench.run((functions) =>
        functions.worker({ Records: [command(instructId(1), 'loan.instruct', { loanId: loanIdOf(1) })] }),
      );
      const Records = [...bench.news(), ...bench.records('loan.contracted')];
      return (functions) => functions.relay({ Records });
    },
    effect: (bench) => paidOnce(bench, 2),
  },
  'the projector, of a book nobody has projected': {
    world: async () => {
      const world = createWorld('2018-03-01');
      await found(world);
      return world;
    },
    event: async (bench) => {
      const Records = [...bench.records('case.submitted')];
      return (functions) => functions.project({ Records });
    },
    effect: (bench) => {
      const [watermark] = [...bench.tables.contents('viewsTable').values()].filter(
        (item) => 'seq' in item && item['sk'] === '-',
      );
      expect(watermark?.['seq']).toBe(bench.entries().length);
    },
  },
  'the sender, of two orders and a question': {
    world: () => instructedWorld(2),
    event: async () => {
      const payment = (kind: string, n: number) =>
        command(`${kind}:${loanIdOf(n)}-P1:2018-04-01`, kind, { paymentId: `${loanIdOf(n)}-P1` });
      const Records = [payment('payment.send', 1), payment('payment.enquire', 1), payment('payment.send', 2)];
      return (functions) => functions.sender({ Records });
    },
    effect: (bench) => {
      paidOnce(bench, 2);
      expect([...bench.bucket.objects.keys()].filter((key) => key.includes('/enquiries/'))).toHaveLength(1);
    },
  },
  'the intake, of a statement of three lines': {
    world: () => instructedWorld(1),
    event: async (bench) => {
      const key = `inbox/${FUND}/statement 1.xml`;
      const bookedOn = '2018-03-30';
      const statement = {
        id: 'ST-1',
        account: seedCharter.account.number,
        date: bookedOn,
        openingFen: 1_000n * WAN,
        entries: [
          { reference: 'B1', bookedOn, side: 'debit', amountFen: 20n * WAN, endToEndId: `${loanIdOf(1)}-P1` },
          { reference: 'B2', bookedOn, side: 'credit', amountFen: 3n * WAN, remittance: loanIdOf(1) },
          { reference: 'B3', bookedOn, side: 'credit', amountFen: 5n },
        ],
      } as const;
      bench.bucket.put(key, Buffer.from(camt053(statement)));
      const told = sqsRecord('s3', JSON.stringify({ Records: [{ s3: { object: { key: encodeURIComponent(key) } } }] }));
      return (functions) => functions.intake({ Records: [told] });
    },
    effect: (bench) => {
      for (const type of ['loan.settled', 'loan.repaid', 'bank-line.unmatched', 'statement.recorded'])
        expect(countOf(bench, type)).toBe(1);
    },
  },
  'the daily close, of missed months, a late payment and a case that has lapsed': {
    world: async () => {
      const world = await instructedWorld(1);
      await approveLoan(world, 2, 5n * WAN);
      world.clock.set('2018-08-25');
      await closeUntilYesterday(world, [loanIdOf(1)]);
      world.clock.set('2018-10-20');
      return world;
    },
    event: async () => {
      const Records = [sqsRecord('tick', '{}', 'daily-close')];
      return (functions) => functions.close({ Records });
    },
    effect: (bench) => {
      expect(bench.entries().findLast((e) => e.type === 'day.closed')?.businessDate).toBe('2018-10-19');
      expect(countOf(bench, 'case.lapsed')).toBe(1);
      expect(countOf(bench, 'payment.unknown')).toBe(1);
    },
  },
};
