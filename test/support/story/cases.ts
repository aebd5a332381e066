import type { CaseState } from '#shared/domain/approvals/case.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { addDays, maxDate, parseDate } from '#shared/domain/calendar.ts';
import { FOUNDING_TIER } from '#shared/domain/charter/authority.ts';
import { application, company, contractOf, documents, ofTeam, people, person, type seedCharter } from '../world.ts';
import { at, officeFen } from './ground.ts';
import type { Office } from './office.ts';
import { type RuleChoices, rulesWith } from './rules.ts';
import type { Step } from './step.ts';

/** Who makes the cases, with every role it takes to decide them too. */
const ALONE = person('officer-1', 'officer', 'reviewer', 'committee', 'director', 'treasurer');

/** Everybody there is; some have roles they should not use together. */
const EVERYBODY: readonly Actor[] = [
  people.officer,
  people.reviewer,
  people.director,
  people.treasurer,
  people.finance,
  people.science,
  people.office,
  people.admin,
  ...people.committee,
  person('officer-2', 'officer'),
  // People with too many hats.
  ALONE,
  person('committee-1', 'committee', 'director', 'treasurer'),
  person('both-1', 'director', 'finance-bureau', 'reviewer'),
];
export const anybody = (who: number): Actor => at(EVERYBODY, who) ?? people.officer;

/** What a decider was shown; now and then something older, or nothing that ever was. */
const shown = async (office: Office, caseId: string, who: number) => {
  const state = await office.world.read('case', caseId);
  const { revision, payloadHash } = state ?? { revision: 1, payloadHash: 'A'.repeat(43) };
  if (who % 9 === 7) return { revision: Math.max(1, revision - 1), payloadHash };
  return { revision, payloadHash: who % 9 === 8 ? 'B'.repeat(43) : payloadHash };
};

const planOf = (who: number) =>
  who % 3 === 0 ? { kind: 'instalments', count: 2, everyMonths: 1 } : { kind: 'bullet' };

const applicationOf = (step: Step) => {
  const n = (step.pick % 4) + 1;
  const terms = { termMonths: 2 + (step.who % 5), repayment: planOf(step.who) };
  return {
    ...application(n, 0n, step.who % 4 === 0 ? { ...ofTeam(n), ...terms } : terms),
    amountFen: officeFen(step, 10_000_000n),
  };
};

export const apply = async (office: Office, step: Step): Promise<string> => {
  const caseId = office.newId('CS');
  office.caseIds.push(caseId);
  office.loanIds.push(caseId.replace('CS-', 'LN-'));
  await office.send('loan.apply', { caseId, application: applicationOf(step) }, people.officer);
  return caseId;
};

export const reapply = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  if (caseId === undefined) return;
  const proposal = await office.world.read('proposal', caseId);
  const applicant = proposal?.content.subject === 'loan' ? proposal.content.application.applicant : company(1);
  const docs =
    applicant.kind === 'team' ? { documents: documents('application-form', 'business-plan', 'team-undertaking') } : {};
  const changed = {
    ...application(1, 0n, { applicant, ...docs }),
    termMonths: 3,
    amountFen: officeFen(step, 9_000_000n),
  };
  await office.send(
    'loan.reapply',
    { caseId, application: changed },
    step.who % 5 === 0 ? anybody(step.who) : people.officer,
  );
};

const OPINIONS = ['pass', 'pass', 'pass', 'return', 'reject'];
export const review = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  if (caseId === undefined) return;
  const payload = {
    caseId,
    ...(await shown(office, caseId, step.who)),
    opinion: at(OPINIONS, step.who),
    comment: '已核',
  };
  await office.send('case.review', payload, at([people.reviewer, anybody(step.who), ALONE], step.amount));
};

const CHOICES = ['approve', 'approve', 'approve', 'reject', 'abstain', 'recuse'];
export const vote = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  if (caseId === undefined) return;
  const onBehalfOf = step.amount % 4 === 0 ? { onBehalfOf: `committee-${(step.pick % 5) + 1}` } : {};
  const voter = step.amount % 2 === 0 ? (at(people.committee, step.who) ?? people.officer) : anybody(step.who);
  const payload = {
    caseId,
    ...(await shown(office, caseId, step.who)),
    choice: at(CHOICES, step.who),
    comment: '意见',
  };
  await office.send('case.vote', { ...payload, ...onBehalfOf }, voter);
};

export const delegate = async (office: Office, step: Step): Promise<void> => {
  const today = office.world.clock.today();
  const payload = { to: anybody(step.amount).id, firstDay: today, lastDay: addDays(today, step.pick - 1) };
  await office.send('delegation.give', payload, at(people.committee, step.who));
};

export const object = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  if (caseId !== undefined) await office.send('case.object', { caseId, reason: '材料不实' }, anybody(step.who));
};

export const approve = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  if (caseId !== undefined)
    await office.send('case.approve', { caseId, ...(await shown(office, caseId, step.who)) }, anybody(step.who));
};

export const withdraw = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  const actor = step.who % 3 === 0 ? anybody(step.who) : people.officer;
  if (caseId !== undefined) await office.send('case.withdraw', { caseId, reason: '撤回' }, actor);
};

export const lapse = async (office: Office, step: Step): Promise<void> => {
  const caseId = at(office.caseIds, step.pick);
  const { expiresOn } = caseId === undefined ? {} : ((await office.world.read('case', caseId)) ?? {});
  const { clock } = office.world;
  if (step.who % 2 === 0 && expiresOn !== undefined && clock.today() <= expiresOn) clock.set(addDays(expiresOn, 1));
  if (caseId !== undefined) await office.send('case.lapse', { caseId });
};

export const contract = async (office: Office, step: Step): Promise<void> => {
  const caseId = at(office.caseIds, step.pick);
  const actor = step.who % 4 === 0 ? anybody(step.who) : people.treasurer;
  if (caseId !== undefined) await office.send('loan.contract', contractOf(office.world, caseId), actor);
};

const BODIES: Readonly<Record<string, Actor>> = {
  director: people.director,
  'finance-bureau': people.finance,
  'science-bureau': people.science,
  'financial-office': people.office,
};

/** Somebody whose approval the case still lacks. */
const nextApprover = async (office: Office, found: CaseState): Promise<Actor> => {
  const charter = await office.world.read('charter', String(found.charterVersion));
  const tier = charter?.authority.find((t) => t.subject === found.subject) ?? FOUNDING_TIER;
  const role = tier.finalApprovals.find((w) => !found.approvals.some((a) => a.role === w.role))?.role;
  return BODIES[role ?? ''] ?? people.director;
};

/** Somebody turns a case down, more often than not somebody who may. */
export const reject = async (office: Office, step: Step): Promise<void> => {
  const caseId = await office.someCase(step);
  const found = caseId === undefined ? undefined : await office.world.read('case', caseId);
  if (caseId === undefined || found === undefined) return;
  const payload = { caseId, ...(await shown(office, caseId, step.who)), reason: '不宜' };
  const actor = step.amount % 3 === 0 ? anybody(step.who) : await nextApprover(office, found);
  await office.send('case.reject', payload, actor);
};

/** The next sensible thing for a case, by somebody who may do it. */
export const goOn = async (office: Office, caseId: string): Promise<void> => {
  const found = await office.world.read('case', caseId);
  if (found === undefined) return;
  const decision = { caseId, revision: found.revision, payloadHash: found.payloadHash };
  switch (found.status) {
    case 'submitted':
      await office.send('case.review', { ...decision, opinion: 'pass', comment: '同意' }, people.reviewer);
      return;
    case 'voting': {
      const member = people.committee.find((m) => !found.votes.some((v) => v.member === m.id));
      await office.send('case.vote', { ...decision, choice: 'approve', comment: '同意' }, member);
      return;
    }
    case 'on-notice':
      office.world.clock.set(
        maxDate(addDays(found.noticeEndsOn ?? office.world.clock.today(), 1), office.world.clock.today()),
      );
      await office.send('case.approve', decision, await nextApprover(office, found));
      return;
    case 'approving':
      await office.send('case.approve', decision, await nextApprover(office, found));
      return;
    case 'approved':
      if ((await office.world.read('loan', caseId.replace('CS-', 'LN-'))) !== undefined) return;
      await office.send('loan.contract', contractOf(office.world, caseId), people.treasurer);
      return;
    default:
      return;
  }
};

/** A change of the rules, from some day on, decided at once by whoever must. */
export const amend = async (office: Office, step: Step): Promise<void> => {
  const { head } = await office.world.ledger.load(office.world.fundId, []);
  const last = head.charters.at(-1);
  const from = addDays(office.world.clock.today(), step.pick % 2 === 0 ? 0 : step.pick * 10);
  const bits = (n: number): boolean => ((step.who >> n) & 1) === 1;
  const choices: RuleChoices = {
    presentValue: bits(0),
    series: bits(1),
    equityAccount: bits(2) ? '4001' : '2711',
    penaltyFirst: bits(3),
    penaltyDailyRate: bits(4) ? '0.0005' : '0',
    noticeWorkingDays: bits(1) ? 0 : 2,
    committee: bits(0),
    twoApprovals: bits(2),
    provision: bits(3),
    cityWeight: 40,
  };
  const caseId = office.newId('CS');
  office.caseIds.push(caseId);
  const version = (last?.version ?? 0) + (step.amount === 9 ? 2 : 1);
  const effectiveFrom = last !== undefined && from < last.effectiveFrom ? last.effectiveFrom : from;
  const charter = rulesWith(choices, version, step.amount === 10 ? '2016-06-01' : parseDate(effectiveFrom));
  const weights = office.world.entries().some((e) => e.type === 'capital.called')
    ? seedWeights(office, charter)
    : charter;
  await office.send('charter.propose', { caseId, charter: await weights }, people.admin);
  if (step.amount % 3 !== 0) for (let i = 0; i < 2; i += 1) await goOn(office, caseId);
};

/** Shares as they were: an amendment that cuts below what was called would be refused, which is tried elsewhere. */
const seedWeights = async (office: Office, charter: typeof seedCharter): Promise<typeof seedCharter> => {
  const { head } = await office.world.ledger.load(office.world.fundId, []);
  const before = await office.world.read('charter', String(head.charters.at(-1)?.version ?? 0));
  if (before === undefined) return charter;
  const contributors = before.capital.contributors.map(({ id, name, weight }) => ({ id, name, weight }));
  return { ...charter, capital: { ...charter.capital, contributors } };
};
