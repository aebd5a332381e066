import { guaranteePayloads as payloads } from '#shared/contracts/commands/guarantee.ts';
import { assessEnterprise, renewGrade } from '#shared/domain/guarantee/grading.ts';
import { kind } from './kind.ts';

export const guaranteeKinds = {
  'grade.assess': kind(assessEnterprise, payloads['grade.assess']),
  'grade.renew': kind(renewGrade, payloads['grade.renew']),
} as const;
