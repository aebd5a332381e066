import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole, requireSystem } from '../approvals/guards.ts';
import type { CommandSpec, EntityChange, Snapshot } from '../book/decision.ts';
import type { Digest } from '../book/entry.ts';
import { addDays, type BusinessDate } from '../calendar.ts';
import type { Charter } from '../charter/charter.ts';
import { guidanceRules } from '../charter/charter.ts';
import type { TimerName } from '../charter/guidance.ts';
import { ref } from '../entities.ts';
import { machine, requireEdge } from '../machine.ts';
import type { Purpose } from '../payments/purpose.ts';

export type TimerStatus = 'running' | 'stopped';

export const timerMachine = machine('timer', {
  alert: { from: ['running'], to: ['running'] },
  stop: { from: ['running'], to: ['stopped'] },
} satisfies Record<string, { from: TimerStatus[]; to: TimerStatus[] }>);

/** A time limit of the rules that runs until what it waits for has happened. Its id is its name. */
export interface TimerState {
  readonly status: TimerStatus;
  readonly startedOn: BusinessDate;
  readonly stoppedOn?: BusinessDate;
  /** Days after the start of the last alert that was raised; 0 before the first. */
  readonly alertedDays: number;
}

const timerDigest = (id: TimerName, timer: TimerState): Digest => ({
  type: 'timer',
  id,
  fields: {
    status: timer.status,
    startedOn: timer.startedOn,
    alertedDays: String(timer.alertedDays),
    ...(timer.stoppedOn === undefined ? {} : { stoppedOn: timer.stoppedOn }),
  },
});

/** What a step does to a timer: its change, and what lists show. Nothing when there is nothing to do. */
export interface TimerStep {
  readonly changes: readonly EntityChange[];
  readonly digests: readonly Digest[];
}

const NOTHING: TimerStep = { changes: [], digests: [] };

const step = (id: TimerName, state: TimerState, edge?: keyof typeof timerMachine.edges): TimerStep => ({
  changes: [
    { type: 'timer', id, state, ...(edge === undefined ? {} : { priorStatuses: timerMachine.edges[edge].from }) },
  ],
  digests: [timerDigest(id, state)],
});

/** Starts a timer that has never run. */
const startTimer = (state: Snapshot, id: TimerName, startedOn: BusinessDate): TimerStep =>
  state.read('timer', id) === undefined ? step(id, { status: 'running', startedOn, alertedDays: 0 }) : NOTHING;

/** The plan was confirmed: the fund must be set up within the time of the rules. Only guidance funds have timers. */
export const planConfirmed = (state: Snapshot, charter: Charter): TimerStep =>
  charter.kind === 'guidance' ? startTimer(state, 'set-up', charter.term.planConfirmedOn) : NOTHING;

/** Capital was paid in: it must be invested within the time of the rules. */
export const capitalArrived = (state: Snapshot, charter: Charter, on: BusinessDate): TimerStep =>
  charter.kind === 'guidance' ? startTimer(state, 'first-investment', on) : NOTHING;

/** Money was invested: the time for doing so, where one runs, is no matter any more. */
const firstInvested = (state: Snapshot, on: BusinessDate): TimerStep => {
  const timer = state.read('timer', 'first-investment');
  if (timer?.status !== 'running') return NOTHING;
  return step('first-investment', { ...timer, status: 'stopped', stoppedOn: on }, 'stop');
};

/** A purpose whose payments are investments. */
export const investing = (purpose: Purpose): Purpose => ({
  ...purpose,
  settled: (state, payId, payment, on, rules) => {
    const then = purpose.settled(state, payId, payment, on, rules);
    const { changes, digests } = firstInvested(state, on);
    return { ...then, changes: [...(then.changes ?? []), ...changes], digests: [...(then.digests ?? []), ...digests] };
  },
});

export interface EstablishPayload {
  readonly establishedOn: BusinessDate;
  /** Number of the fund's own registration (工商登记、基金备案). */
  readonly registrationNumber: string;
  readonly registrationSha256: string;
}

/**
 * The fund has been set up.
 * @throws ROLE_REQUIRED, TIMER_NOT_FOUND for a fund without that time limit, STATE_INVALID, DATE_INVALID
 */
export const establishFund: CommandSpec<EstablishPayload> = {
  kind: 'fund.establish',
  primary: () => ref('timer', 'set-up'),
  decide: (state, { payload, actor }, _rules, today) => {
    requireRole(actor, 'director');
    const { establishedOn, registrationNumber } = payload;
    const timer = readTimer(state, 'set-up');
    requireEdge(timerMachine, 'stop', timer.status);
    ensure(timer.startedOn <= establishedOn && establishedOn <= today, 'DATE_INVALID', { establishedOn });
    const { changes, digests } = step('set-up', { ...timer, status: 'stopped', stoppedOn: establishedOn }, 'stop');
    return {
      entries: [
        {
          type: 'fund.established',
          businessDate: today,
          summary: `基金设立 ${registrationNumber}`,
          links: {},
          facts: { establishedOn, sha256: payload.registrationSha256 },
          digests,
        },
      ],
      changes,
    };
  },
};

/** @throws TIMER_NOT_FOUND */
const readTimer = (state: Snapshot, timer: TimerName): TimerState => {
  const found = state.read('timer', timer);
  if (found === undefined) throw new FundError('TIMER_NOT_FOUND', { timer });
  return found;
};

export interface AlertPayload {
  readonly timer: TimerName;
  /** Days after the start, one of the charter's. */
  readonly days: number;
}

/**
 * A time limit comes closer, or is over: people are told, once for each of the charter's days. Asked for too early, again,
 * or after what it waits for has happened, there is nothing to do.
 * @throws ROLE_REQUIRED, INSTRUMENT_FORBIDDEN
 */
export const raiseAlert: CommandSpec<AlertPayload> = {
  kind: 'timer.alert',
  primary: (p) => ref('timer', p.timer),
  decide: (state, { payload, actor }, rules, today) => {
    requireSystem(actor);
    const { timer: id, days } = payload;
    const timer = readTimer(state, id);
    const rule = guidanceRules(rules.inForce(), 'timer').timers.find((t) => t.timer === id);
    const due = rule?.alertDays.includes(days) === true && addDays(timer.startedOn, days) <= today;
    if (rule === undefined || !due || timer.status !== 'running' || days <= timer.alertedDays)
      return { entries: [], changes: [] };
    const { changes, digests } = step(id, { ...timer, alertedDays: days }, 'alert');
    const isOver = days === rule.alertDays.at(-1);
    return {
      entries: [
        {
          type: isOver ? 'timer.expired' : 'timer.alerted',
          businessDate: today,
          summary: `${rule.clause}：已${days}天`,
          links: {},
          facts: { timer: id, startedOn: timer.startedOn, days: String(days) },
          digests,
        },
      ],
      changes,
    };
  },
};

/** Alerts of a timer that are due and were not raised, by days. */
export const alertsDue = (timer: TimerState, alertDays: readonly number[], today: BusinessDate): readonly number[] =>
  timer.status === 'running'
    ? alertDays.filter((days) => days > timer.alertedDays && addDays(timer.startedOn, days) <= today)
    : [];
