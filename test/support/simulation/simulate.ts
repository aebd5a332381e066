import type { Manner } from './bank.ts';
import { Desk } from './desk.ts';
import type { FunctionName } from './functions.ts';
import { type SimulatedFund, seedFund } from './fund.ts';
import { Office, type Planted } from './office.ts';
import { createRandom, type Random } from './random.ts';
import { type Fault, Storm } from './storm.ts';
import { DAY, EVENING, HOUR, MINUTE, NIGHT, Timeline, Violation } from './timeline.ts';

/** What one run was like. */
export interface Report {
  readonly seed: number;
  /** Of everything that happened, in order. */
  readonly hash: string;
  readonly steps: number;
  readonly entries: number;
  readonly entryTypes: ReadonlySet<string>;
  /** Of every kind of thing, the states one of them was in: `loan active`. */
  readonly states: ReadonlySet<string>;
  readonly faults: ReadonlyMap<Fault, number>;
  readonly deaths: ReadonlyMap<FunctionName, number>;
  readonly manners: ReadonlySet<Manner>;
  readonly log: readonly string[];
}

export interface SimulationOptions {
  /** The seed fund, unless said otherwise. */
  readonly fund?: SimulatedFund;
  readonly planted?: Planted;
  readonly keepLog?: boolean;
}

/** A run that found something, and how to see it again. */
export class SimulationFailure extends Error {
  readonly seed: number;
  readonly log: readonly string[];

  constructor(seed: number, { charter: { fundId } }: SimulatedFund, timeline: Timeline, cause: unknown) {
    const when = new Date(timeline.nowMilliseconds).toISOString();
    const what = cause instanceof Error ? cause.message : String(cause);
    super(
      `seed ${seed}, step ${timeline.steps}, ${when}: ${what}\nreplay: npm run simulate -- --fund ${fundId} --seed ${seed}`,
      {
        cause,
      },
    );
    this.seed = seed;
    this.log = timeline.lines;
  }
}

/** A Monday morning in Yongchuan. */
const START = '2018-03-05T00:00:00.000Z';
const STORM_DAYS = 30;
/** Days in which everything must come to its end once nothing goes wrong any more. */
const CALM_DAYS = 9;
/** Nobody works longer at what they have begun. */
const WORK_DAYS_MAX = 60;

const POISON = '{"v":1,"id":"poison","kind":"loan.instruct","fundId":"seed","payload":{"loanId":"nobody"}}';

/**
 * Lets a fund office live through some months in which everything that can go wrong does, and audits every step. Same seed,
 * same story.
 * @throws SimulationFailure with the seed, when an invariant was broken or something never came to its end
 */
export const simulate = async (seed: number, options: SimulationOptions = {}): Promise<Report> => {
  const timeline = new Timeline(START, options.keepLog);
  const fund = options.fund ?? seedFund;
  try {
    return await live(seed, fund, timeline, options.planted ?? {});
  } catch (error) {
    throw new SimulationFailure(seed, fund, timeline, error);
  }
};

const live = async (seed: number, fund: SimulatedFund, timeline: Timeline, planted: Planted): Promise<Report> => {
  const random = createRandom(seed);
  const start = timeline.nowMilliseconds;
  const gap = gapOf(random.fork('gap'));
  const stormEnds = start + (STORM_DAYS + gap.days) * DAY;
  const storm = new Storm(random.fork('storm'), start, stormEnds);
  const office = new Office(fund, timeline, storm, random.fork('office'), planted);
  const peopleDone = begin(fund, timeline, random.fork('people'), office);
  keepHouse(timeline, random.fork('house'), storm, office, gap, start);
  const look = (): void => office.auditor.look(office.tables);

  await timeline.runUntil(stormEnds, look);
  storm.calm = true;
  office.bank.becomeGood();
  for (let day = 0; !peopleDone() && day < WORK_DAYS_MAX; day += 1)
    await timeline.runUntil(timeline.nowMilliseconds + DAY, look);
  if (!peopleDone()) throw new Violation('somebody at the office never got an answer');
  await timeline.runUntil(timeline.nowMilliseconds + CALM_DAYS * DAY + 2 * HOUR, look);
  const { unfinished, auditor } = office;
  if (unfinished.length > 0) throw new Violation(`still there at the end: ${unfinished.join('; ')}`);
  auditor.lookAtTheEnd(office.tables, timeline.today, office.commands);
  return reportOf(seed, timeline, storm, office);
};

/** People go to work; the answer tells whether all have gone home. */
const begin = (fund: SimulatedFund, timeline: Timeline, random: Random, office: Office): (() => boolean) => {
  const desk = new Desk({
    fundId: fund.charter.fundId,
    timeline,
    random: random.fork('desk'),
    send: (request) => office.send(request),
    lastSeq: () => office.auditor.books.lastSeq,
    onExchange: (exchange) => office.auditor.onExchange(exchange),
  });
  let done = false;
  timeline.after(MINUTE, () => {
    fund.work({ timeline, random, desk, bank: office.bank }).then(
      () => {
        done = true;
      },
      (error: unknown) => timeline.fail(error),
    );
  });
  return () => done;
};

interface Gap {
  /** Days after the start. */
  readonly from: number;
  readonly days: number;
}

/** Some days, or some months, on which neither the schedule fires nor the bank states anything. */
const gapOf = (random: Random): Gap =>
  random.chance(0.5) ? { from: random.between(3, 25), days: random.spread(2, 200) } : { from: 0, days: 0 };

/** What happens every day: dead letters in the morning, the bank's statement in the evening, the close after midnight. */
const keepHouse = (timeline: Timeline, random: Random, storm: Storm, office: Office, gap: Gap, start: number): void => {
  const oneDay = (day: number): void => {
    const morning = start + day * DAY;
    const missing = day >= gap.from && day < gap.from + gap.days;
    timeline.at(morning + HOUR, () => office.redrive());
    if (!missing || storm.calm) {
      // A bank may also state a day with the next one.
      if (storm.calm || !random.chance(0.1)) timeline.at(morning + EVENING, () => office.bank.endDay());
      fireSchedule(timeline, storm, morning + NIGHT, office);
    }
    timeline.at(morning + DAY, () => oneDay(day + 1));
  };
  oneDay(0);
  if (random.chance(0.5)) timeline.at(start + random.between(1, STORM_DAYS) * DAY, () => office.poison(POISON));
};

const fireSchedule = (timeline: Timeline, storm: Storm, at: number, office: Office): void => {
  if (storm.strikes('schedule does not fire', 10)) return;
  const late = storm.strikes('schedule fires late', 10) ? storm.random.spread(MINUTE, 20 * HOUR) : 0;
  timeline.at(at + late, () => office.tick());
  if (storm.strikes('schedule fires twice', 10))
    timeline.at(at + storm.random.spread(MINUTE, DAY), () => office.tick());
};

const reportOf = (seed: number, timeline: Timeline, storm: Storm, office: Office): Report => ({
  seed,
  hash: timeline.hash(),
  steps: timeline.steps,
  entries: office.auditor.books.entries.length,
  entryTypes: new Set(office.auditor.books.entries.map((e) => e.type)),
  states: new Set(
    office.auditor.books.entries.flatMap((e) => (e.digests ?? []).map((d) => `${d.type} ${d.fields['status'] ?? ''}`)),
  ),
  faults: storm.fired,
  deaths: office.deaths,
  manners: office.bank.shown,
  log: timeline.lines,
});
