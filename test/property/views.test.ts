import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viewKeys, viewKeyText, viewsOf } from '#shared/application/projection.ts';
import { CHART_OF_ACCOUNTS } from '#shared/domain/book/accounts.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { netDebitFen } from '#shared/domain/book/voucher.ts';
import { factsOf } from '../support/story/facts.ts';
import { play, stories } from '../support/story/play.ts';
import { turnover } from '../support/turnover.ts';

/* Invariant 9: views can be dropped and rebuilt from the Journal and come out identical, in whatever batches. */

/** Views in memory, written as the projector writes them: whole batches, each once, from the watermark on. */
class Views {
  readonly rows = new Map<string, Readonly<Record<string, string>>>();
  readonly sums = new Map<string, { readonly debitFen: bigint; readonly creditFen: bigint }>();
  #watermark = 0;

  /** Takes entries in, those up to the watermark again without effect. */
  project(entries: readonly Entry[]): void {
    const news = entries.filter((e) => e.seq > this.#watermark);
    const { puts, adds } = viewsOf(news);
    for (const put of puts) {
      const key = viewKeyText(put);
      this.rows.set(key, put.mode === 'put' ? put.fields : { ...this.rows.get(key), ...put.fields });
    }
    for (const { debitFen, creditFen, ...at } of adds) {
      const before = this.sums.get(viewKeyText(at)) ?? { debitFen: 0n, creditFen: 0n };
      this.sums.set(viewKeyText(at), { debitFen: before.debitFen + debitFen, creditFen: before.creditFen + creditFen });
    }
    this.#watermark = news.at(-1)?.seq ?? this.#watermark;
  }

  /** Sums of a partition by sort key. */
  under(pk: string): ReadonlyMap<string, { readonly debitFen: bigint; readonly creditFen: bigint }> {
    return new Map(
      [...this.sums].flatMap(([key, sum]) => (key.startsWith(`${pk}\n`) ? [[key.slice(pk.length + 1), sum]] : [])),
    );
  }
}

const foldOf = (entries: readonly Entry[]): Views => {
  const views = new Views();
  for (const entry of entries) views.project([entry]);
  return views;
};

const plain = (views: Views) => [new Map([...views.rows].sort()), new Map([...views.sums].sort())];

describe('views', () => {
  test('in whatever batches, and with whatever delivered twice, or rebuilt at once, they come out as a fold of the journal one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories(),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 30 }),
        async (story, sizes) => {
          const { world } = await play(story);
          const entries = world.entries();
          const views = new Views();
          let at = 0;
          for (const size of [...sizes, entries.length]) {
            const batch = entries.slice(Math.max(0, at - (size % 3)), at + size);
            views.project(batch);
            views.project(batch);
            at = Math.min(entries.length, at + size);
          }
          const rebuilt = new Views();
          rebuilt.project(entries);
          expect(plain(views)).toEqual(plain(foldOf(entries)));
          expect(plain(rebuilt)).toEqual(plain(foldOf(entries)));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('whatever happened, they add up to what the lines of the book say, by account, day and dimension', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        const { entries, lines } = factsOf(world);
        const views = foldOf(entries);
        const days = views.under(viewKeys.days(world.fundId));
        for (const [account, { debitFen, creditFen }] of turnover(lines)) {
          const mine = [...days].filter(([sk]) => sk.endsWith(`#${account}`)).map(([, sum]) => sum);
          expect(mine.reduce((sum, s) => sum + s.debitFen, 0n)).toBe(debitFen);
          expect(mine.reduce((sum, s) => sum + s.creditFen, 0n)).toBe(creditFen);
        }
        for (const [account, { requires }] of Object.entries(CHART_OF_ACCOUNTS))
          for (const dimension of requires) {
            const sums = [...views.under(viewKeys.dimension(world.fundId, account, dimension)).values()];
            expect(sums.reduce((sum, s) => sum + s.debitFen - s.creditFen, 0n)).toBe(netDebitFen(lines, account));
          }
      }),
      { numRuns: 30 },
    );
  });

  test('whatever happened, the lists show every thing as it is', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        const { entries, all } = factsOf(world);
        const { rows } = foldOf(entries);
        const shownOf = (type: string, id: string) =>
          rows.get(viewKeyText({ pk: viewKeys.list(world.fundId, type), sk: id }));
        for (const type of ['case', 'loan', 'call', 'receipt', 'payment', 'refund'] as const)
          for (const [id, { status }] of all(type)) expect([id, shownOf(type, id)?.['status']]).toEqual([id, status]);
        for (const [id, loan] of all('loan'))
          expect(shownOf('loan', id)).toMatchObject({ grade: loan.grade, overdueFen: String(loan.overdueFen) });
        for (const [id, receipt] of all('receipt'))
          expect(shownOf('receipt', id)).toMatchObject({ openFen: String(receipt.openFen) });
        for (const [id, found] of all('case'))
          expect(shownOf('case', id)).toMatchObject({ amountFen: String(found.amountFen), maker: found.maker });
      }),
      { numRuns: 30 },
    );
  });

  test('whatever happened, the timeline of a thing has every entry that names it, in order', async () => {
    await fc.assert(
      fc.asyncProperty(stories(20), async (story) => {
        const { world } = await play(story);
        const { entries, all } = factsOf(world);
        const { rows } = foldOf(entries);
        for (const id of all('loan').keys()) {
          const pk = viewKeys.about(world.fundId, 'loan', id);
          const seqs = [...rows].filter(([key]) => key.startsWith(`${pk}\n`)).map(([, row]) => Number(row['seq']));
          expect(seqs).toEqual(entries.filter((e) => e.links.loan === id).map((e) => e.seq));
        }
      }),
      { numRuns: 20 },
    );
  });
});
