import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import type { ErrorCode } from '#shared/errors/catalogue.ts';
import type { World } from '../world.ts';

/** A command that will be refused, and the office it is sent to. */
export interface Attempt {
  readonly world: World;
  readonly kind: CommandKind;
  readonly payload: object;
  /** Absent: the machine. */
  readonly actor?: Actor;
  /** Absent: a new id. */
  readonly id?: string;
}

/** One attempt for every code a command can meet. */
export type Attempts = Partial<Record<ErrorCode, () => Promise<Attempt>>>;
