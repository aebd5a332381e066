import { join } from 'node:path';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { Language } from '#shared/runtime/problem.ts';
import { openBank, type SandboxBank } from '../bank/bank.ts';
import { bucketFiles } from '../bank/files.ts';
import { createApi, httpTransport } from '../client/api.ts';
import { type LocalCloud, startCloud } from '../cloud.ts';
import { type Ending, startParts } from '../ending.ts';
import { startIdentity } from '../identity/provider.ts';
import type { Office } from '../load/load.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import { lockDirectory, openState } from '../state.ts';
import { Turns } from '../turns.ts';
import { startOfficeClock } from './office-clock.ts';
import { synthesise } from './synthesis.ts';

/** The fund office on this machine: cloud, identity provider and bank, on one clock. */
export interface LocalOffice extends Office {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly tokenFor: (userId: string) => Promise<string>;
  readonly today: () => BusinessDate;
  readonly deadLetters: LocalCloud['deadLetters'];
  /** Ends the bank's day and begins the next working day: its close is done when this resolves. */
  readonly nextDay: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What is being started, for those who wait. */
export type Part = 'identity' | 'synthesis' | 'cloud';

/** What of a portfolio is needed before anything of it is played: the first day, how its bank behaves, who can sign in. */
export interface Opening {
  readonly fund: { readonly charters: readonly [{ readonly proposedOn: BusinessDate }, ...unknown[]] };
  readonly bank: Pick<Portfolio['bank'], 'rules'>;
  readonly users: Portfolio['users'];
}

export interface OfficeOptions {
  readonly directory: string;
  readonly port: number | undefined;
  readonly language: Language;
  readonly portfolio: Opening;
  /** Told when a part is about to start, and when all have. */
  readonly starting: (part: Part | undefined) => void;
}

const AUDIENCE = 'jinqu';
/** The name of the one schedule there is. */
const DAILY_CLOSE = 'DailySchedule';

/** Starts everything, and ends what was started when a part does not start. Throws when an office is open in the directory. */
export const startOffice = async (options: OfficeOptions): Promise<LocalOffice> => {
  // Taken and given back: parts lock what is theirs, and this says so before any of them has begun.
  lockDirectory(options.directory)();
  return await startParts('the office', (ending) => open(options, ending));
};

const open = async (
  { directory, port, language, portfolio, starting }: OfficeOptions,
  ending: Ending,
): Promise<LocalOffice> => {
  const state = openState(directory, 'office');
  ending.add(() => state.close());
  const clock = startOfficeClock(state, portfolio.fund.charters[0].proposedOn);
  ending.add(() => clock.stop());

  starting('identity');
  const identity = await startIdentity({ directory, audience: AUDIENCE, state, users: portfolio.users });
  ending.add(() => identity.stop());
  starting('synthesis');
  const stacks = await synthesise(directory, {
    stage: 'local',
    region: 'us-east-1',
    production: false,
    identity: { issuer: identity.issuer, audience: [AUDIENCE] },
  });
  starting('cloud');
  const cloud = await startCloud({ directory, stacks, clock: clock.clock, ...(port === undefined ? {} : { port }) });
  ending.add(() => cloud.stop());
  const bank = openBankOf(cloud, directory, clock.today, portfolio);
  ending.add(() => bank.close());
  starting(undefined);

  const closeDays = () => cloud.fireSchedule(DAILY_CLOSE);
  const beginNextDay = async (): Promise<void> => {
    await cloud.idle();
    await bank.endDay();
    await cloud.idle();
    clock.goTo(clock.nextWorkingDay());
    await closeDays();
    await cloud.idle();
  };
  const days = new Turns();
  return {
    apiUrl: cloud.apiUrl.replace(/\/$/, ''),
    issuer: identity.issuer,
    tokenFor: identity.tokenFor,
    as: createApi({ transport: httpTransport(cloud.apiUrl), tokenFor: identity.tokenFor, language }),
    bank,
    state,
    today: clock.today,
    goTo: clock.goTo,
    closeDays,
    idle: () => cloud.idle(),
    deadLetters: () => cloud.deadLetters(),
    nextDay: () => days.take(beginNextDay),
    stop: () => ending.run(),
  };
};

const openBankOf = (
  cloud: LocalCloud,
  directory: string,
  today: () => BusinessDate,
  { bank }: Opening,
): SandboxBank => {
  const bucket = cloud.outputs['BankBucket'];
  if (bucket === undefined) throw new Error('the stacks have no output BankBucket');
  const files = bucketFiles(cloud.clients.s3, bucket);
  return openBank({ directory: join(directory, 'bank'), files, today, rules: bank.rules });
};
