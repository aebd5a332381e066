import type { ClassificationRules } from '../charter/credit.ts';

/** 五级分类: 正常, 关注, 次级, 可疑, 损失. */
export type Grade = 'normal' | 'special-mention' | 'substandard' | 'doubtful' | 'loss';

/**
 * The class of a loan by days past due; thresholds are the charter's (0/90/270/360 after 金融资产风险分类办法 2023).
 * @param observed whether the loan was extended lately: it is then at special mention at least
 */
export const classify = (daysPastDue: number, rules: ClassificationRules, observed: boolean): Grade => {
  if (daysPastDue > rules.lossOverDays) return 'loss';
  if (daysPastDue > rules.doubtfulOverDays) return 'doubtful';
  if (daysPastDue > rules.substandardOverDays) return 'substandard';
  return daysPastDue > rules.specialMentionOverDays || observed ? 'special-mention' : 'normal';
};
