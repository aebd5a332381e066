import fc from 'fast-check';
import { addDays } from '#shared/domain/calendar.ts';
import { holdingIdOf } from '#shared/domain/equity/holding.ts';
import { formatQuantity, type Quantity } from '#shared/domain/equity/quantity.ts';
import { isFundError } from '#shared/errors/fund-error.ts';
import {
  agree,
  approve,
  approveCall,
  approveDistribution,
  approveInvestment,
  commit,
  contractFor,
  guidanceWorld,
  invest,
  investmentOf,
  pay,
  payIn,
  propose,
  receive,
} from './guidance-world.ts';
import type { HoldingCaps } from './holdings.ts';
import { company, HASH, people, WAN, type World } from './world.ts';

/* A guidance fund's office to which things happen, in whatever order. */

const COMPANIES = [1, 2, 3, 4] as const;
const SECTORS = ['robots', 'machine-tools', 'catering'] as const;

/** Limits that a few investments run into. */
export const RULES = {
  capital: { totalFen: String(2_000n * WAN) },
  limits: { singleInvestee: { numerator: 30, denominator: 100 }, shareOfSubFund: { numerator: 1, denominator: 1 } },
};

/** What these rules, and the reference charter's for what lies outside the mandate, come to. */
export const HOLDING_CAPS: HoldingCaps = {
  enterpriseFen: 600n * WAN,
  sectorFen: { robots: 1_000n * WAN, 'machine-tools': 1_000n * WAN, catering: 800n * WAN },
};

export const ACTS = [
  'pay-in',
  'invest',
  'leave',
  'propose',
  'withdraw',
  'commit',
  'call',
  'sell',
  'offer',
  'dividend',
  'write-off',
  'distribute',
  'cancel-payment',
  'give-back',
  'send',
  'call-off',
  'revoke',
  'close',
] as const;

const step = fc.record({
  act: fc.constantFrom(...ACTS),
  company: fc.constantFrom(...COMPANIES),
  size: fc.integer({ min: 1, max: 1000 }),
  days: fc.integer({ min: 0, max: 90 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const guidanceSteps: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 4, maxLength: 18 });

/** What the office remembers to go on with. */
export interface Desk {
  readonly world: World;
  cases: number;
  readonly proposed: string[];
  readonly commitments: string[];
}

const sectorOf = (n: number): string => SECTORS[n % SECTORS.length] ?? 'robots';
const wholes = (size: number): bigint => BigInt(size) * WAN + BigInt(size % 7);
const dealOf = (n: number) => ({ sector: sectorOf(n), totalQuantity: '100000000000' });

const heldOf = async (world: World, n: number) => {
  const shares = holdingIdOf(company(n).id, 'ordinary');
  const interest = holdingIdOf(company(n).id, 'interest');
  const id = (await world.read('holding', shares)) === undefined ? interest : shares;
  return { id, holding: await world.read('holding', id) };
};

const someOf = (whole: Quantity, size: number): Quantity => (whole * BigInt(size)) / 1000n || 1n;

const offer = async (desk: Desk, { company: n, size }: Step): Promise<string> => {
  const { id, holding } = await heldOf(desk.world, n);
  const whole = (holding?.lots ?? []).filter((l) => l.registered).reduce((sum, l) => sum + l.quantity, 0n);
  const exit = {
    holdingId: id,
    quantity: formatQuantity(someOf(whole, size)),
    method: 'transfer',
    buyer: '某集团',
    proceedsFen: String(wholes(size)),
    priceBasis: '评估报告',
    documents: [],
  };
  const caseId = await propose(desk.world, `exit ${desk.cases}`, 'exit.propose', { exit });
  await approve(desk.world, caseId);
  return caseId.replace('CS-', 'EX-');
};

/** The last thing of a type that is in this state, by what the book says of it. */
const lastOf = (world: World, type: string, status: string): string | undefined => {
  const digests = world
    .entries()
    .flatMap((e) => e.digests ?? [])
    .filter((d) => d.type === type);
  const last = new Map(digests.map((d) => [d.id, d.fields['status']]));
  return [...last].findLast(([, found]) => found === status)?.[0];
};

const acts: Readonly<Record<Step['act'], (desk: Desk, step: Step) => Promise<unknown>>> = {
  'pay-in': ({ world }, { size }) => payIn(world, wholes(size)),
  invest: ({ world }, { company: n, size }) => invest(world, n, wholes(size), dealOf(n)),
  // An approved investment whose money nobody asks for, or nobody releases.
  leave: async ({ world }, { company: n, size }) => {
    const { acquisitionId } = await approveInvestment(world, n, wholes(size), dealOf(n));
    if (size % 2 === 0) await world.run('acquisition.contract', contractFor(world, acquisitionId), people.officer);
  },
  propose: async (desk, { company: n, size }) => {
    const payload = { investment: investmentOf(n, wholes(size), dealOf(n)) };
    desk.proposed.push(await propose(desk.world, `proposed ${desk.cases}`, 'investment.propose', payload));
  },
  withdraw: async ({ world, proposed }) => {
    const caseId = proposed.pop();
    if (caseId !== undefined) await world.run('case.withdraw', { caseId, reason: '撤回' }, people.officer);
  },
  commit: async ({ world, commitments }, { company: n, size }) => {
    commitments.push(await commit(world, n, wholes(size), { sector: sectorOf(n) }));
  },
  call: async ({ world, commitments }, { size }) => {
    const commitmentId = commitments[size % Math.max(1, commitments.length)];
    if (commitmentId === undefined) return;
    const { payId } = await approveCall(world, commitmentId, wholes(size));
    if (size % 3 !== 0) await pay(world, payId);
  },
  sell: async (desk, given) => receive(desk.world, await offer(desk, given), wholes(given.size)),
  offer,
  dividend: async (desk, { company: n, size }) => {
    const { id } = await heldOf(desk.world, n);
    const dividendId = `DV-${String(desk.cases).padStart(12, '0')}`;
    const amounts = { incomeFen: String(wholes(size)), capitalFen: String(wholes(size) / 30n) };
    const resolution = { declaredOn: desk.world.clock.today(), documentNumber: '决议', documentSha256: HASH };
    await desk.world.run(
      'dividend.declare',
      { dividendId, holdingId: id, ...amounts, ...resolution },
      people.accountant,
    );
    if (size % 3 !== 0)
      await receive(desk.world, dividendId, wholes(size) + (size % 3 === 1 ? wholes(size) / 30n : 0n));
  },
  'write-off': async (desk, { company: n }) => {
    const { id } = await heldOf(desk.world, n);
    const writeOff = { writeOff: { holdingId: id, reason: '破产', documents: [] } };
    const caseId = await propose(desk.world, `loss ${desk.cases}`, 'holding.propose-write-off', writeOff);
    await agree(desk.world, caseId);
    await approve(desk.world, caseId);
  },
  distribute: async ({ world }, { size }) => {
    const { payIds } = await approveDistribution(world, wholes(size), { final: size % 5 === 0 });
    for (const payId of [...payIds.values()].slice(0, size % 4)) await pay(world, payId);
  },
  'cancel-payment': async ({ world }) => {
    const payId = lastOf(world, 'payment', 'held');
    if (payId !== undefined) await world.run('payment.cancel', { payId, reason: '改期' }, people.director);
  },
  'give-back': async ({ world }) => {
    const payId = lastOf(world, 'payment', 'settled');
    const payment = payId === undefined ? undefined : await world.read('payment', payId);
    if (payId === undefined || payment === undefined) return;
    const day = world.clock.today();
    const line = {
      side: 'credit',
      amountFen: String(payment.amountFen),
      bookedOn: day,
      reference: `${payId} ${payment.attempt}`,
      payer: '某单位',
      payerAccount: '1',
      remittance: '',
    };
    await world.run('payment.give-back', { paymentId: `${payId}-P${payment.attempt}`, line });
  },
  // A payment goes to the bank, which does not answer.
  send: async ({ world }, { size }) => {
    const payId = lastOf(world, 'payment', size % 2 === 0 ? 'held' : 'rejected');
    if (payId === undefined) return;
    await world.run('payment.release', { payId }, people.treasurer);
    await world.run('payment.instruct', { payId });
    const { attempt } = (await world.read('payment', payId)) ?? { attempt: 0 };
    if (size % 3 !== 0)
      await world.run('payment.doubt', { paymentId: `${payId}-P${attempt}`, date: world.clock.today() });
  },
  'call-off': async ({ world }, { size }) => {
    const exitId = lastOf(world, 'exit', 'approved');
    const acquisitionId = lastOf(world, 'acquisition', 'approved');
    if (size % 2 === 0 && exitId !== undefined)
      await world.run('exit.cancel', { exitId, reason: '买方退出' }, people.director);
    else if (acquisitionId !== undefined)
      await world.run('acquisition.cancel', { acquisitionId, reason: '股东会未通过' }, people.director);
  },
  revoke: async ({ world }) => {
    const dividendId = lastOf(world, 'dividend', 'declared');
    if (dividendId !== undefined)
      await world.run('dividend.revoke', { dividendId, reason: '决议撤销' }, people.accountant);
  },
  close: async ({ world, commitments }, { size }) => {
    const commitmentId = commitments[size % Math.max(1, commitments.length)];
    if (commitmentId !== undefined)
      await world.run('commitment.close', { commitmentId, reason: '投资期满' }, people.director);
  },
};

/** An office that holds shares of two enterprises and an interest in a sub-fund. */
export const started = async (): Promise<{ world: World; commitmentId: string }> => {
  const world = await guidanceWorld(RULES, 1_500n * WAN);
  for (const n of [1, 2]) await invest(world, n, 150n * WAN + BigInt(n), dealOf(n));
  const commitmentId = await commit(world, 3, 300n * WAN, { sector: sectorOf(3) });
  await pay(world, (await approveCall(world, commitmentId, 100n * WAN)).payId);
  return { world, commitmentId };
};

/** Lets a step happen; whatever is refused is refused. Whether it came to its end and left something in the book. */
export const take = async (desk: Desk, given: Step): Promise<boolean> => {
  const { world } = desk;
  const before = world.entries().length;
  desk.cases += 1;
  world.clock.set(addDays(world.clock.today(), given.days));
  try {
    await acts[given.act](desk, given);
    return world.entries().length > before;
  } catch (error) {
    if (!isFundError(error)) throw error;
    return false;
  }
};
