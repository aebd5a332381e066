import { jobMachine } from '#shared/domain/imports/job.ts';
import { bankMachine } from '#shared/domain/register/bank.ts';
import { firmMachine, REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { company, createWorld, people, type World } from '../world.ts';
import { after, type Situation, scenarios } from './scenario.ts';

const firmId = company(1).id;
const ON = '2018-01-01';

const move =
  (step: string) =>
  ({ world }: Situation) =>
    world.refusal('register.move', { firmId, step, on: ON, note: '某' }, people.officer);

const register = (): World => createWorld('2019-07-31', undefined, REGISTER_BOOK);

const registered = async (): Promise<Situation> => {
  const world = register();
  const firm = { firmId, name: '某企业', registeredOn: '2014-05-06', industry: '软件', technology: true };
  await world.run('register.enrol', firm, people.officer);
  return { world, id: firmId };
};

export const firmScenarios = scenarios(
  firmMachine,
  'firm',
  {
    registered,
    incubating: after(registered, move('incubate')),
    graduated: after(registered, move('incubate'), move('graduate')),
    left: after(registered, move('leave')),
  },
  {
    incubate: { take: move('incubate') },
    graduate: { take: move('graduate') },
    leave: { take: move('leave') },
  },
);

const bankId = 'rcb';
const recognise = ({ world }: Situation) =>
  world.refusal(
    'register.recognise-bank',
    { bankId, name: '重庆农商行', products: ['科创贷'], documentNumber: '永高〔2018〕1号', since: ON },
    people.officer,
  );
const endBank = ({ world }: Situation) =>
  world.refusal('register.end-bank', { bankId, on: '2019-01-01', reason: '到期' }, people.officer);

const recognised = async (): Promise<Situation> => {
  const situation = { world: register(), id: bankId };
  await recognise(situation);
  return situation;
};

export const bankScenarios = scenarios(
  bankMachine,
  'bank',
  { recognised, ended: after(recognised, endBank) },
  { end: { take: endBank }, renew: { take: recognise } },
);

const jobId = 'IM-AAAAAAAAAAAA';

const advance = (world: World, fromRow: number, toRow: number) =>
  world.refusal('import.advance', { jobId, fromRow, toRow, rows: 2, applied: 1, replayed: 0, refused: 0 });
const fail = ({ world }: Situation) => world.refusal('import.fail', { jobId, reason: '无法读取' });

const opened = async (): Promise<Situation> => {
  const world = register();
  const file = { kind: 'firms', fileName: '企业.csv', fileKey: `imports/zone/${jobId}.csv`, sha256: '0'.repeat(64) };
  await world.run('import.open', { jobId, ...file, bytes: 10 }, people.officer);
  return { world, id: jobId };
};

export const jobScenarios = scenarios(
  jobMachine,
  'job',
  { open: opened, done: after(opened, ({ world }) => advance(world, 0, 2)), failed: after(opened, fail) },
  { advance: { take: ({ world }) => advance(world, 0, 1) }, fail: { take: fail } },
);
