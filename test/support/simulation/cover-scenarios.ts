import { expect } from 'vitest';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { instructIdOf } from '#shared/domain/payments/payment.ts';
import { approveCase, claimCaseOf, fallsDue, payIdOf, reportRecovery, submit, troubled } from '../claims.ts';
import { charters, createCompensationWorld, filingOf, rcb, reportOf } from '../compensation-world.ts';
import { sqsRecord } from '../lambda-events.ts';
import { bankLine, fundWith, people, shownOf, WAN, type World } from '../world.ts';
import type { Bench } from './bench.ts';
import { staff } from './people/staff.ts';
import { command, countOf, type Scenario } from './scenarios.ts';

const SME = charters.sme2018.fundId;
const filingId = filingOf(1);
const caseId = claimCaseOf(filingId);
const payId = payIdOf(filingId);

/** A risk-compensation fund on whose loan a bank has claimed. */
const claimedWorld = async (): Promise<World> => {
  const world = await createCompensationWorld(charters.sme2018);
  await fundWith(world, 1_000n * WAN);
  await troubled(world, 1);
  await fallsDue(world, filingId);
  await submit(world, filingId);
  return world;
};

/** The same, when only the last approval is missing. */
const almostApproved = async (): Promise<World> => {
  const world = await claimedWorld();
  const shown = { caseId, ...(await shownOf(world, caseId)) };
  await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  return world;
};

/** The same, approved and released, and the bank has collected something. */
const releasedWorld = async (): Promise<World> => {
  const world = await claimedWorld();
  await approveCase(world, caseId);
  await world.run('payment.release', { payId }, people.treasurer);
  await reportRecovery(world, claimIdOf(filingId), 10n * WAN);
  return world;
};

const recoveryIn = (bench: Bench): string =>
  bench.entries().find((e) => e.type === 'recovery.reported')?.links['recovery'] ?? '';

/** As the scenarios of the seed fund, of a fund that stands in for what banks lend. */
export const COVER_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'the API, giving a claim its last approval': {
    world: almostApproved,
    event: async (bench) => {
      const submitted = bench.entries().find((e) => e.type === 'case.submitted' && e.links.case === caseId);
      const request = {
        method: 'POST',
        path: `/funds/${SME}/cases/${caseId}/approvals`,
        as: staff.director,
        body: { revision: 1, payloadHash: submitted?.facts?.['hash'] },
        key: 'one-and-the-same',
      };
      return async (functions) => {
        expect((await functions.api().send(request)).status).toBe(200);
      };
    },
    effect: (bench) => {
      const approved = bench.entries().filter((e) => e.type === 'case.approved' && e.links.case === caseId);
      expect(approved.map((e) => e.digests?.filter((d) => d.type === 'payment').map((d) => d.id))).toEqual([[payId]]);
    },
  },
  'the worker, paying a compensation and taking in what a bank has collected': {
    world: releasedWorld,
    event: async (bench) => {
      const line = bankLine('credit', 3n * WAN, '2018-09-03', { reference: 'B-1' });
      const Records = [
        command(instructIdOf(payId, 1), 'payment.instruct', { payId }, SME),
        command('bank:1', 'receipt.book', { targetId: recoveryIn(bench), line }, SME),
      ];
      return (functions) => functions.worker({ Records });
    },
    effect: (bench) => {
      expect(countOf(bench, 'payment.instructed')).toBe(1);
      expect(countOf(bench, 'recovery.received')).toBe(1);
      expect(bench.bucket.objects.get(`outbox/${SME}/${payId}-P1.xml`)?.writes).toBe(1);
    },
  },
  'the daily close, of a loan that has come to another grade and a claim nobody looks at': {
    world: async () => {
      const world = await claimedWorld();
      await troubled(world, 2, { drawnOn: '2018-09-03' });
      await world.run('filing.report', reportOf(filingOf(2), { asOf: '2018-09-03', overdueSince: '2018-09-03' }), rcb);
      world.clock.set('2018-09-20');
      return world;
    },
    event: async () => (functions) => functions.close({ Records: [sqsRecord('tick', '{}', 'daily-close')] }),
    effect: (bench) => {
      const aged = bench.entries().filter((e) => e.type === 'filing.aged' && e.links.filing === filingOf(2));
      expect(aged.map((e) => e.facts?.['grade'])).toEqual(['special-mention']);
      expect(countOf(bench, 'claim.overdue')).toBe(1);
      expect(bench.entries().findLast((e) => e.type === 'day.closed')?.businessDate).toBe('2018-09-19');
    },
  },
};
