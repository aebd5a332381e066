import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { receiptIdOf } from '#shared/domain/payments/suspense.ts';
import {
  approveCase,
  claimCaseOf,
  fallsDue,
  lawsuit,
  payIdOf,
  payOut,
  statement,
  submit,
  troubled,
} from '../claims.ts';
import {
  charters,
  cqb,
  createCompensationWorld,
  createGradedWorld,
  fileLoan,
  filingOf,
  filingRow,
  gradingRow,
  rcb,
  reportOf,
} from '../compensation-world.ts';
import { bankLine, caseIdOf, changed, fundWith, people, seedCharter, WAN, type World } from '../world.ts';
import type { Attempt, Attempts } from './attempt.ts';

const assessing = async (row: object, charter: { readonly fundId: string } = charters.kv2017): Promise<Attempt> => ({
  world: await createCompensationWorld(charter),
  kind: 'grade.assess',
  payload: row,
  actor: people.officer,
});

const graded = async (charter: { readonly fundId: string } = charters.kv2017): Promise<World> => {
  const { world, kind, payload, actor } = await assessing(gradingRow(1), charter);
  await world.run(kind, payload, actor);
  return world;
};

/** A bank's machine files a loan. */
const filing = (world: World, row: object): Attempt => ({
  world,
  kind: 'filing.file',
  payload: { bankId: 'rcb', ...row },
  actor: rcb,
});

const filed = async (): Promise<World> => {
  const world = await graded();
  await fundWith(world, 1_500n * WAN);
  await fileLoan(world, 1);
  return world;
};

const claiming = (world: World, changes: object = {}): Attempt => ({
  world,
  kind: 'claim.submit',
  payload: { filingId: filingOf(1), caseId: claimCaseOf(filingOf(1)), ...statement(changes) },
  actor: rcb,
});

const claimed = async (): Promise<World> => {
  const world = await filed();
  await fallsDue(world, filingOf(1));
  await submit(world, filingOf(1));
  return world;
};

const recovering = (world: World, changes: object): Attempt => ({
  world,
  kind: 'recovery.report',
  payload: {
    recoveryId: 'RV-000000000000',
    claimId: claimIdOf(filingOf(1)),
    costFen: '0',
    collectedOn: '2018-09-03',
    evidenceSha256: 'c'.repeat(64),
    note: '回款',
    ...changes,
  },
  actor: rcb,
});

export const guaranteeAttempts: Attempts = {
  INSTRUMENT_FORBIDDEN: () => assessing(gradingRow(1), seedCharter),
  GRADING_ABSENT: () => assessing(gradingRow(1), charters.sme2018),
  FACTS_INCOMPLETE: () => assessing(gradingRow(1, { facts: { revenue: '1' } })),
  FACTS_STALE: async () => ({
    world: await graded(),
    kind: 'grade.assess',
    payload: gradingRow(1, { factsOn: '2018-01-31' }),
    actor: people.officer,
  }),
  GRADE_MISSING: async () => filing(await createCompensationWorld(), filingRow(1)),
  GRADE_EXPIRED: async () => {
    const world = await graded();
    world.clock.set('2019-02-02');
    return filing(world, filingRow(1, { drawnOn: '2019-02-02' }));
  },
  BANK_NOT_NAMED: async () => ({
    ...filing(await graded(), filingRow(1)),
    actor: { kind: 'person', id: 'nameless', roles: ['bank'] },
  }),
  BANK_UNKNOWN: async () => ({ ...filing(await graded(), filingRow(1)), actor: cqb }),
  PRODUCT_REFUSED: async () => filing(await graded(), filingRow(1, { product: 'cash' })),
  DISTRICT_REFUSED: async () => filing(await graded(), filingRow(1, { district: 'moon' })),
  SIZE_REFUSED: async () => {
    const sizes = charters.sme2018.filing.sizes.filter((s) => s.sizeClass === 'micro');
    return filing(await createCompensationWorld(changed(charters.sme2018, { filing: { sizes } })), filingRow(1));
  },
  GUARANTOR_REFUSED: async () => filing(await graded(), filingRow(1, { guarantorId: 'cq-tech-g' })),
  FILING_NOT_FOUND: async () => ({
    world: await graded(),
    kind: 'filing.report',
    payload: reportOf('FL-000000000000'),
    actor: rcb,
  }),
  FILING_EXISTS: async () => filing(await filed(), filingRow(1)),
  FILING_EARLY: async () => filing(await graded(), filingRow(1, { drawnOn: '2018-03-02' })),
  FILING_LATE: async () => {
    const world = await graded();
    world.clock.set('2018-03-16');
    return filing(world, filingRow(1));
  },
  BENCHMARK_MISSING: async () => {
    const benchmarks = [{ from: '2018-03-02', annualRate: '0.05' }];
    return filing(await graded(changed(charters.kv2017, { benchmarks })), filingRow(1));
  },
  RATE_ABOVE_CEILING: async () => filing(await graded(), filingRow(1, { annualRate: '0.05' })),
  FEE_ABOVE_CEILING: async () => filing(await graded(), filingRow(1, { feeRate: '0.01' })),
  NEW_FILINGS_STOPPED: async () => {
    const world = await createGradedWorld(2);
    await fallsDue(world, await troubled(world, 1));
    return filing(world, filingRow(2, { drawnOn: '2018-09-03' }));
  },
  COVERAGE_LIMIT_REACHED: async () => {
    const limits = [{ measure: 'covered', against: 'committed', max: '0.001', action: 'block' }];
    return filing(await graded(changed(charters.kv2017, { limits })), filingRow(1));
  },
  BALANCE_INVALID: async () => ({
    world: await filed(),
    kind: 'filing.report',
    payload: reportOf(filingOf(1), { coveredFen: String(101n * WAN) }),
    actor: rcb,
  }),
  CONTINUATION_REFUSED: async () => ({
    world: await filed(),
    kind: 'filing.continue',
    payload: { filingId: filingOf(1), months: 13, reason: '续' },
    actor: rcb,
  }),
  CLAIM_NOT_FOUND: async () => ({
    world: await filed(),
    kind: 'claim.resubmit',
    payload: { claimId: 'CL-000000000000', ...statement() },
    actor: rcb,
  }),
  CLAIM_EARLY: async () => {
    const world = await filed();
    await world.run('filing.report', reportOf(filingOf(1), { trouble: 'operation' }), rcb);
    return claiming(world);
  },
  LAWSUIT_MISSING: async () => {
    const world = await createCompensationWorld(charters.sme2018);
    await fallsDue(world, await troubled(world, 1));
    return claiming(world, { lawsuit: { ...lawsuit, acceptedOn: '2018-09-04' } });
  },
  CLAIM_EXHAUSTED: async () => {
    const world = await filed();
    await fallsDue(world, filingOf(1));
    return claiming(world, { otherSupport: [{ scheme: '市级', amountFen: String(80n * WAN) }] });
  },
  CLAIM_OUTDATED: async () => {
    const world = await claimed();
    const paidOff = reportOf(filingOf(1), { asOf: '2018-09-03', coveredFen: '0' });
    await world.run('filing.report', paidOff, rcb);
    return { world, kind: 'claim.resubmit', payload: { claimId: claimIdOf(filingOf(1)), ...statement() }, actor: rcb };
  },
  REISSUE_REFUSED: async () => {
    const world = await claimed();
    await approveCase(world, claimCaseOf(filingOf(1)));
    return { world, kind: 'payment.reissue', payload: { payId: payIdOf(filingOf(1)) }, actor: people.director };
  },
  RECOVERY_EXISTS: async () => {
    const world = await claimed();
    await approveCase(world, claimCaseOf(filingOf(1)));
    const given = recovering(world, { collectedFen: '1' });
    await world.run(given.kind, given.payload, rcb);
    return given;
  },
  RECOVERY_INVALID: async () => {
    const world = await claimed();
    await approveCase(world, claimCaseOf(filingOf(1)));
    return recovering(world, { collectedFen: '0' });
  },
  LOSS_EARLY: async () => {
    const world = await claimed();
    await approveCase(world, claimCaseOf(filingOf(1)));
    await payOut(world, payIdOf(filingOf(1)));
    const payload = { caseId: caseIdOf('loss'), claimId: claimIdOf(filingOf(1)), reason: '终结', documents: [] };
    return { world, kind: 'loss.propose', payload, actor: people.officer };
  },
  RESUME_REFUSED: async () => {
    const tolerances = [{ measure: 'non-performing', ratio: '0.1' }];
    const resume = { scope: 'bank:rcb', tolerances, reason: '联席会议', documents: [] };
    const payload = { caseId: caseIdOf('resume'), resume };
    return { world: await filed(), kind: 'breaker.propose-resume', payload, actor: people.officer };
  },
  NOT_AWAITED: async () => {
    const world = await filed();
    const line = bankLine('credit', 10n, '2018-03-01', { reference: 'R' });
    await world.run('receipt.suspend', { line });
    const payload = { receiptId: receiptIdOf('R'), targetId: claimIdOf(filingOf(1)), amountFen: '1' };
    return { world, kind: 'receipt.place', payload, actor: people.treasurer };
  },
};
