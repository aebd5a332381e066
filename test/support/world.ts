import { createMemoryLedger, type MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { createKernel, type Kernel, type Outcome } from '#shared/application/execute.ts';
import type { Clock, Ledger } from '#shared/application/ports.ts';
import { prepare } from '#shared/application/prepare.ts';
import { SYSTEM } from '#shared/application/system.ts';
import charter from '#shared/charters/seed-2018.json' with { type: 'json' };
import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor, Entry } from '#shared/domain/book/entry.ts';
import { type BookHead, closedThroughOf } from '#shared/domain/book/head.ts';
import { addDays, type BusinessDate, parseDate } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import type { EntityType, StateOf } from '#shared/domain/entities.ts';
import { ref, refKey } from '#shared/domain/entities.ts';
import { makeUscc } from '#shared/domain/identity.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { CLOSE_DAYS_MAX } from '#shared/domain/lending/close.ts';
import type { ErrorCode } from '#shared/errors/catalogue.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';

export const FUND = 'seed';

/** 一万元, in fen. */
export const WAN = 1_000_000n;

export const seedCharter = charter;

export const person = (id: string, ...roles: string[]): Actor => ({ kind: 'person', id, name: id, roles });

/** The people of a fund office, one per duty. */
export const people = {
  admin: person('admin-1', 'admin'),
  officer: person('officer-1', 'officer'),
  reviewer: person('reviewer-1', 'reviewer'),
  director: person('director-1', 'director'),
  treasurer: person('treasurer-1', 'treasurer'),
  accountant: person('accountant-1', 'accountant'),
  science: person('science-1', 'science-bureau'),
  finance: person('finance-1', 'finance-bureau'),
  office: person('office-1', 'financial-office'),
  committee: [1, 2, 3, 4, 5].map((n) => person(`committee-${n}`, 'committee')),
} as const;

/** A clock that stands still until a test moves it. */
export const standingClock = (start: string): Clock & { today_: BusinessDate; set(date: string): void } => {
  const clock = {
    today_: parseDate(start),
    now: () => `${clock.today_}T01:00:00.000Z`,
    today: () => clock.today_,
    sleep: async () => undefined,
    set: (date: string) => {
      clock.today_ = parseDate(date);
    },
  };
  return clock;
};

export interface World {
  readonly fundId: string;
  readonly ledger: MemoryLedger;
  readonly clock: ReturnType<typeof standingClock>;
  readonly kernel: Kernel;
  /** Runs one command as the API would: a refusal is thrown, and so is having nothing to do. Returns its outcome. */
  readonly run: (
    kind: CommandKind,
    payload: object,
    actor?: Actor,
    id?: string,
  ) => Promise<Outcome & { status: 'applied' }>;
  /** The code with which a command is refused, or what else became of it. */
  readonly refusal: (
    kind: CommandKind,
    payload: object,
    actor?: Actor,
    id?: string,
  ) => Promise<ErrorCode | 'applied' | 'idle'>;
  readonly read: <T extends EntityType>(type: T, id: string) => Promise<StateOf<T> | undefined>;
  readonly entries: () => readonly Entry[];
}

/** Of all worlds together: offices that share a past or a store must not give one id to two commands. */
let commands = 0;

/** A fund office in memory, with the book of one fund. `on` may be another implementation of the port. */
export const createWorld = (start = '2017-03-01', on?: Ledger, fundId = FUND): World =>
  worldOn(createMemoryLedger(), start, on, fundId);

/** Another office with the same past, on the same day. */
export const forkOf = (world: World): World =>
  worldOn(createMemoryLedger(world.ledger), world.clock.today(), undefined, world.fundId);

const worldOn = (ledger: MemoryLedger, start: string, on?: Ledger, fundId = FUND): World => {
  const clock = standingClock(start);
  const kernel = createKernel({ ledger: on ?? ledger, clock, calendar: chinaCalendar, jitter: () => 0 });
  const execute = async (kind: CommandKind, payload: object, actor: Actor, id: string): Promise<Outcome> => {
    const [outcome] = await kernel.execute(fundId, [prepare(kind, fundId, id, payload, actor)], {
      recordRefusals: false,
    });
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  };
  const nextId = (): string => {
    commands += 1;
    return `test-${commands}`;
  };
  return {
    fundId,
    ledger,
    clock,
    kernel,
    run: async (kind, payload, actor = SYSTEM, id = nextId()) => {
      const outcome = await execute(kind, payload, actor, id);
      if (outcome.status === 'refused') throw outcome.error;
      if (outcome.status === 'idle') throw new Error(`${kind} had nothing to do`);
      return outcome;
    },
    refusal: async (kind, payload, actor = SYSTEM, id = nextId()) => {
      const outcome = await execute(kind, payload, actor, id);
      return outcome.status === 'refused' ? outcome.error.code : outcome.status;
    },
    read: async (type, id) => {
      const loaded = await (on ?? ledger).load(fundId, [ref(type, id)]);
      const found = loaded.entities.get(refKey(ref(type, id)));
      return found?.state as StateOf<typeof type> | undefined;
    },
    entries: () => [...ledger.journal].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => decodeEntry(item)),
  };
};

/** A document with some of its members changed, at any depth. */
export const changed = <T extends object>(document: T, changes: object): T => {
  const before = new Map<string, unknown>(Object.entries(document));
  const parts = Object.entries(changes).map(([name, value]) => {
    const part = before.get(name);
    return [name, isPart(value) && isPart(part) ? changed(part, value) : value];
  });
  return { ...document, ...Object.fromEntries(parts) };
};

const isPart = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The reference charter with some of its rules changed. */
export const charterWith = (changes: object): typeof charter => changed(charter, changes);

/** Founds the fund under the reference charter, or a changed one. */
export const found = async (world: World, document: object = charter): Promise<void> => {
  const caseId = idFrom('CS', ['charter', commands]);
  await world.run('charter.propose', { caseId, charter: document }, people.admin);
  const shown = await shownOf(world, caseId);
  await world.run('case.approve', { caseId, ...shown }, people.director);
  await world.run('case.approve', { caseId, ...shown }, people.finance);
};

/** The head of the fund's book. */
export const headOf = async ({ ledger, fundId }: World): Promise<BookHead> => (await ledger.load(fundId, [])).head;

/** What a person who opens the case is shown. */
export const shownOf = async (world: World, caseId: string): Promise<{ revision: number; payloadHash: string }> => {
  const state = await world.read('case', caseId);
  if (state === undefined) throw new Error(`no case ${caseId}`);
  return { revision: state.revision, payloadHash: state.payloadHash };
};

/** Of all worlds together, as commands are: one reference is one line. */
let lines = 0;

/** A line of the fund's bank statement. */
export const bankLine = (
  side: 'credit' | 'debit',
  amountFen: bigint,
  bookedOn: string,
  more: Partial<Record<'reference' | 'remittance' | 'payer' | 'payerAccount', string>> = {},
) => {
  lines += 1;
  return {
    side,
    amountFen: String(amountFen),
    bookedOn,
    reference: `B${lines}`,
    payer: '某单位',
    payerAccount: '622200000001',
    remittance: '',
    ...more,
  };
};

/** A fund office with a fund and money. */
export const fundedWorld = async (changes: object = {}, amountFen = 1_000_000_000n): Promise<World> => {
  const world = createWorld();
  await found(world, charterWith(changes));
  await fundWith(world, amountFen);
  return world;
};

/** Calls and pays in capital. */
export const fundWith = async (world: World, amountFen: bigint): Promise<void> => {
  const callId = idFrom('CC', ['call', world.entries().length]);
  await world.run(
    'capital.call',
    {
      callId,
      amountFen: String(amountFen),
      dueOn: addDays(world.clock.today(), 30),
      documentNumber: '渝财〔2017〕1号',
    },
    people.director,
  );
  const call = await world.read('call', callId);
  for (const part of call?.parts ?? [])
    await world.run('capital.receive', {
      callId,
      contributor: part.contributor,
      line: bankLine('credit', part.amountFen, world.clock.today()),
    });
};

/** An eligible company, the n-th. */
export const company = (n: number) => ({
  kind: 'company' as const,
  id: makeUscc(`91500118MA5${String(n).padStart(6, 'U')}`),
  name: `示例科技有限公司${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${n}`,
  establishedOn: '2016-05-20',
});

/** An eligible team, the n-th. */
export const team = (n: number) => ({
  kind: 'team' as const,
  id: `TEAM-${String(n).padStart(8, '0')}`,
  name: `创业团队${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${n}`,
  establishedOn: '2016-08-01',
});

/** What stands for the hash of a document nobody opens. */
export const HASH = '0'.repeat(64);

/** Documents of these types. */
export const documents = (...types: string[]) =>
  types.map((type) => ({ type, name: `${type}.pdf`, sha256: HASH, bytes: 1024 }));

/** A complete, eligible application. */
export const application = (n: number, amountFen: bigint, changes: object = {}) => ({
  applicant: company(n),
  amountFen: String(amountFen),
  termMonths: 36,
  repayment: { kind: 'bullet' },
  purpose: '研发投入',
  payee: { name: company(n).name, number: `6222000000${String(n).padStart(4, '0')}`, bankCode: '314653000011' },
  declarations: {
    'in-tech-register': true,
    'research-dishonesty': false,
    'joint-punishment': false,
    'bad-bank-record': false,
    'pending-suit': false,
  },
  documents: documents('application-form', 'business-licence', 'financial-statement', 'business-plan'),
  ...changes,
});

/** What an application of a team has in place of a company's. */
export const ofTeam = (n: number) => ({
  applicant: team(n),
  documents: documents('application-form', 'business-plan', 'team-undertaking'),
});

export const caseIdOf = (n: number | string): string => idFrom('CS', ['case', n]);
export const loanIdOf = (n: number | string): string => caseIdOf(n).replace('CS-', 'LN-');

/** Takes an application to the committee's yes; the notice then runs. */
export const applyAndVote = async (
  world: World,
  n: number,
  amountFen: bigint,
  changes: object = {},
): Promise<string> => {
  const caseId = caseIdOf(n);
  await world.run('loan.apply', { caseId, application: application(n, amountFen, changes) }, people.officer);
  const shown = await shownOf(world, caseId);
  await world.run('case.review', { caseId, ...shown, opinion: 'pass', comment: '同意' }, people.reviewer);
  for (const member of people.committee.slice(0, 4))
    await world.run('case.vote', { caseId, ...shown, choice: 'approve', comment: '同意' }, member);
  return caseId;
};

/** Takes an application to its hold. */
export const approveLoan = async (
  world: World,
  n: number,
  amountFen: bigint,
  changes: object = {},
): Promise<string> => {
  const caseId = await applyAndVote(world, n, amountFen, changes);
  const state = await world.read('case', caseId);
  world.clock.set(addDays(parseDate(state?.noticeEndsOn ?? world.clock.today()), 1));
  await world.run('case.approve', { caseId, ...(await shownOf(world, caseId)) }, people.director);
  return caseId;
};

/** Takes a loan from application to the borrower's account. */
export const lend = async (world: World, n: number, amountFen: bigint, changes: object = {}): Promise<string> => {
  const caseId = await approveLoan(world, n, amountFen, changes);
  const loanId = loanIdOf(n);
  await world.run('loan.contract', contractOf(world, caseId), people.treasurer);
  await world.run('loan.instruct', { loanId });
  await world.run('payment.settle', {
    paymentId: `${loanId}-P1`,
    line: bankLine('debit', amountFen, world.clock.today()),
  });
  return loanId;
};

export const contractOf = (world: World, caseId: string) => ({
  caseId,
  contractNumber: `合同-${caseId}`,
  contractSha256: HASH,
  signedOn: world.clock.today(),
});

/** Closes every day before `today`, as the nightly job does. */
export const closeUntilYesterday = async (world: World, loanIds: readonly string[]): Promise<void> => {
  const yesterday = addDays(world.clock.today(), -1);
  let from = closedThroughOf(await headOf(world));
  while (from === undefined || from < yesterday) {
    const reach: BusinessDate = from === undefined ? yesterday : addDays(from, CLOSE_DAYS_MAX);
    const through: BusinessDate = reach < yesterday ? reach : yesterday;
    await world.run('day.close', { through, loanIds, last: true });
    from = through;
  }
};
