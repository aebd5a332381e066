import fc from 'fast-check';
import type { Actor } from '#shared/domain/book/entry.ts';
import { addDays, maxDate } from '#shared/domain/calendar.ts';
import type { EntityType, StateOf } from '#shared/domain/entities.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import type { FilingStatus } from '#shared/domain/guarantee/filing.ts';
import { idFrom } from '#shared/domain/ids.ts';
import { approveCase, documents, lawsuit } from './claims.ts';
import { bankMachine, charters, createCompensationWorld, filingRow } from './compensation-world.ts';
import type { Caps } from './coverage.ts';
import { factsOf } from './story/facts.ts';
import { bankLine, changed, company, found, fundWith, people, WAN, type World } from './world.ts';

const ACTS = [
  'file',
  'file',
  'file',
  'review',
  'report',
  'report',
  'late',
  'neglect',
  'neglect',
  'cure',
  'continue',
  'withdraw',
  'claim',
  'claim',
  'decide',
  'compensate',
  'compensate',
  'give up',
  'pay',
  'collect',
  'collect all',
  'receive',
  'receive',
  'write off',
  'resume',
  'amend',
  'days',
  'days',
] as const;

/** One thing that happens, with some numbers to choose by. */
export interface Step {
  readonly act: (typeof ACTS)[number];
  readonly loan: number;
  readonly bank: number;
  readonly amount: number;
}

export const compensationSteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    act: fc.constantFrom(...ACTS),
    loan: fc.nat(2),
    bank: fc.nat(1),
    amount: fc.nat(999),
  }),
  { minLength: 15, maxLength: 50, size: 'max' },
);

export const BANKS = ['rcb', 'cqb'] as const;
export const DISTRICTS = ['yongchuan', 'dazu'] as const;
/** Cover up to a fifth of 4100万; what the fund bears for one enterprise is spent by two middling claims. */
export const CAPS: Caps = { coverFen: 820n * WAN, enterpriseFen: 300n * WAN, compensationFen: 45n * WAN };

/** A fund whose limits are near enough to be met: two banks and districts, three borrowers, an odd 30/50/20 and 50/50, one blocking limit. */
export const tight = changed(charters.sme2018, {
  districts: DISTRICTS.map((id) => ({ id, name: `${id}高新区` })),
  filing: {
    automaticUpToFen: String(60n * WAN),
    sizes: [
      {
        sizeClass: 'small',
        perEnterpriseFen: String(CAPS.enterpriseFen),
        compensationCapFen: String(CAPS.compensationFen),
      },
    ],
  },
  limits: [
    { measure: 'covered', against: 'committed', max: '0.2', action: 'block' },
    { measure: 'liability', against: 'paid-in', max: '0.1', action: 'alert' },
  ],
  breakers: [
    {
      scope: 'bank',
      measure: 'non-performing',
      warn: '0.2',
      stop: '0.4',
      terminate: null,
      resumeBelow: '0.1',
      fromFen: '0',
    },
    {
      scope: 'district',
      measure: 'compensation',
      warn: '0.1',
      stop: '0.5',
      terminate: null,
      resumeBelow: null,
      fromFen: '0',
    },
  ],
  claims: { firstReviewWorkingDays: 1, decisionWorkingDays: 3 },
});

/** States of a loan in which an act makes sense. */
const WANTED: Readonly<Partial<Record<Step['act'], readonly FilingStatus[]>>> = {
  file: ['refused', 'withdrawn'],
  review: ['applied'],
  report: ['confirmed', 'exception', 'claimed'],
  late: ['confirmed'],
  neglect: ['confirmed'],
  cure: ['exception'],
  continue: ['confirmed'],
  withdraw: ['applied', 'confirmed'],
  claim: ['exception'],
  compensate: ['exception', 'claimed'],
  decide: ['claimed'],
  'give up': ['claimed'],
  collect: ['compensated'],
  'collect all': ['compensated'],
  receive: ['compensated'],
  'write off': ['compensated'],
  pay: ['compensated'],
};

/** A fund office to which things happen, in whatever order. */
export class CompensationStory {
  readonly world: World;
  #count = 0;
  #version = 1;

  constructor(world: World) {
    this.world = world;
  }

  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** A loan there is, of those that are where the act makes sense when there are any. */
  async #pick({ act, loan, bank }: Step): Promise<{ readonly filingId: string; readonly machine: Actor }> {
    const filings = await this.all('filing');
    const wanted = WANTED[act] ?? [];
    const fitting = filings.filter((f) => wanted.includes(f.state.status));
    const among = fitting.length > 0 && (loan + bank) % 4 !== 3 ? fitting : filings;
    const found = among[(2 * loan + bank) % Math.max(1, among.length)];
    return { filingId: found?.id ?? 'FL-000000000000', machine: bankMachine(found?.state.bankId ?? 'rcb') };
  }

  async take(step: Step): Promise<void> {
    const { world } = this;
    const { filingId, machine } = await this.#pick(step);
    const today = world.clock.today();
    const left = (await world.read('filing', filingId))?.outstandingFen ?? 0n;
    const balance = (fen: bigint, more: object = {}) =>
      world.refusal(
        'filing.report',
        { filingId, asOf: today, coveredFen: String(fen), uncoveredFen: '0', ...more },
        machine,
      );
    switch (step.act) {
      case 'file': {
        const again = step.amount % 3 === 0 ? await world.read('filing', filingId) : undefined;
        const filer = again === undefined ? bankMachine(BANKS[step.bank] ?? 'rcb') : machine;
        const borrower = company(1 + (step.loan % 3));
        const row = filingRow(10 + this.next(), {
          ...(again === undefined ? {} : { contractNumber: again.contractNumber }),
          enterpriseId: borrower.id,
          enterpriseName: borrower.name,
          coveredFen: String(BigInt(step.amount + 1) * 200_003n),
          drawnOn: today,
          district: DISTRICTS[step.amount % 2],
          ...(step.amount % 4 === 0 ? { guarantorId: 'cq-tech-g' } : {}),
        });
        await world.refusal('filing.file', { bankId: filer.bank, ...row }, filer);
        return;
      }
      case 'review': {
        const opinion = step.amount % 5 === 0 ? 'refuse' : 'confirm';
        await world.refusal('filing.review', { filingId, opinion, comment: '审核' }, people.reviewer);
        return;
      }
      case 'report':
        await balance(step.amount % 4 === 0 ? 0n : (left * BigInt(step.amount)) / 999n);
        return;
      case 'late':
        await this.#late(filingId, machine, step.amount % 200);
        return;
      case 'neglect':
        await this.take({ ...step, act: 'days', amount: 100 });
        await this.#late(filingId, machine, 60 + (step.amount % 140));
        return;
      case 'compensate':
        await this.#claim(filingId, machine, step);
        await this.#decide(filingId);
        await this.#pay(filingId, step);
        return;
      case 'cure':
        await balance(left);
        return;
      case 'continue':
        await world.refusal('filing.continue', { filingId, months: 1 + (step.amount % 14), reason: '续' }, machine);
        return;
      case 'withdraw':
        await world.refusal('filing.withdraw', { filingId, reason: '撤' }, machine);
        return;
      case 'claim':
        await this.#claim(filingId, machine, step);
        return;
      case 'decide':
        await this.#decide(filingId);
        return;
      case 'give up': {
        const claim = await world.read('claim', claimIdOf(filingId));
        if (claim !== undefined) await world.refusal('case.withdraw', { caseId: claim.caseId, reason: '撤' }, machine);
        return;
      }
      case 'pay':
        await this.#pay(filingId, step);
        return;
      case 'collect all':
      case 'collect': {
        const payload = {
          recoveryId: idFrom('RV', ['story', this.next()]),
          claimId: claimIdOf(filingId),
          collectedFen: String(step.act === 'collect all' ? 500n * WAN : BigInt(step.amount) * 33_337n),
          costFen: String(step.amount % 7 === 0 ? step.amount * 101 : 0),
          collectedOn: today,
          evidenceSha256: 'd'.repeat(64),
          note: '回款',
        };
        await world.refusal('recovery.report', payload, machine);
        return;
      }
      case 'receive': {
        const due = (await this.all('recovery')).filter((r) => r.state.status === 'due');
        const target = step.amount % 2 === 0 ? due[step.loan % Math.max(1, due.length)]?.id : claimIdOf(filingId);
        if (target === undefined) return;
        const line = bankLine('credit', BigInt(step.amount + 1) * 77_777n, today);
        await world.refusal('receipt.book', { targetId: target, line });
        return;
      }
      case 'write off': {
        const caseId = idFrom('CS', ['story', this.next()]);
        world.clock.set(addDays(today, step.amount % 400));
        const loss = { caseId, claimId: claimIdOf(filingId), reason: '终结', documents: [] };
        if ((await world.refusal('loss.propose', loss, people.officer)) === 'applied') await approveCase(world, caseId);
        return;
      }
      case 'resume': {
        const caseId = idFrom('CS', ['story', this.next()]);
        const [scope, measure] =
          step.amount % 2 === 0
            ? [`bank:${BANKS[step.bank]}`, 'non-performing']
            : [`district:${DISTRICTS[step.loan % 2]}`, 'compensation'];
        const resume = { scope, tolerances: [{ measure, ratio: '0.9' }], reason: '联席会议', documents: [] };
        if ((await world.refusal('breaker.propose-resume', { caseId, resume }, people.officer)) === 'applied')
          await approveCase(world, caseId);
        return;
      }
      case 'amend':
        await this.#amend(step);
        return;
      case 'days':
        world.clock.set(addDays(today, 1 + (step.amount % 120)));
        for (const { id } of await this.all('filing')) await world.refusal('filing.age', { filingId: id });
        for (const { id } of await this.all('claim')) await world.refusal('claim.remind', { claimId: id });
    }
  }

  async #claim(filingId: string, machine: Actor, { amount }: Step): Promise<void> {
    const { world } = this;
    const otherSupport = amount % 3 === 0 ? [{ scheme: '市级', amountFen: String(BigInt(amount + 1) * 7_001n) }] : [];
    const suit = { ...lawsuit, acceptedOn: world.clock.today() };
    const said = { interestFen: String(amount), otherSupport, lawsuit: suit, documents };
    const filed = { filingId, caseId: idFrom('CS', ['story', this.next()]), ...said };
    if ((await world.refusal('claim.submit', filed, machine)) !== 'applied')
      await world.refusal('claim.resubmit', { claimId: claimIdOf(filingId), ...said }, machine);
  }

  async #decide(filingId: string): Promise<void> {
    const claim = await this.world.read('claim', claimIdOf(filingId));
    if (claim?.status === 'submitted') await approveCase(this.world, claim.caseId).catch(() => undefined);
  }

  /** The bank reports the loan overdue for so many days, though not for longer than there was a loan. */
  async #late(filingId: string, machine: Actor, days: number): Promise<void> {
    const { world } = this;
    const filing = await world.read('filing', filingId);
    if (filing === undefined) return;
    const today = world.clock.today();
    const since = maxDate(filing.drawnOn, addDays(today, -days));
    const balances = { asOf: today, coveredFen: String(filing.outstandingFen), uncoveredFen: '0', overdueSince: since };
    await world.refusal('filing.report', { filingId, ...balances }, machine);
  }

  /** Pays what is held for a loan's claim, or for anything else. */
  async #pay(filingId: string, { loan, amount }: Step): Promise<void> {
    const { world } = this;
    const payments = await this.all('payment');
    const chosen =
      payments.find((p) => p.state.purpose.id === claimIdOf(filingId) && p.state.status === 'held') ??
      payments[loan % Math.max(1, payments.length)];
    if (chosen === undefined) return;
    const { id: payId } = chosen;
    await world.refusal('payment.release', { payId }, people.treasurer);
    await world.refusal('payment.instruct', { payId });
    const attempt = (await world.read('payment', payId))?.attempt ?? 0;
    if (attempt === 0) return;
    const paymentId = `${payId}-P${attempt}`;
    const { amountFen } = chosen.state;
    const today = world.clock.today();
    if (amount % 9 === 0) await world.refusal('payment.bounce', { paymentId, reasonCode: 'AC04', reasonText: '退票' });
    else await world.refusal('payment.settle', { paymentId, line: bankLine('debit', amountFen, today) });
    if (amount % 13 === 0)
      await world.refusal('payment.give-back', { paymentId, line: bankLine('credit', amountFen, today) });
  }

  /** New shares, for what is filed from now on. */
  async #amend({ amount }: Step): Promise<void> {
    const sharing = [
      { id: 'guaranteed', banks: null, guaranteed: true, fund: 1 + (amount % 40), guarantor: 31, bank: 17 },
      { id: 'direct', banks: null, guaranteed: false, fund: 1 + (amount % 70), guarantor: 0, bank: 29 },
    ];
    this.#version += 1;
    const version = this.#version;
    await found(this.world, changed(tight, { version, effectiveFrom: this.world.clock.today(), sharing }));
  }

  /** Every entity of a type. */
  async all<T extends EntityType>(type: T): Promise<readonly { readonly id: string; readonly state: StateOf<T> }[]> {
    return [...factsOf(this.world).all(type)].map(([id, state]) => ({ id, state }));
  }
}

export const tellStory = async (): Promise<CompensationStory> => {
  const world = await createCompensationWorld(tight, '2018-03-01');
  await fundWith(world, 1_000n * WAN);
  const story = new CompensationStory(world);
  for (const loan of [0, 1, 2])
    for (const bank of [0, 1]) await story.take({ act: 'file', loan, bank, amount: 97 * (loan + 1) });
  return story;
};
