import { caseMachine } from '#shared/domain/approvals/case.ts';
import { callMachine } from '#shared/domain/capital/call.ts';
import { refundMachine } from '#shared/domain/capital/refund.ts';
import { acquisitionMachine } from '#shared/domain/equity/acquisition.ts';
import { dividendMachine } from '#shared/domain/equity/dividend.ts';
import { exitMachine } from '#shared/domain/equity/exit.ts';
import { holdingMachine } from '#shared/domain/equity/holding.ts';
import { claimMachine } from '#shared/domain/guarantee/claim.ts';
import { filingMachine } from '#shared/domain/guarantee/filing.ts';
import { recoveryMachine } from '#shared/domain/guarantee/recovery.ts';
import { commitmentCallMachine, commitmentMachine } from '#shared/domain/guidance/commitment.ts';
import { distributionMachine } from '#shared/domain/guidance/distribution.ts';
import { recognitionMachine } from '#shared/domain/guidance/recognition.ts';
import { suspensionMachine } from '#shared/domain/guidance/suspension.ts';
import { timerMachine } from '#shared/domain/guidance/timers.ts';
import { jobMachine } from '#shared/domain/imports/job.ts';
import { loanMachine } from '#shared/domain/lending/loan.ts';
import type { Machine } from '#shared/domain/machine.ts';
import { paymentMachine } from '#shared/domain/payments/payment.ts';
import { receiptMachine } from '#shared/domain/payments/receipt.ts';
import { bankMachine } from '#shared/domain/register/bank.ts';
import { firmMachine } from '#shared/domain/register/firm.ts';

interface Documented {
  readonly machine: Machine<string, string>;
  /** States in which an entity may come into being. */
  readonly starts: readonly string[];
}

/** Exists so that the starts are checked to be states of the machine. */
const documented = <Status extends string>(
  machine: Machine<Status, string>,
  ...starts: readonly NoInfer<Status>[]
): Documented => ({ machine, starts });

/** Every machine there is, in the order of the page. A test looks for machines that are missing here. */
const documentedMachines: readonly Documented[] = [
  documented(caseMachine, 'submitted', 'voting', 'on-notice', 'approving'),
  documented(loanMachine, 'contracted'),
  documented(callMachine, 'open'),
  documented(refundMachine, 'approved'),
  documented(paymentMachine, 'held'),
  documented(receiptMachine, 'open'),
  documented(filingMachine, 'applied', 'confirmed'),
  documented(claimMachine, 'submitted'),
  documented(recoveryMachine, 'due', 'received'),
  documented(firmMachine, 'registered'),
  documented(bankMachine, 'recognised'),
  documented(jobMachine, 'open'),
  documented(acquisitionMachine, 'approved'),
  documented(holdingMachine, 'unregistered', 'active'),
  documented(exitMachine, 'approved'),
  documented(dividendMachine, 'declared'),
  documented(commitmentMachine, 'approved'),
  documented(commitmentCallMachine, 'approved'),
  documented(suspensionMachine, 'suspended'),
  documented(distributionMachine, 'approved'),
  documented(recognitionMachine, 'recognised'),
  documented(timerMachine, 'running'),
];

export const machines = documentedMachines.map((d) => d.machine);

const INTRODUCTION = `# State machines

Made from the code by \`npm run docs\`; do not edit.

Every step that is not an arrow here is refused with \`STATE_INVALID\`, by the rules and, through the storage condition
derived from the same arrows, by the store. Only money the bank reports is never refused for a state: where it fits no arrow it
waits in the repair queue. A step may end in one of several states, depending on the charter (which steps a tier asks for) or on amounts.
`;

/** A state's name as Mermaid takes it. */
const id = (status: string): string => status.replaceAll('-', '_');

/** Arrows between the same two states are drawn once, with all their steps. */
const arrowsOf = ({ edges }: Machine<string, string>): readonly string[] => {
  const steps = new Map<string, string[]>();
  for (const [name, { from, to }] of Object.entries(edges))
    for (const f of from)
      for (const t of to) {
        const arrow = `${id(f)} --> ${id(t)}`;
        steps.set(arrow, [...(steps.get(arrow) ?? []), name]);
      }
  return [...steps].map(([arrow, names]) => `  ${arrow}: ${names.join(', ')}`);
};

/** Every state of a machine, in the order in which its edges name them. */
export const statesOf = ({ edges }: Machine<string, string>): readonly string[] => [
  ...new Set(Object.values(edges).flatMap(({ from, to }) => [...from, ...to])),
];

/** States no arrow leads away from. */
const endsOf = (m: Machine<string, string>): readonly string[] =>
  statesOf(m).filter((status) => !Object.values(m.edges).some(({ from }) => from.includes(status)));

const sectionOf = ({ machine: m, starts }: Documented): string =>
  [
    `## ${m.name}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...statesOf(m).flatMap((status) => (id(status) === status ? [] : [`  ${id(status)}: ${status}`])),
    ...starts.map((status) => `  [*] --> ${id(status)}`),
    ...arrowsOf(m),
    ...endsOf(m).map((status) => `  ${id(status)} --> [*]`),
    '```',
    '',
    '| step | from | to |',
    '|---|---|---|',
    ...Object.entries(m.edges).map(([name, { from, to }]) => `| ${name} | ${from.join(', ')} | ${to.join(', ')} |`),
    '',
  ].join('\n');

/** docs/state-machines.md */
export const stateMachinesPage = (): string => [INTRODUCTION, ...documentedMachines.map(sectionOf)].join('\n');
