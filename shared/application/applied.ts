import { payloadHash } from '#shared/domain/hash.ts';
import type { Bookkeeping } from './ports.ts';

/**
 * A mark is 12 characters of the command id's hash, 16 of the payload's and the entry number in base 36: enough to know a
 * command again and to tell another payload, small enough that an entity with a dozen of them stays within one write unit.
 */
const COMMAND_CHARACTERS = 12;
const PAYLOAD_CHARACTERS = 16;

/** Marks an entity carries itself; a page of them is moved out when it is full, so that nothing is ever forgotten. */
export const MARKS_INLINE_MAX = 12;

const commandPart = (commandId: string): string => payloadHash(commandId).slice(0, COMMAND_CHARACTERS);

/** The mark an entity keeps of a command it applied. */
export const markOf = (commandId: string, hash: string, seq: number): string =>
  commandPart(commandId) + hash.slice(0, PAYLOAD_CHARACTERS) + seq.toString(36);

/** What the marks say of a command: never seen, seen with this payload (and its entry), or seen with another payload. */
export type Seen =
  | { readonly kind: 'new' }
  | { readonly kind: 'same'; readonly seq: number }
  | { readonly kind: 'other' };

/** Looks a command up among marks. */
export const lookUp = (marks: readonly string[], commandId: string, hash: string): Seen => {
  const part = commandPart(commandId);
  const mark = marks.find((m) => m.startsWith(part));
  if (mark === undefined) return { kind: 'new' };
  if (mark.slice(COMMAND_CHARACTERS, COMMAND_CHARACTERS + PAYLOAD_CHARACTERS) !== hash.slice(0, PAYLOAD_CHARACTERS))
    return { kind: 'other' };
  return { kind: 'same', seq: Number.parseInt(mark.slice(COMMAND_CHARACTERS + PAYLOAD_CHARACTERS), 36) };
};

/** Adds a mark; when the entity is full its marks become a page of their own. Returns the page to store, if any. */
export const addMark = (
  kept: Pick<Bookkeeping, 'applied' | 'pages'>,
  mark: string,
): { applied: readonly string[]; pages: number; page?: readonly string[] } =>
  kept.applied.length < MARKS_INLINE_MAX
    ? { applied: [...kept.applied, mark], pages: kept.pages }
    : { applied: [mark], pages: kept.pages + 1, page: kept.applied };

/** Id of page `page` (1..pages) of an entity's marks. */
export const pageId = (entityKey: string, page: number): string => `${entityKey}#${page}`;
