import { ensure } from '#shared/errors/fund-error.ts';
import type { ProposalContent } from '../approvals/case.ts';
import type { Effect } from '../approvals/effect.ts';
import { requireRole } from '../approvals/guards.ts';
import { openCase } from '../approvals/submit.ts';
import type { Command, CommandSpec, Decision, Rules, Snapshot } from '../book/decision.ts';
import { dimsOf } from '../book/dims.ts';
import { borrowerChanged, loanWrittenOff } from '../book/templates.ts';
import { type BusinessDate, maxDate } from '../calendar.ts';
import { loanRules } from '../charter/charter.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { formatYuan } from '../money.ts';
import { accrue } from './accrual.ts';
import { identify } from './apply.ts';
import { checkApplicant } from './checks.ts';
import { readLoan } from './contract.ts';
import { loanDigest } from './digest.ts';
import { readEnterprise } from './hold.ts';
import { balancesOf, type LoanState, loanMachine, outstandingFen } from './loan.ts';
import type { ExtensionProposal, NovationProposal, WriteOffProposal } from './proposals.ts';
import { extendSchedule } from './schedule.ts';

/*
 * What can be done to a loan that is out: extend it, let it pass to the company a team became, write it off. Each is
 * proposed by an officer as a case, and takes effect in the transaction of its last approval.
 */

interface Proposal<Subject extends 'extension' | 'novation' | 'write-off'> {
  readonly caseId: string;
  readonly content: Extract<ProposalContent, { subject: Subject }>;
}

const primary = (p: { readonly caseId: string }) => ref('case', p.caseId);

const open = (
  state: Snapshot,
  command: Command<{ readonly caseId: string; readonly content: ProposalContent }>,
  loanId: string,
  loan: LoanState,
  title: string,
  rules: Rules,
  today: BusinessDate,
): Decision => {
  const { caseId, content } = command.payload;
  const amountFen = outstandingFen(loan);
  return openCase(
    state,
    {
      caseId,
      content,
      amountFen,
      checks: [],
      links: { loan: loanId, enterprise: loan.enterpriseId },
      summary: `${title} ${loan.contractNumber} ${formatYuan(amountFen)}元`,
    },
    command.actor,
    rules,
    today,
  );
};

/**
 * Proposes to extend a loan (展期).
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID, EXTENSION_REFUSED
 */
export const proposeExtension: CommandSpec<Proposal<'extension'>> = {
  kind: 'loan.propose-extension',
  primary,
  prefetch: (p) => [ref('loan', p.content.extension.loanId)],
  decide: (state, command, rules, today) => {
    requireRole(command.actor, 'officer');
    const { extension } = command.payload.content;
    const loan = readLoan(state, extension.loanId);
    checkExtension(loan, extension, rules);
    return open(state, command, extension.loanId, loan, `展期${extension.months}个月`, rules, today);
  },
};

const checkExtension = (loan: LoanState, { months }: ExtensionProposal, rules: Rules): void => {
  requireEdge(loanMachine, 'extend', loan.status);
  const { maxTimes, maxMonths } = loanRules(rules.version(loan.charterVersion)).lending.extension;
  ensure(loan.extensions < maxTimes && months <= maxMonths, 'EXTENSION_REFUSED', {
    extensions: String(loan.extensions),
    maxTimes: String(maxTimes),
    maxMonths: String(maxMonths),
  });
};

/** Moves what is not paid yet by the months approved; penalty that ran up under the old dates stays owed. */
export const extendLoan = (
  state: Snapshot,
  extension: ExtensionProposal,
  rules: Rules,
  today: BusinessDate,
): Effect => {
  const loan = readLoan(state, extension.loanId);
  checkExtension(loan, extension, rules);
  const { penaltyDailyRate } = loanRules(rules.version(loan.charterVersion)).lending;
  const after: LoanState = {
    ...accrue(loan, maxDate(today, loan.agedThrough ?? today), penaltyDailyRate),
    schedule: extendSchedule(loan.schedule, extension.months, rules.calendar),
    extensions: loan.extensions + 1,
    extendedOn: today,
  };
  return {
    changes: [{ type: 'loan', id: extension.loanId, state: after, priorStatuses: loanMachine.edges.extend.from }],
    entry: {
      links: { loan: extension.loanId, enterprise: loan.enterpriseId },
      digests: [loanDigest(extension.loanId, after)],
    },
  };
};

/**
 * Proposes that a team's loan pass to the company it has become.
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID, NOT_A_TEAM, NOT_A_COMPANY, USCC_INVALID, ALREADY_NOVATED,
 *   NAME_INVALID, NAME_DIFFERS, NAME_LOOKS_ALIKE
 */
export const proposeNovation: CommandSpec<Proposal<'novation'>> = {
  kind: 'loan.propose-novation',
  primary,
  prefetch: (p) => [ref('loan', p.content.novation.loanId)],
  decide: (state, command, rules, today) => {
    requireRole(command.actor, 'officer');
    const { novation } = command.payload.content;
    const loan = readLoan(state, novation.loanId);
    checkNovation(state, loan, novation, rules);
    return open(state, command, novation.loanId, loan, `借款人变更为${novation.company.name}`, rules, today);
  },
};

/** @returns the company as the fund knows it, and the team */
const checkNovation = (state: Snapshot, loan: LoanState, { company }: NovationProposal, rules: Rules) => {
  requireEdge(loanMachine, 'novate', loan.status);
  const team = readEnterprise(state, loan.enterpriseId);
  ensure(team.kind === 'team', 'NOT_A_TEAM', { enterpriseId: loan.enterpriseId });
  ensure(company.kind === 'company', 'NOT_A_COMPANY', { id: company.id });
  checkApplicant(company, loanRules(rules.version(loan.charterVersion)).lending);
  const { successor = company.id } = team;
  ensure(successor === company.id, 'ALREADY_NOVATED', { successor });
  return { team, ...identify(state, company, loan.enterpriseId) };
};

/**
 * Passes the loan to the company: its balances move between borrowers, the team's place under the limit becomes the
 * company's.
 * @throws ENTERPRISE_LIMIT_EXCEEDED, NAME_LOOKS_ALIKE
 */
export const novateLoan = (state: Snapshot, novation: NovationProposal, rules: Rules): Effect => {
  const { loanId, company } = novation;
  const loan = readLoan(state, loanId);
  const { team, name, before, changes } = checkNovation(state, loan, novation, rules);
  const exposureFen = (before?.exposureFen ?? 0n) + loan.principalFen;
  const { maxPerEnterpriseFen } = loanRules(rules.version(loan.charterVersion)).lending;
  ensure(exposureFen <= maxPerEnterpriseFen, 'ENTERPRISE_LIMIT_EXCEEDED', {
    limitFen: String(maxPerEnterpriseFen),
    exposureFen: String(before?.exposureFen ?? 0n),
  });
  const after: LoanState = { ...loan, enterpriseId: company.id, formerBorrower: loan.enterpriseId };
  const { kind, establishedOn } = company;
  return {
    changes: [
      { type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.novate.from },
      {
        type: 'enterprise',
        id: loan.enterpriseId,
        state: { ...team, exposureFen: team.exposureFen - loan.principalFen, successor: company.id },
      },
      { type: 'enterprise', id: company.id, state: { kind, name, establishedOn, ...before, exposureFen } },
      ...changes,
    ],
    entry: {
      lines: borrowerChanged(balancesOf(loan), dimsOf(loanId, loan), dimsOf(loanId, after)),
      links: { loan: loanId, enterprise: company.id },
      digests: [loanDigest(loanId, after, { borrower: name })],
    },
  };
};

/**
 * Proposes to write a loan off (核销).
 * @throws ROLE_REQUIRED, LOAN_NOT_FOUND, STATE_INVALID, WRITE_OFF_REFUSED unless the loan is classed doubtful or loss
 */
export const proposeWriteOff: CommandSpec<Proposal<'write-off'>> = {
  kind: 'loan.propose-write-off',
  primary,
  prefetch: (p) => [ref('loan', p.content.writeOff.loanId)],
  decide: (state, command, rules, today) => {
    requireRole(command.actor, 'officer');
    const { loanId } = command.payload.content.writeOff;
    const loan = readLoan(state, loanId);
    checkWriteOff(loan);
    return open(state, command, loanId, loan, '核销', rules, today);
  },
};

const checkWriteOff = (loan: LoanState): void => {
  requireEdge(loanMachine, 'writeOff', loan.status);
  ensure(loan.grade === 'loss' || loan.grade === 'doubtful', 'WRITE_OFF_REFUSED', { grade: loan.grade });
};

/**
 * Takes the loan off the books into the off-balance register (账销案存): what lacks in provision is provided, then the
 * provision carries the loss. The borrower still owes it and keeps its place under the limit.
 */
export const writeOffLoan = (state: Snapshot, { loanId }: WriteOffProposal): Effect => {
  const loan = readLoan(state, loanId);
  checkWriteOff(loan);
  const after: LoanState = {
    ...loan,
    status: 'written-off',
    writtenOffFen: outstandingFen(loan),
    overdueFen: 0n,
    provisionFen: 0n,
    discountFen: 0n,
  };
  return {
    changes: [{ type: 'loan', id: loanId, state: after, priorStatuses: loanMachine.edges.writeOff.from }],
    entry: {
      lines: loanWrittenOff(balancesOf(loan), dimsOf(loanId, loan)),
      links: { loan: loanId, enterprise: loan.enterpriseId },
      digests: [loanDigest(loanId, after)],
    },
  };
};
