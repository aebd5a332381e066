import { describe, expect, test } from 'vitest';
import { compensationFund, guidanceFund, type SimulatedFund, seedFund } from '../support/simulation/fund.ts';
import type { Planted } from '../support/simulation/office.ts';
import { PLANTED_BUGS } from '../support/simulation/planted-bugs.ts';
import { PLANTED_COVER_BUGS } from '../support/simulation/planted-cover-bugs.ts';
import { PLANTED_GUIDANCE_BUGS } from '../support/simulation/planted-guidance-bugs.ts';
import { SimulationFailure, simulate } from '../support/simulation/simulate.ts';
import { Violation } from '../support/simulation/timeline.ts';

/** Seeds within which a bug must be found. The same seeds find nothing in the code as it is (seeds.test.ts). */
const SEEDS_MAX = 40;

/** What the first seed that finds a bug says. */
const findBug = async (fund: SimulatedFund, planted: Planted): Promise<string> => {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1)
    try {
      await simulate(seed, { fund, planted });
    } catch (error) {
      if (!(error instanceof SimulationFailure) || !(error.cause instanceof Violation)) throw error;
      return error.cause.message;
    }
  return `survived ${SEEDS_MAX} seeds`;
};

/** What an auditor must say of each bug. */
const SAYS: Readonly<Record<keyof typeof PLANTED_BUGS, RegExp>> = {
  'the store does not check that something is absent': /^entry \d+ was changed/,
  'neither the head nor the entries are fenced': /^entry \d+ was changed/,
  'the views are not fenced': /^view \S+ at \d+: .*, expected /,
  'a file is overwritten': /^outbox\/\S+ was written \d+ times/,
  'commands are known by the id of their message': /^bank line \w+ is booked twice/,
  'failed messages are acknowledged': /never seen among the dead letters/,
  'failed bank files are acknowledged': /bank lines are not booked/,
  'messages the queue did not take are forgotten': /bank lines are not booked/,
  'one person decides on both sides': /acts on two sides of CS-|refused with DUTIES_NOT_SEPARATE, which no state gives/,
  'a decision is bound to nothing': /decided on \S+, and entry \d+ says otherwise/,
  'another payload under a known id is taken for the same': /^a key used for something else was answered/,
  'what was applied is forgotten': /was applied, and is applied again|which no state gives \(only: applied\)/,
  'the head is read from a lagging copy': /was shown \S+ as of \d+, after \d+ was there/,
  'contention is told as a refusal': /refused with FUNDS_INSUFFICIENT, which no state gives/,
  'silence of the store counts as success': /was told of entry \d+|never came to an end/,
  'closed days take entries': /^entry \d+ counts on \S+, a closed day/,
  'the hold is not taken': /^held: /,
  'the hold is not released': /^held: /,
  'the place under the limit is not given back': /^exposure of /,
  'an unknown payment is sent again instead of asked about': /is unknown and nobody asked/,
  'silence of the bank counts as no': /counts as refused, the bank never said so/,
  'a second payment keeps the number of the first': /was released and never instructed/,
  'an instruction sent again has an id of its own': /was sent to the bank, and no entry instructs it/,
  'money passes through a float': /^the book shows \d+ at the bank, the bank \d+/,
  'a bank line is known by its file': /^bank line \w+ is booked twice/,
  'what cannot be understood is acknowledged': /never seen among the dead letters/,
};

const SAYS_OF_COVER: Readonly<Record<keyof typeof PLANTED_COVER_BUGS, RegExp>> = {
  'a settled loan keeps its place under the limit': /^places of /,
  'what was claimed before does not count towards the cap': /^borne for /,
  'figures of banks and districts are not kept': /^figures of /,
  'the hold of a compensation is not taken': /^held: /,
  'a recovery is not taken off what the fund has paid': /^figures of |^owed by borrowers/,
  'a stopped bank files on': /is stopped and takes on more/,
  'nobody ages what is overdue': /^nobody has looked at FL-/,
};

const SAYS_OF_GUIDANCE: Readonly<Record<keyof typeof PLANTED_GUIDANCE_BUGS, RegExp>> = {
  'the portfolio does not grow by what was paid for': /^cost of the portfolio: /,
  'a deal called off keeps its place': /^places of enterprises: /,
  'what a partner was given is not written down': /^(capital|profit) of \w+: /,
};

describe('bugs planted to see whether they are found', () => {
  test.each(Object.entries(PLANTED_BUGS))(
    'given that %s, when seeds are run, then one of them says so',
    async (name, planted) => {
      expect(await findBug(seedFund, planted)).toMatch(new Map(Object.entries(SAYS)).get(name) ?? 'what it must say');
    },
  );

  test.each(Object.entries(PLANTED_COVER_BUGS))(
    'given that %s, when seeds of a risk-compensation fund are run, then one of them says so',
    async (name, planted) => {
      expect(await findBug(compensationFund, planted)).toMatch(
        new Map(Object.entries(SAYS_OF_COVER)).get(name) ?? 'what it must say',
      );
    },
  );

  test.each(Object.entries(PLANTED_GUIDANCE_BUGS))(
    'given that %s, when seeds of a guidance fund are run, then one of them says so',
    async (name, planted) => {
      expect(await findBug(guidanceFund, planted)).toMatch(
        new Map(Object.entries(SAYS_OF_GUIDANCE)).get(name) ?? 'what it must say',
      );
    },
  );

  test('given no bug but the same wrapping, when a seed is run, then nothing is found', async () => {
    await expect(simulate(1, { planted: { seams: {} } })).resolves.toMatchObject({ seed: 1 });
  });
});
