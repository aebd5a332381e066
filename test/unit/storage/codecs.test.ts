import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#shared/domain/book/entry.ts';
import type { Line } from '#shared/domain/book/voucher.ts';
import { ref } from '#shared/domain/entities.ts';
import { decodeEntry, encodeEntry } from '#shared/storage/codecs/entry.ts';
import { decodeEntity, decodeHead, encodeEntity, encodeHead } from '#shared/storage/codecs/items.ts';
import type { Item } from '#shared/storage/codecs/stored.ts';
import { bookKey, entityKey, fundOfBook, headKey, seqKey } from '#shared/storage/keys.ts';
import { proposeExtension } from '../../support/changes.ts';
import { createCompensationWorld, gradingRow, strongFacts } from '../../support/compensation-world.ts';
import { play, stories } from '../../support/story/play.ts';
import { company, fundedWorld, lend, people } from '../../support/world.ts';

const entry: Entry = {
  fundId: 'seed',
  seq: 7,
  type: 'loan.settled',
  businessDate: '2017-03-09' as Entry['businessDate'],
  recordedAt: '2017-03-09T01:00:00.000Z',
  summary: '贷款到账',
  actor: { kind: 'system', id: 'jinqu' },
  commandId: 'c-1',
  payloadHash: 'h',
  links: { loan: 'LN-0123456789AB' },
};

describe('keys', () => {
  test('given numbers, then their keys sort as they do; given a fund, its book leads back to it', () => {
    const seqs = [1, 2, 9, 10, 99, 100, 999_999, 1_000_000, 999_999_999_999];
    expect(seqs.map(seqKey).toSorted()).toEqual(seqs.map(seqKey));
    expect(new Set(seqs.map((s) => seqKey(s).length))).toEqual(new Set([12]));
    expect(fundOfBook(bookKey('seed'))).toBe('seed');
  });

  test('given two things, then no two have one key, whatever their ids', () => {
    const keys = [
      headKey('seed'),
      entityKey('seed', ref('loan', 'head')),
      entityKey('seed', ref('case', 'x')),
      entityKey('seed', ref('loan', 'x')),
      entityKey('seed', ref('applied', 'loan#x#1')),
      entityKey('seed', ref('loan', 'x#1')),
      entityKey('other', ref('loan', 'x')),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('entries as items', () => {
  const line: fc.Arbitrary<Line> = fc
    .record(
      {
        account: fc.constantFrom('1002', '1303.01', '2711'),
        side: fc.constantFrom('debit' as const, 'credit' as const),
        amountFen: fc.bigInt(1n, 10n ** 15n),
        red: fc.constant(true as const),
        dims: fc.dictionary(
          fc.constantFrom('enterprise', 'instrument', 'contributor', 'bank'),
          fc.stringMatching(/^[A-Za-z0-9=._-]{1,20}$/),
          { minKeys: 1, maxKeys: 4 },
        ),
      },
      { requiredKeys: ['account', 'side', 'amountFen'] },
    )
    .map((l) => ('dims' in l ? { ...l, dims: { ...l.dims } } : l) as Line);

  test('given any lines, then they are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), (lines) => {
        const voucher = { period: '2017-03', type: '记', number: 1 };
        expect(decodeEntry(JSON.parse(JSON.stringify(encodeEntry({ ...entry, lines, voucher }))) as Item)).toEqual({
          ...entry,
          lines,
          voucher,
        });
      }),
    );
  });

  test('given an ordinary posting, then it stays within one kilobyte, which is one write unit', async () => {
    const world = await fundedWorld();
    await lend(world, 1, 30_000_000n);
    const posted = [...world.ledger.journal.values()].filter((item) => item['lines'] !== undefined);
    // Two contributors pay in, the loan goes out.
    expect(posted).toHaveLength(3);
    for (const item of posted) expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1024);
  });

  test.each<[string, object]>([
    ['a line that is no line', { lines: ['debit 1002 1.5', 'credit 6011 1'] }],
    ['a line of a negative amount', { lines: ['debit 1002 -1', 'credit 6011 1'] }],
    ['a number that is not twelve digits', { seq: '7' }],
    ['a day that does not exist', { businessDate: '2017-02-30' }],
    ['a member nobody knows', { deleted: true }],
    ['nobody who acted', { actor: undefined }],
    ['an actor of no kind', { actor: { kind: 'god', id: 'x' } }],
  ])('given an item with %s, then reading it stops', (_, changes) => {
    expect(() => decodeEntry({ ...encodeEntry(entry), ...changes })).toThrow('cannot be read');
  });
});

describe('heads and entities as items', () => {
  test('given a book at work, then everything it stores is read as it was written, through plain JSON, too', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        for (const item of world.ledger.state.values()) {
          const plain = JSON.parse(JSON.stringify(item)) as Item;
          expect(plain).toEqual(item);
          if (!('type' in item)) expect(encodeHead(decodeHead(plain))).toEqual(item);
          else expect(encodeEntity(world.fundId, decodeEntity(plain))).toEqual(item);
        }
        for (const item of world.ledger.journal.values())
          expect(encodeEntry(decodeEntry(JSON.parse(JSON.stringify(item)) as Item))).toEqual(item);
      }),
      { numRuns: 15 },
    );
  });

  test('given a graded enterprise, then its grade is read as it was written', async () => {
    const world = await createCompensationWorld();
    await world.run('grade.assess', gradingRow(1), people.officer);
    const item = world.ledger.state.get(entityKey('kv', ref('enterprise', company(1).id)));
    if (item === undefined) throw new Error('there is no enterprise');
    expect(item).toMatchObject({ state: { grade: { hundredths: 9700, facts: strongFacts } } });
    expect(encodeEntity('kv', decodeEntity(item))).toEqual(item);
  });

  const stored = async (key: string): Promise<Item> => {
    const world = await fundedWorld();
    const loanId = await lend(world, 1, 30_000_000n);
    await proposeExtension(world, loanId, 6);
    const item = [...world.ledger.state].find(([k]) => k.startsWith(`seed#${key}`))?.[1];
    if (item === undefined) throw new Error(`no ${key}`);
    return item;
  };

  test.each<[string, string, (state: Record<string, unknown>) => Record<string, unknown>]>([
    ['a loan whose amount is a number', 'loan#', (s) => ({ ...s, principalFen: 30_000_000 })],
    ['a loan whose amount is a fraction', 'loan#', (s) => ({ ...s, principalFen: '1.5' })],
    ['a loan in a state nobody knows', 'loan#', (s) => ({ ...s, status: 'forgiven' })],
    ['a loan with an instalment that is none', 'loan#', (s) => ({ ...s, schedule: ['2020-03-09 x 0'] })],
    ['a loan that lacks its case', 'loan#', ({ caseId: _, ...s }) => s],
    ['a case with a member nobody knows', 'case#', (s) => ({ ...s, approved: true })],
    ['an enterprise whose place is a word', 'enterprise#', (s) => ({ ...s, exposureFen: 'much' })],
    [
      'a charter with a rate as a number',
      'charter#',
      (s) => ({ ...s, lending: { ...(s['lending'] as object), penaltyDailyRate: 0.5 } }),
    ],
  ])('given %s, then reading it stops before it does harm', async (_, key, change) => {
    const item = await stored(key);
    expect(encodeEntity('seed', decodeEntity(item))).toEqual(item);
    const spoilt = { ...item, state: change(item['state'] as Record<string, unknown>) };
    expect(() => decodeEntity(spoilt)).toThrow('cannot be read');
  });

  test('given a head with a balance as a number, or of another shape, then reading it stops', async () => {
    const item = await stored('head');
    expect(decodeHead(item)).toMatchObject({ fundId: 'seed' });
    for (const changes of [{ bankFen: 1 }, { bankFen: '01' }, { seq: -1 }, { seq: 1.5 }, { numbers: [] }, { extra: 1 }])
      expect(() => decodeHead({ ...item, ...changes })).toThrow('cannot be read');
  });

  test('given what is open, then it is in the worklist of its fund; what has ended is in none', async () => {
    await fc.assert(
      fc.asyncProperty(stories(), async (story) => {
        const { world } = await play(story);
        for (const item of world.ledger.state.values()) {
          if (!('type' in item)) continue;
          const entity = decodeEntity(item);
          const list = item['wl'];
          if (entity.type === 'loan') {
            const ended = ['repaid', 'written-off', 'cancelled'].includes(entity.state.status);
            expect([entity.state.status, list]).toEqual([entity.state.status, ended ? undefined : 'seed#LOANS']);
          }
          if (entity.type === 'case') {
            const ended = ['rejected', 'withdrawn', 'lapsed', 'done'].includes(entity.state.status);
            expect([entity.state.status, list]).toEqual([entity.state.status, ended ? undefined : 'seed#CASES']);
            if (!ended) expect(item['wlSort']).toBe(`${entity.state.expiresOn}#${entity.id}`);
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});
