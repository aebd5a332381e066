import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#shared/domain/book/entry.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import type { Sent } from '../support/story/office.ts';
import { play, stories } from '../support/story/play.ts';

/*
 * Invariant 7: no payment without an approved case; one approved disbursement has one instruction id for ever; «unknown» is
 * a state, is queried, and is never sent again. Read from the book alone.
 */

/** What the book says of one payment id, in order. A line that does not fit it waits for a person and says nothing of it. */
const historyOf = (entries: readonly Entry[], paymentId: string): readonly string[] =>
  entries.filter((e) => e.links.payment === paymentId && e.type !== 'bank-line.unmatched').map((e) => e.type);

const sentOf = (entries: readonly Entry[]) =>
  entries.flatMap((entry) =>
    (entry.outbox ?? [])
      .filter((o) => o.kind === 'payment.send')
      .map((o) => ({ entry, id: o.id, paymentId: String(o.payload['paymentId']) })),
  );

/** The case that decided a payment: a loan has its case's number, another payment names it. */
const caseOf = (entries: readonly Entry[], paymentId: string): string | undefined =>
  paymentId.startsWith('LN-')
    ? paymentId.replace(/^LN-/, 'CS-').replace(/-P\d+$/, '')
    : entries.find((e) => e.links.pay === paymentId.replace(/-P\d+$/, ''))?.links.case;

/** The money that an entry takes out of the bank's account by its own voucher; undefined when it posts none. */
const postedFen = (entry: Entry | undefined): bigint | undefined => {
  const lines = entry?.lines?.filter((l) => l.account === '1002') ?? [];
  return lines.length === 0 ? undefined : -netDebitFen(lines);
};

/** What came with the command of an entry, in wire form. */
const payloadOf = (commands: readonly Sent[], { commandId }: Entry): unknown =>
  commands.find((s) => s.id === commandId && s.outcome.status === 'applied')?.payload;

const ENDED = ['payment.rejected', 'payment.returned'];

describe('payments', () => {
  test('however an office works, an instruction goes out once, for an approved case, and only after the one before has failed', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        const entries = world.entries();
        const sent = sentOf(entries);
        expect(new Set(sent.map((s) => s.id)).size).toBe(sent.length);
        expect(new Set(sent.map((s) => s.paymentId)).size).toBe(sent.length);
        for (const { entry, paymentId } of sent) {
          const caseId = caseOf(entries, paymentId);
          const approved = entries.find((e) => e.type === 'case.approved' && e.links.case === caseId);
          expect(approved?.seq).toBeLessThan(entry.seq);
          const attempt = Number(/-P(\d+)$/.exec(paymentId)?.[1]);
          if (attempt === 1) continue;
          const before = historyOf(entries.slice(0, entry.seq - 1), paymentId.replace(/\d+$/, String(attempt - 1)));
          expect(ENDED).toContain(before.at(-1));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('however an office works, a payment settles at most once between a sending and a return, and amounts are those sent', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world, sent: commands } = await play(story);
        const entries = world.entries();
        for (const { entry: sending, paymentId } of sentOf(entries)) {
          const moves = historyOf(entries, paymentId).filter((t) =>
            /^(loan|payment)\.settled$|^payment\.returned$/.test(t),
          );
          // What has left can only come back, and what has come back can only leave.
          for (const [i, move] of moves.entries()) expect(move.endsWith('.settled')).toBe(i % 2 === 0);
          const sentFen = postedFen(sending);
          for (const settled of entries.filter((e) => e.links.payment === paymentId && e.type.endsWith('.settled'))) {
            expect(payloadOf(commands, settled)).toMatchObject({ line: { amountFen: String(sentFen) } });
            // A bank that pays what it had refused or given back: the voucher was taken back, so settling posts it once more.
            const before = historyOf(entries.slice(0, settled.seq - 1), paymentId).at(-1) ?? '';
            expect(postedFen(settled)).toBe(ENDED.includes(before) ? sentFen : undefined);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  test('however an office works, what is unknown is enquired after and not sent again', async () => {
    await fc.assert(
      fc.asyncProperty(stories(40), async (story) => {
        const { world } = await play(story);
        for (const entry of world.entries().filter((e) => e.type === 'payment.unknown'))
          expect(entry.outbox?.map((o) => o.kind)).toEqual(['payment.enquire']);
      }),
      { numRuns: 40 },
    );
  });
});
