import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson, payloadHash } from '#shared/domain/hash.ts';
import { hashOf, toWire } from '#shared/domain/wire.ts';

describe('canonical JSON', () => {
  test.each([
    [null, 'null'],
    [true, 'true'],
    [0, '0'],
    [-0, '0'],
    [-7, '-7'],
    ['€$\u000f\nA\'B"\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\"/"'],
    [[], '[]'],
    [{}, '{}'],
    [[3, 'x', null], '[3,"x",null]'],
    [{ b: 2, a: [1, { d: 1, c: 2 }] }, '{"a":[1,{"c":2,"d":1}],"b":2}'],
  ])('given %j, then its text is the only one', (value, text) => {
    const canonical = canonicalJson(value);
    expect(canonical).toBe(text);
    expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
  });

  test('given names beyond ASCII, then they stand in the order of RFC 8785', () => {
    const value = { '\u20ac': 1, '\r': 2, 1: 3, '\u0080': 4, '\u00f6': 5, '\ufb33': 6, '\ud83d\ude00': 7 };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object).map(Number)).toHaveLength(7);
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":3,"\u0080":4,"\u00f6":5,"\u20ac":1,"\ud83d\ude00":7,"\ufb33":6}');
  });

  test('given the same members in another order, then the hash is the same; another value has another', () => {
    expect(payloadHash({ a: 1, b: { c: 'x', d: 'y' } })).toBe(payloadHash({ b: { d: 'y', c: 'x' }, a: 1 }));
    const all = [{ a: '1' }, { a: 1 }, { a: [1] }, { a: ['1'] }, { b: 1 }, { a: null }, {}, [], '', null, false];
    expect(new Set(all.map(payloadHash)).size).toBe(all.length);
  });

  test('given a value, then its hash is the SHA-256 of its text, base64url', () => {
    expect(payloadHash({ a: 1 })).toBe(createHash('sha256').update('{"a":1}').digest('base64url'));
    expect(payloadHash('x')).toHaveLength(43);
  });

  test('given a member named __proto__, then it counts like any other', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"admin":true},"a":1}');
    expect(canonicalJson(hostile)).toBe('{"__proto__":{"admin":true},"a":1}');
    expect(canonicalJson(toWire(hostile))).toBe('{"__proto__":{"admin":true},"a":1}');
    expect(payloadHash(hostile)).not.toBe(payloadHash({ a: 1 }));
  });

  test.each([
    ['a fraction', 0.5],
    ['more than a safe integer', 2 ** 53],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['undefined', undefined],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
  ])('given %s, then it has no canonical form', (_, value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('wire form', () => {
  test('given a domain value, then amounts are texts and what is absent is left out', () => {
    expect(toWire({ a: 30n, b: undefined, c: [1n, { d: -2n }], e: null, f: 'x', g: false, h: 3 })).toEqual({
      a: '30',
      c: ['1', { d: '-2' }],
      e: null,
      f: 'x',
      g: false,
      h: 3,
    });
  });

  test('given a domain value and its wire form, then both have the same hash', () => {
    const value = { amountFen: 30n, parts: [{ fen: 1n, note: undefined }] };
    expect(hashOf(value)).toBe(hashOf(toWire(value)));
    expect(hashOf(value)).toBe(payloadHash({ amountFen: '30', parts: [{ fen: '1' }] }));
  });
});
