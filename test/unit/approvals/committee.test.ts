import { describe, expect, test } from 'vitest';
import type { Vote } from '#shared/domain/approvals/case.ts';
import { tally } from '#shared/domain/approvals/committee.ts';
import type { CommitteeRules } from '#shared/domain/charter/base.ts';

const MEMBERS = ['a', 'b', 'c', 'd', 'e'];

const rules = (quorum: [number, number], pass: [number, number], members = MEMBERS): CommitteeRules => ({
  members: members.map((id) => ({ id, name: id })),
  quorum: { numerator: quorum[0], denominator: quorum[1] },
  pass: { numerator: pass[0], denominator: pass[1] },
});

/** `a+ b- c0 d!`: a approves, b rejects, c abstains, d is recused. */
const votes = (text: string): Vote[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({
      member: word.slice(0, -1),
      choice: ({ '+': 'approve', '-': 'reject', '0': 'abstain', '!': 'recuse' } as const)[word.slice(-1)] ?? 'abstain',
    }));

describe('tally', () => {
  const twoThirds = rules([2, 3], [2, 3]);

  test.each([
    // Quorum of five at two thirds is four votes; two thirds of five entitled are four approvals.
    ['', 'open'],
    ['a+ b+ c+', 'open'],
    ['a+ b+ c+ d+', 'passed'],
    ['a+ b+ c+ d-', 'open'],
    ['a+ b+ c+ d- e+', 'passed'],
    ['a-', 'open'],
    ['a- b-', 'failed'],
    ['a- b0', 'failed'],
    // One recused: four are entitled, three of them must approve, and all four must have voted.
    ['a! b+ c+ d+', 'open'],
    ['a! b+ c+ d+ e-', 'passed'],
    ['a! b-', 'open'],
    ['a! b- c-', 'failed'],
    // Two recused: only three are left of the four a quorum takes.
    ['a! b!', 'failed'],
  ])('given five members and the votes %j, then it is %s', (cast, result) => {
    expect(tally(twoThirds, votes(cast), []).result).toBe(result);
  });

  test('given a member on another side of the case, then the others alone are entitled', () => {
    expect(tally(twoThirds, votes('b+ c+ d+ e-'), ['a'])).toEqual({
      entitled: 4,
      cast: 4,
      approve: 3,
      quorumReached: true,
      result: 'passed',
    });
    expect(tally(twoThirds, votes('b+'), ['a', 'e', 'nobody']).result).toBe('failed');
  });

  test('given that all are recused, then it fails', () => {
    expect(tally(rules([1, 100], [1, 100]), votes('a! b! c! d! e!'), []).result).toBe('failed');
  });

  test('given unanimity, then one no ends it and one member suffices in a committee of one', () => {
    expect(tally(rules([1, 1], [1, 1]), votes('a+ b+ c+ d+ e-'), []).result).toBe('failed');
    expect(tally(rules([1, 1], [1, 1], ['a']), votes('a+'), []).result).toBe('passed');
  });

  test('given thirds that no decimal can say, then whole numbers decide', () => {
    const three = rules([2, 3], [2, 3], ['a', 'b', 'c']);
    expect(tally(three, votes('a+ b+'), []).result).toBe('passed');
    expect(tally(three, votes('a+ b-'), []).result).toBe('open');
    const seven = rules([2, 3], [2, 3], ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(tally(seven, votes('a+ b+ c+ d+'), []).result).toBe('open');
    expect(tally(seven, votes('a+ b+ c+ d+ e+'), []).result).toBe('passed');
  });
});
