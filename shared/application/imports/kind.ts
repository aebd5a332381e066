import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import type { Kinds } from '../kinds/kind.ts';

/** A line of a file, by the names of the header. */
export type Row = Readonly<Record<string, string>>;

/** One command a row of a file stands for, its payload in wire form. */
export interface RowCommand {
  readonly kind: CommandKind;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One kind of file: its columns, who may hand it in, and what a row of it asks for. */
export interface ImportKind {
  readonly summary: { readonly zh: string; readonly en: string };
  /** One of these roles. */
  readonly roles: readonly string[];
  /** The kinds of command its rows may ask for. */
  readonly kinds: Kinds;
  /** Columns the header must name. */
  readonly columns: readonly string[];
  /**
   * The commands of a row, carried out in order; the row is refused with the first that is. `owner` is who handed the file in.
   * @throws FundError or z.ZodError when the row is not as it should be
   */
  readonly commands: (row: Row, owner: Actor) => readonly RowCommand[];
}
