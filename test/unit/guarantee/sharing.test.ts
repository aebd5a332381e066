import { describe, expect, test } from 'vitest';
import { compensationCharter } from '#shared/contracts/charters/compensation.ts';
import { contributorsParts } from '#shared/domain/guarantee/recover.ts';
import { shareOut } from '#shared/domain/guarantee/sharing.ts';
import { charters } from '../../support/compensation-world.ts';

const kv = compensationCharter.parse(charters.kv2017);
const sme = compensationCharter.parse(charters.sme2018);
const weights = (fund: bigint, guarantor: bigint, bank: bigint) => ({
  fundFen: fund,
  guarantorFen: guarantor,
  bankFen: bank,
});

describe('a loss shared', () => {
  test.each([
    ['80/20, even', 100n, weights(80n, 0n, 20n), weights(80n, 0n, 20n)],
    ['80/20, one fen odd', 101n, weights(80n, 0n, 20n), weights(80n, 0n, 21n)],
    ['80/20, 100万 and a fen', 100_000_001n, weights(80n, 0n, 20n), weights(80_000_000n, 0n, 20_000_001n)],
    ['50/50', 333n, weights(50n, 0n, 50n), weights(166n, 0n, 167n)],
    ['30/20/50, even', 100n, weights(30n, 50n, 20n), weights(30n, 50n, 20n)],
    ['30/20/50, remainders', 333n, weights(30n, 50n, 20n), weights(99n, 167n, 67n)],
    ['30/20/50, one fen', 1n, weights(30n, 50n, 20n), weights(0n, 0n, 1n)],
    ['all to the fund', 101n, weights(1n, 0n, 0n), weights(101n, 0n, 0n)],
    ['nothing', 0n, weights(80n, 0n, 20n), weights(0n, 0n, 0n)],
  ])('%s', (_, amount, by, parts) => {
    expect(shareOut(amount, by)).toEqual(parts);
  });

  test('given 40/60 with the odd fen to the zone, then city and zone bear it to the fen', () => {
    expect([...contributorsParts(kv, 8_000_001n)]).toEqual([
      ['city', 3_200_000n],
      ['zone', 4_800_001n],
    ]);
    expect([...contributorsParts(kv, 1n)]).toEqual([
      ['city', 0n],
      ['zone', 1n],
    ]);
  });

  test('given 15/15 by the largest remainder, then the first takes a tie', () => {
    expect([...contributorsParts(sme, 3n)]).toEqual([
      ['city', 2n],
      ['zone', 1n],
    ]);
  });
});
