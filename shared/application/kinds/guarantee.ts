import { guaranteePayloads as payloads } from '#shared/contracts/commands/guarantee.ts';
import { fileLoan, reviewFiling, withdrawFiling } from '#shared/domain/guarantee/file.ts';
import { assessEnterprise, renewGrade } from '#shared/domain/guarantee/grading.ts';
import { ageFiling, continueFiling, reportBalance } from '#shared/domain/guarantee/report.ts';
import { proposeResume } from '#shared/domain/guarantee/resume.ts';
import { kind } from './kind.ts';

export const guaranteeKinds = {
  'grade.assess': kind(assessEnterprise, payloads['grade.assess']),
  'grade.renew': kind(renewGrade, payloads['grade.renew']),
  'filing.file': kind(fileLoan, payloads['filing.file']),
  'filing.review': kind(reviewFiling, payloads['filing.review']),
  'filing.withdraw': kind(withdrawFiling, payloads['filing.withdraw']),
  'filing.report': kind(reportBalance, payloads['filing.report']),
  'filing.continue': kind(continueFiling, payloads['filing.continue']),
  'breaker.propose-resume': kind(proposeResume, payloads['breaker.propose-resume']),
  'filing.age': kind(ageFiling, payloads['filing.age']),
} as const;
