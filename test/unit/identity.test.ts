import { describe, expect, test } from 'vitest';
import { checkUscc, makeUscc, nameSkeleton, normaliseName } from '#shared/domain/identity.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { refusalOf } from '../support/refusal.ts';

describe('统一社会信用代码', () => {
  test.each([
    // Published codes of well-known companies.
    ['华为技术有限公司', '914403001922038216'],
    ['腾讯科技（深圳）有限公司', '9144030071526726XG'],
    ['腾讯计算机系统有限公司', '91440300708461136T'],
    ['阿里巴巴（中国）有限公司', '91330100799655058B'],
    ['北京百度网讯科技有限公司', '91110000802100433B'],
    ['小米科技有限责任公司', '91110108551385082Q'],
    ['中国工商银行股份有限公司', '91100000100003962T'],
    ['中国银行股份有限公司', '911000001000013428'],
    ['重庆长安汽车股份有限公司', '9150000020286320X6'],
  ])('given the code of %s, then its check character is right', (_, code) => {
    expect(checkUscc(code)).toBe(code);
    expect(makeUscc(code.slice(0, 17))).toBe(code);
  });

  test('given any single character changed, then the check character finds it', () => {
    const code = '914403001922038216';
    for (let at = 0; at < code.length; at += 1)
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY')
        if (other !== code[at])
          expect(refusalOf(() => checkUscc(code.slice(0, at) + other + code.slice(at + 1)))).toBe('USCC_INVALID');
  });

  test('given two neighbours swapped, then the check character finds it', () => {
    const code = '9144030071526726XG';
    for (let at = 0; at + 1 < code.length; at += 1) {
      const [a = '', b = ''] = [code[at], code[at + 1]];
      if (a !== b)
        expect(refusalOf(() => checkUscc(code.slice(0, at) + b + a + code.slice(at + 2)))).toBe('USCC_INVALID');
    }
  });

  test.each([
    ['length', ''],
    ['length', '91440300192203821'],
    ['length', '9144030019220382166'],
    ['alphabet', '91440300192203821I'],
    ['alphabet', '91440300O922038216'],
    ['alphabet', '91440300192203821g'],
    ['alphabet', '９14403001922038216'],
    ['alphabet', '91440300192203821 '],
    ['check character', '914403001922038217'],
  ])('given something wrong, then it says %s: %j', (reason, code) => {
    const error = (() => {
      try {
        checkUscc(code);
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(FundError);
    expect((error as FundError).details).toMatchObject({ reason });
  });

  test('given seventeen characters that are none, then no code is made of them', () => {
    expect(refusalOf(() => makeUscc('9150011OMA5UUUUUU'))).toBe('USCC_INVALID');
    expect(refusalOf(() => makeUscc('1'))).toBe('USCC_INVALID');
  });
});

describe('names', () => {
  test.each([
    ['示例科技有限公司', '示例科技有限公司'],
    ['  示例 科技　有限公司 ', '示例 科技 有限公司'],
    ['示例（重庆）ＡＩ公司', '示例(重庆)AI公司'],
    ['ﬁne ①', 'fine 1'],
    ['Cafe\u0301', 'Caf\u00e9'],
    ['a\u00a0\u3000b', 'a b'],
  ])('given %j, then its normal form is %j, and stays so', (name, normal) => {
    expect(normaliseName(name)).toBe(normal);
    expect(normaliseName(normal)).toBe(normal);
  });

  test.each([
    ['nothing', ''],
    ['spaces only', ' \u3000 '],
    ['a line break', '示例\n公司'],
    ['a tab', '示例\t公司'],
    ['NUL', '示例\u0000公司'],
    ['zero width space', '示例\u200b公司'],
    ['right-to-left override', '示例\u202e司公'],
    ['a byte order mark', '\ufeff示例公司'],
    ['soft hyphen', '示\u00ad例'],
    ['a private character', '示例\ue000'],
    ['half a surrogate pair', '示例\ud83d'],
    ['an unassigned character', '示例\u0378'],
    ['a noncharacter', '示例\uffff'],
  ])('given a name with %s, then NAME_INVALID', (_, name) => {
    expect(refusalOf(() => normaliseName(name))).toBe('NAME_INVALID');
  });

  test.each([
    ['示例科技有限公司', '示例科技有限公司！'],
    ['示例 科技', '示例科技'],
    ['示例（重庆）公司', '示例(重庆)公司'],
    ['ALPHA', 'alpha'],
    ['ALPHA', 'АLРНА'],
    ['alpha', 'αlphα'],
    ['ＡＬＰＨＡ', 'alpha'],
    ['go0gle', 'google'],
    ['l1nk', 'llnk'],
    ['naïve', 'naive'],
    ['A-B·C', 'abc'],
  ])('given %j and %j, then they look alike', (a, b) => {
    expect(nameSkeleton(a)).toBe(nameSkeleton(b));
  });

  test.each([
    ['示例科技有限公司', '示列科技有限公司'],
    ['甲公司', '乙公司'],
    ['alpha', 'alpho'],
    ['公司1', '公司2'],
  ])('given %j and %j, then they can be told apart', (a, b) => {
    expect(nameSkeleton(a)).not.toBe(nameSkeleton(b));
  });
});
