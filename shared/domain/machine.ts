import { FundError } from '#shared/errors/fund-error.ts';

/** One edge: the states it may start from and the states it may end in. */
export interface Edge<Status extends string> {
  readonly from: readonly Status[];
  readonly to: readonly Status[];
}

/**
 * A state machine as data. The domain asks it whether a transition is allowed, the repository derives the storage
 * condition from `from`, and docs/state-machines.md draws it; so the three cannot disagree.
 */
export interface Machine<Status extends string, Name extends string> {
  readonly name: string;
  readonly edges: Readonly<Record<Name, Edge<Status>>>;
}

/** Declares a machine; exists so that status and edge names are inferred and checked. */
export const machine = <Status extends string, Name extends string>(
  name: string,
  edges: Readonly<Record<Name, Edge<Status>>>,
): Machine<Status, Name> => ({ name, edges });

/** Whether `edge` may start from `status`, where it is no refusal that it may not. */
export const allows = <Status extends string, Name extends string>(
  m: Machine<Status, Name>,
  edge: NoInfer<Name>,
  status: NoInfer<Status>,
): boolean => m.edges[edge].from.includes(status);

/**
 * Checks that `edge` may start from `status`.
 * @throws STATE_INVALID with the states that would have been allowed.
 */
export const requireEdge = <Status extends string, Name extends string>(
  m: Machine<Status, Name>,
  edge: NoInfer<Name>,
  status: NoInfer<Status>,
): void => {
  if (!allows(m, edge, status)) {
    const allowed = m.edges[edge].from.join(' ');
    throw new FundError('STATE_INVALID', { machine: m.name, step: edge, state: status, allowed });
  }
};
