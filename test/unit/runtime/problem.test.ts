import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { catalogue, type ErrorCode } from '#shared/errors/catalogue.ts';
import { FundError, hasCode, isFundError } from '#shared/errors/fund-error.ts';
import { languageOf, problemOf, problemSchema } from '#shared/runtime/problem.ts';
import { decodeEntity } from '#shared/storage/codecs/items.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

const codes = Object.keys(catalogue) as ErrorCode[];

describe('problem documents', () => {
  test.each(codes)('%s: a document in both languages, with status and details', (code) => {
    const error = new FundError(code, { limitFen: '30000000' });
    for (const language of ['zh', 'en'] as const) {
      const problem = problemOf(error, 'request-1', language);
      expect(problemSchema.parse(problem)).toEqual({
        type: `/problems/${code}`,
        title: catalogue[code][language],
        status: catalogue[code].status,
        code,
        instance: 'request-1',
        retryable: catalogue[code].retryable,
        details: { limitFen: '30000000' },
      });
    }
    expect(catalogue[code].zh).not.toBe(catalogue[code].en);
  });

  test('given a stored item that is not as it was written, then the caller is not blamed and is told nothing of it', () => {
    const read = () => decodeEntity({ pk: 'seed#loan#LN-1', type: 'loan', id: 'LN-1', version: 1, state: {} });
    const problem = problemOf(thrownBy(read), 'r', 'en');
    expect(problem).toMatchObject({ code: 'INTERNAL', status: 500, details: {} });
    expect(problem.errors).toBeUndefined();
  });

  test('given what a schema objects to, then REQUEST_INVALID names the places, twenty at most', () => {
    const issues = z.strictObject({ a: z.strictObject({ b: z.string() }) }).safeParse({ a: { b: 1 }, c: 2 });
    const problem = problemOf(issues.error, 'r', 'en');
    expect(problem).toMatchObject({ code: 'REQUEST_INVALID', status: 400 });
    expect(problem.errors?.map((e) => e.path).toSorted()).toEqual(['', 'a.b']);
    const many = z.array(z.string()).safeParse(Array.from({ length: 100 }, () => 1));
    expect(problemOf(many.error, 'r', 'en').errors).toHaveLength(20);
  });

  test.each([
    [new Error('secret: password=1'), 'INTERNAL'],
    ['a thrown text', 'INTERNAL'],
    [undefined, 'INTERNAL'],
    [Object.assign(new Error('no route'), { statusCode: 404 }), 'ROUTE_NOT_FOUND'],
    [Object.assign(new Error('media'), { statusCode: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
    [Object.assign(new Error('json'), { statusCode: 422 }), 'BODY_INVALID'],
    [Object.assign(new Error('json'), { statusCode: 400 }), 'BODY_INVALID'],
    [Object.assign(new Error('other'), { statusCode: 418 }), 'INTERNAL'],
  ])('given %s thrown, then %s, and nothing of its text', (error, code) => {
    const problem = problemOf(error, 'r', 'en');
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  test.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['fr-FR, de;q=0.9, EN;q=0.1', 'en'],
    ['fr', 'zh'],
    ['*', 'zh'],
  ])('given Accept-Language %j, then %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('the error', () => {
  test('given an error of another copy of the class, then it is still known by its code', () => {
    const foreign = Object.assign(new Error('x'), { code: 'CASE_CHANGED', details: {} });
    expect(isFundError(foreign)).toBe(true);
    expect(hasCode(foreign, 'CASE_CHANGED')).toBe(true);
    expect(hasCode(foreign, 'CASE_EXPIRED')).toBe(false);
  });

  test.each([
    [new Error('x')],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' })],
    [Object.assign(new Error('x'), { code: 'toString' })],
    [Object.assign(new Error('x'), { code: 42 })],
    [{ code: 'CASE_CHANGED' }],
    ['CASE_CHANGED'],
    [undefined],
  ])('given %o, then it is none of ours', (error) => {
    expect(isFundError(error)).toBe(false);
  });

  test('given details, then the message tells them to the log', () => {
    expect(new FundError('CASE_CHANGED', { revision: '2' }).message).toBe(
      'CASE_CHANGED: The case has changed since it was shown {"revision":"2"}',
    );
    expect(new FundError('CASE_CHANGED').message).toBe('CASE_CHANGED: The case has changed since it was shown');
    const cause = new Error('deep');
    expect(new FundError('BOOK_BUSY', {}, { cause }).cause).toBe(cause);
  });
});
