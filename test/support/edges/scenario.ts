import type { EntityType } from '#shared/domain/entities.ts';
import type { Machine } from '#shared/domain/machine.ts';
import type { ErrorCode } from '#shared/errors/catalogue.ts';
import type { World } from '../world.ts';

/** An office in which one entity is in one state. */
export interface Situation {
  readonly world: World;
  readonly id: string;
}

/** A situation that comes of another by these steps. */
export const after =
  (from: () => Promise<Situation>, ...steps: ((situation: Situation) => Promise<unknown>)[]) =>
  async (): Promise<Situation> => {
    const situation = await from();
    for (const step of steps) await step(situation);
    return situation;
  };

/** What became of a command. */
export type Became = ErrorCode | 'applied' | 'idle';

/** As {@link EdgeScenario.elsewhere}. */
export type Elsewhere = ErrorCode | 'parked' | 'idle';

/** One edge of a machine, as somebody at the office goes along it. */
export interface EdgeScenario<Status extends string, Name extends string> {
  /** Sends the command that takes the edge, and says what became of it. */
  readonly take: (situation: Situation) => Promise<Became>;
  /** Where this edge needs the entity brought into a state in a way of its own. */
  readonly given?: Partial<Record<Status, () => Promise<Situation>>>;
  /**
   * What becomes of the command from a state the edge does not start from: a refusal; `parked`, for money that is there all
   * the same and waits in the repair queue; `idle`, for having nothing to do. STATE_INVALID where nothing is said. The entity
   * stays as it is in any case.
   */
  readonly elsewhere?: Elsewhere | Partial<Record<Status, Elsewhere>>;
  /** Edges which the same command takes from other states, and which are tried on their own. */
  readonly sameCommandAs?: readonly NoInfer<Name>[];
}

/** How a machine's states are reached and its edges are taken. Does not compile while a state or an edge is missing. */
export interface Scenarios<Status extends string, Name extends string> {
  readonly machine: Machine<Status, Name>;
  readonly type: EntityType;
  readonly states: Readonly<Record<Status, () => Promise<Situation>>>;
  readonly edges: Readonly<Record<Name, EdgeScenario<Status, Name>>>;
}

/** Declares scenarios; exists so that states and edges are inferred from the machine and checked. */
export const scenarios = <Status extends string, Name extends string>(
  machine: Machine<Status, Name>,
  type: EntityType,
  states: NoInfer<Scenarios<Status, Name>['states']>,
  edges: NoInfer<Scenarios<Status, Name>['edges']>,
): Scenarios<string, string> => ({ machine, type, states, edges }) as Scenarios<string, string>;
