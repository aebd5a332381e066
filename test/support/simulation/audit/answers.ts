import type { Exchange } from '../desk.ts';
import type { Books } from './books.ts';
import { demand } from './rules.ts';

interface Applied {
  readonly status?: string;
  readonly seq: number;
}

/** What the API has told somebody is so: a success is in the book, under their name; what they read is not older than they know. */
export const answersAreTrue = (books: Books, { as, path, body, answer, sinceSeq }: Exchange): void => {
  if (answer.status !== 200) return;
  const { asOfSeq, seq, items } = answer.body as { asOfSeq?: number; seq?: number; items?: readonly Applied[] };
  if (asOfSeq !== undefined)
    demand(asOfSeq >= sinceSeq, `${as.subject} was shown ${path} as of ${asOfSeq}, after ${sinceSeq} was there`);
  const rows = items?.filter((i) => i.status === 'applied') ?? [];
  for (const told of seq === undefined ? rows : [{ seq }]) {
    const entry = books.entries[told.seq - 1];
    demand(entry !== undefined, `${as.subject} was told of entry ${told.seq}, which is not there`);
    const { payloadHash } = (body ?? {}) as { payloadHash?: string };
    // An approval that does more leaves more entries, all of one command; the number told is the last one's.
    const left = books.entries.filter((e) => e.commandId === entry?.commandId);
    const bound = payloadHash === undefined || left.some((e) => e.facts?.['hash'] === payloadHash);
    demand(bound, `${as.subject} decided on ${payloadHash}, and entry ${told.seq} says otherwise`);
    demand(
      entry?.actor.id === as.subject,
      `${as.subject} was told of entry ${told.seq}, which is ${entry?.actor.id}'s`,
    );
  }
};
