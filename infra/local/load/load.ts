import type { BusinessDate } from '#shared/domain/calendar.ts';
import { hashOf } from '#shared/domain/wire.ts';
import type { SandboxBank } from '../bank/bank.ts';
import type { Caller } from '../client/api.ts';
import { accountOf } from '../portfolio/charters.ts';
import { fundsOf, type Portfolio, registerOf } from '../portfolio/portfolio.ts';
import { begunWith, type LocalState } from '../state.ts';
import type { Chapter, Desk, Step } from './step.ts';
import { coverSteps } from './steps/covers.ts';
import { fundSteps } from './steps/fund.ts';
import { guidanceSteps } from './steps/guidance.ts';
import { laterSteps } from './steps/later.ts';
import { lendingSteps } from './steps/loans.ts';
import { zoneSteps } from './steps/zone.ts';

/** The place the portfolio is played in. */
export interface Office {
  readonly as: (userId: string) => Caller;
  readonly bank: SandboxBank;
  /** Where the loader notes how far it has come; survives a kill. */
  readonly state: LocalState;
  /** Moves the clock to the morning of a day, never back. */
  readonly goTo: (date: BusinessDate) => void;
  /** Fires the nightly job, which closes all days that are over. */
  readonly closeDays: () => Promise<void>;
  /** Waits until queues and streams are empty. */
  readonly idle: () => Promise<void>;
}

/** Told as the story goes on. */
export interface Listener {
  readonly day: (chapter: Chapter, date: BusinessDate, done: number, of: number) => void;
  /** Before each step. */
  readonly step?: (id: string) => void;
}

/** Every step of the portfolio in the order of its days; on one day, in the order in which the data tells it. */
export const planOf = (portfolio: Portfolio): readonly Step[] => {
  const { loans, zone, covers, guidance, users } = portfolio;
  const firms = registerOf(portfolio);
  const steps = [
    ...fundSteps(portfolio),
    ...loans.flatMap((loan) => lendingSteps(portfolio, loan)),
    ...loans.flatMap((loan) => laterSteps(portfolio, loan)),
    ...zoneSteps(zone, firms),
    ...covers.flatMap((cover) => coverSteps(cover, firms, users)),
    ...guidance.flatMap((one) => guidanceSteps(one, users)),
  ];
  return steps.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
};

/**
 * Plays the portfolio day by day: in the morning the days before are closed, then people act, then the bank works. What was
 * done is noted step by step, so that the next call, after whatever kind of end, goes on where this one was; and every
 * command has a key of its own, so that a step done but not noted is not done twice.
 * @returns how many steps were done now
 * @throws ApiError when the API refuses what should have worked; Error when the portfolio differs from the one begun with
 */
export const load = async (office: Office, portfolio: Portfolio, listener: Listener): Promise<number> => {
  requireSamePortfolio(office.state, portfolio);
  for (const fund of fundsOf(portfolio)) {
    const { number, name } = accountOf(fund);
    office.bank.openAccount({ number, name, folder: fund.fundId });
  }
  const done = await play(office, planOf(portfolio), listener);
  await finish(office, portfolio.fund.endsOn);
  return done;
};

/**
 * Plays steps in the order of their days, going on where the last call, after whatever kind of end, had come to.
 * @returns how many steps were done now
 */
export const play = async (office: Office, plan: readonly Step[], listener: Listener): Promise<number> => {
  const days = Map.groupBy(plan, (step) => step.on);
  const desk = deskOf(office);
  // What was still under way when the last run ended is dealt with on its own day, before the clock moves on.
  await office.idle();
  let seen = 0;
  let done = 0;
  for (const [date, steps] of days) {
    seen += steps.length;
    if (isDone(office.state, dayId(date))) continue;
    listener.day(steps[0]?.chapter ?? 'founding', date, seen, plan.length);
    done += await playDay(office, desk, date, steps, listener);
  }
  return done;
};

const playDay = async (
  office: Office,
  desk: Desk,
  date: BusinessDate,
  steps: readonly Step[],
  listener: Listener,
): Promise<number> => {
  const open = steps.filter((step) => !isDone(office.state, step.id));
  await morning(office, date);
  for (const step of open) {
    listener.step?.(step.id);
    await step.run(desk);
    note(office.state, step.id);
  }
  if (steps.some((step) => step.bank === true)) {
    await office.idle();
    await office.bank.endDay();
    await office.idle();
  }
  note(office.state, dayId(date));
  return open.length;
};

const morning = async (office: Office, date: BusinessDate): Promise<void> => {
  office.goTo(date);
  await office.closeDays();
  await office.idle();
};

/** The last day is closed up to the evening before. */
const finish = async (office: Office, endsOn: BusinessDate): Promise<void> => {
  if (isDone(office.state, FINISHED)) return;
  await morning(office, endsOn);
  note(office.state, FINISHED);
};

const deskOf = ({ as, bank, state, idle }: Office): Desk => ({
  as,
  bank,
  idle,
  recall: (name) => {
    const noted = state.get(`load/note/${name}`);
    if (noted === undefined) throw new Error(`nothing is noted of ${name}`);
    return noted;
  },
  note: (name, value) => state.set(`load/note/${name}`, value),
});

const FINISHED = 'finished';
const dayId = (date: BusinessDate): string => `day:${date}`;
const isDone = (state: LocalState, id: string): boolean => state.get(`load/done/${id}`) !== undefined;
const note = (state: LocalState, id: string): void => state.set(`load/done/${id}`, '1');

/** Half of one portfolio and half of another would be neither. */
const requireSamePortfolio = (state: LocalState, portfolio: Portfolio): void => {
  if (!begunWith(state, 'load/portfolio', hashOf(portfolio)))
    throw new Error('the portfolio has changed since this directory was loaded; start with --fresh');
};
