import { describe, expect, it } from 'vitest';
import { compileFilters } from '#infra/local/events/filter.ts';

const filterOf = (...patterns: readonly object[]) =>
  compileFilters({ Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) });

describe('filter criteria', () => {
  it('pass everything when there are none', () => {
    expect(compileFilters(undefined)({ any: 'thing' })).toBe(true);
  });

  it('pass what fits one of the filters in all its members', () => {
    const passes = filterOf({ kind: ['a', 'b'], deep: { flag: [true] } }, { kind: ['c'] });
    expect(passes({ kind: 'b', deep: { flag: true } })).toBe(true);
    expect(passes({ kind: 'b', deep: { flag: false } })).toBe(false);
    expect(passes({ kind: 'b' })).toBe(false);
    expect(passes({ kind: 'c' })).toBe(true);
  });

  it.each([
    [{ prefix: 'BOOK#' }, 'BOOK#seed', 'HEAD#seed'],
    [{ suffix: '.xml' }, 'a.xml', 'a.xml.sig'],
    [{ 'equals-ignore-case': 'INSERT' }, 'insert', 'modify'],
    [{ 'anything-but': ['x', 'y'] }, 'z', 'x'],
    [{ 'anything-but': { prefix: 'x' } }, 'yx', 'xy'],
    [{ numeric: ['>', 0, '<=', 5] }, 5, 6],
    [{ exists: true }, 'here', undefined],
    [{ exists: false }, undefined, 'here'],
  ])('%j passes %j and not %j', (rule, good, bad) => {
    const passes = filterOf({ value: [rule] });
    const event = (value: string | number | undefined) => (value === undefined ? {} : { value });
    expect(passes(event(good))).toBe(true);
    expect(passes(event(bad))).toBe(false);
  });

  it('match a list when one of its values fits', () => {
    expect(filterOf({ tags: ['b'] })({ tags: ['a', 'b'] })).toBe(true);
  });

  it.each([{ value: [{ wildcard: 'a*' }] }, { $or: [{ a: [1] }] }, { value: 'a' }])(
    '%j is refused, because it is not understood',
    (pattern) => {
      expect(() => filterOf(pattern)).toThrow(/does not know|holds objects/);
    },
  );
});
