import { expect } from 'vitest';
import { addDays, parseDate } from '#shared/domain/calendar.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { bankLine, person, shownOf, type World } from './world.ts';

/** Who sits on another zone's committees, by other names. */
export const VOTERS = ['vote-a', 'vote-b', 'vote-c'];

/** A tier of another zone's authority: by the director alone, where it asks for nothing else. */
export const tier = (subject: string, upToFen: bigint | null, asks: object) => ({
  subject,
  upToFen: upToFen === null ? null : String(upToFen),
  review: false,
  committee: false,
  noticeWorkingDays: 0,
  finalApprovals: [{ role: 'director', count: 1 }],
  expiresAfterDays: 400,
  ...asks,
});
/** One step of deciding: the review, a member's vote, the end of the notice, or the final approval of a role. */
export type DecidingStep = 'review' | 'notice' | `vote-${string}` | `${'director' | 'finance' | 'science'}${string}`;

/**
 * Decides on a case in exactly these steps; a step its tier does not ask for is refused, one that is left out leaves it open.
 * On a notice the clock moves to the day after it.
 */
export const decideBy = async (world: World, caseId: string, ...steps: readonly DecidingStep[]): Promise<void> => {
  for (const step of steps) {
    const shown = { caseId, ...(await shownOf(world, caseId)) };
    if (step === 'notice') {
      const { noticeEndsOn } = (await world.read('case', caseId)) ?? {};
      world.clock.set(addDays(parseDate(noticeEndsOn ?? ''), 1));
    } else if (step === 'review')
      await world.run('case.review', { ...shown, opinion: 'pass', comment: '同意' }, person('reviewer-1', 'reviewer'));
    else if (step.startsWith('vote-'))
      await world.run('case.vote', { ...shown, choice: 'approve', comment: '同意' }, person(step, 'committee'));
    else await world.run('case.approve', shown, person(`${step}-1`, step));
  }
  expect(['approved', 'done']).toContain((await world.read('case', caseId))?.status);
};

/** Opens a case as an officer does, and decides on it in these steps. */
export const decided = async (
  world: World,
  kind: Parameters<World['run']>[0],
  name: string,
  payload: object,
  ...steps: readonly DecidingStep[]
): Promise<string> => {
  const caseId = idFrom('CS', ['zone case', name]);
  await world.run(kind, { caseId, ...payload }, person('officer-1', kind === 'charter.propose' ? 'admin' : 'officer'));
  await decideBy(world, caseId, ...steps);
  return caseId;
};

/** Lets a treasurer release a payment and the bank pay it, today. */
export const payToday = async (world: World, payId: string): Promise<void> => {
  await world.run('payment.release', { payId }, person('treasurer-1', 'treasurer'));
  await world.run('payment.instruct', { payId });
  const { amountFen = 0n } = (await world.read('payment', payId)) ?? {};
  const line = bankLine('debit', amountFen, world.clock.today());
  await world.run('payment.settle', { paymentId: `${payId}-P1`, line });
};

/** What the bank shows of money that names something of the fund's. */
export const comesFor = (world: World, targetId: string, amountFen: bigint) =>
  world.run('receipt.book', { targetId, line: bankLine('credit', amountFen, world.clock.today()) });
