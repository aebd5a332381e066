import { FIRM_RECORDS_MAX, REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { company, createWorld, people, type World } from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const firmId = company(1).id;
const jobId = 'IM-AAAAAAAAAAAA';
const register = (): World => createWorld('2019-07-31', undefined, REGISTER_BOOK);

const enrolling = (world: World): Attempt => ({
  world,
  kind: 'register.enrol',
  payload: { firmId, name: '某企业', registeredOn: '2014-05-06', industry: '软件', technology: true },
  actor: people.officer,
});

const enrolled = async (): Promise<Attempt> => {
  const attempt = enrolling(register());
  await attempt.world.run(attempt.kind, attempt.payload, attempt.actor);
  return attempt;
};

const listing = (world: World, market: string): Attempt => ({
  world,
  kind: 'register.list',
  payload: { firmId, market, code: '600001', on: '2018-06-01' },
  actor: people.officer,
});

const opening = (world: World): Attempt => ({
  world,
  kind: 'import.open',
  payload: {
    jobId,
    kind: 'firms',
    fileName: '企业.csv',
    fileKey: `imports/zone/${jobId}.csv`,
    sha256: '0'.repeat(64),
    bytes: 10,
  },
  actor: people.officer,
});

const opened = async (): Promise<Attempt> => {
  const attempt = opening(register());
  await attempt.world.run(attempt.kind, attempt.payload, attempt.actor);
  return attempt;
};

const advancing = (world: World, fromRow: number): Attempt => ({
  world,
  kind: 'import.advance',
  payload: { jobId, fromRow, toRow: 2, rows: 2, applied: 1, replayed: 0, refused: 0 },
});

export const registerAttempts: Attempts = {
  NOT_THE_REGISTER: async () => enrolling(createWorld('2019-07-31')),
  FIRM_NOT_FOUND: async () => listing(register(), '科创板'),
  FIRM_EXISTS: enrolled,
  ALREADY_LISTED: async () => {
    const attempt = listing((await enrolled()).world, '科创板');
    await attempt.world.run(attempt.kind, attempt.payload, attempt.actor);
    return attempt;
  },
  REGISTER_FULL: async () => {
    const { world } = await enrolled();
    for (let n = 0; n < FIRM_RECORDS_MAX; n += 1) {
      const { kind, payload, actor } = listing(world, `市场${n}`);
      await world.run(kind, payload, actor);
    }
    return listing(world, '又一市场');
  },
  BANK_NOT_FOUND: async () => ({
    world: register(),
    kind: 'register.end-bank',
    payload: { bankId: 'rcb', on: '2019-01-01', reason: '到期' },
    actor: people.officer,
  }),
  IMPORT_NOT_FOUND: async () => advancing(register(), 0),
  IMPORT_EXISTS: opened,
  IMPORT_STEP_STALE: async () => advancing((await opened()).world, 1),
};
