import { describe, expect, test } from 'vitest';
import { createMemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { ref } from '#shared/domain/entities.ts';
import { encodeEntity, encodeHead } from '#shared/storage/codecs/items.ts';
import { entityKey, headKey } from '#shared/storage/keys.ts';
import { createWorld, FUND, found } from '../../support/world.ts';

/** A fund that has had so many versions of its charter, each with a bank account of its own. */
const amended = async (versions: number) => {
  const world = createWorld();
  await found(world);
  const loaded = await world.ledger.load(FUND, [ref('charter', '1')]);
  const [first] = [...loaded.entities.values()];
  const [{ effectiveFrom } = { effectiveFrom: world.clock.today() }] = loaded.head.charters;
  if (first?.type !== 'charter') throw new Error('the fund has no charter');
  const numbers = Array.from({ length: versions }, (_, i) => i + 1);
  const head = { ...loaded.head, charters: numbers.map((version) => ({ version, effectiveFrom })) };
  const charters = numbers.map((version) => {
    const account = { ...first.state.account, number: `ACCOUNT-${version}` };
    return { ...first, id: String(version), state: { ...first.state, version, account } };
  });
  return createMemoryLedger({
    journal: world.ledger.journal,
    state: new Map([
      [headKey(FUND), encodeHead(head)],
      ...charters.map((c) => [entityKey(FUND, c), encodeEntity(FUND, c)] as const),
    ]),
  });
};

describe('the bank accounts a fund has had', () => {
  test.each([1, 99, 100, 250])(
    'given %i versions of the charter, then the account of each is known',
    async (versions) => {
      const accounts = await accountsOf(await amended(versions), FUND);
      expect(accounts).toHaveLength(versions);
      expect(accounts).toContain(`ACCOUNT-${versions}`);
    },
  );

  test('given a fund without a charter, then it has no account', async () => {
    expect(await accountsOf(createMemoryLedger(), FUND)).toEqual([]);
  });
});
