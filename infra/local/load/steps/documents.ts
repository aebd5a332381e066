import { fileOf } from '../../portfolio/parts.ts';

/** What the made-up file of a type of document is called, where it has a name. */
const NAMES: Readonly<Record<string, string>> = {
  'application-form': '申请表.pdf',
  'business-licence': '营业执照.pdf',
  'financial-statement': '财务报表.pdf',
  'business-plan': '商业计划书.pdf',
  'team-undertaking': '团队承诺书.pdf',
  'recovery-report': '追偿情况说明.pdf',
  'due-diligence-report': '尽职调查报告.pdf',
  'term-sheet': '投资条款.pdf',
  'valuation-report': '估值报告.pdf',
  'legal-opinion': '法律意见书.pdf',
};

/** A made-up document of each type, about something. */
export const documentsOf = (types: readonly string[], about: string) =>
  types.map((type) => {
    const name = NAMES[type] ?? `${type}.pdf`;
    return { type, name, ...fileOf(`${name}\n${about}\n`) };
  });
