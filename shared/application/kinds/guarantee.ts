import { guaranteePayloads as payloads } from '#shared/contracts/commands/guarantee.ts';
import { remindOfClaim } from '#shared/domain/guarantee/claim-timer.ts';
import { fileLoan, reviewFiling, withdrawFiling } from '#shared/domain/guarantee/file.ts';
import { proposeLoss } from '#shared/domain/guarantee/final-loss.ts';
import { assessEnterprise, renewGrade } from '#shared/domain/guarantee/grading.ts';
import { reissuePayment } from '#shared/domain/guarantee/reissue.ts';
import { ageFiling, continueFiling, reportBalance } from '#shared/domain/guarantee/report.ts';
import { reportRecovery } from '#shared/domain/guarantee/report-recovery.ts';
import { proposeResume } from '#shared/domain/guarantee/resume.ts';
import { resubmitClaim, submitClaim } from '#shared/domain/guarantee/submit-claim.ts';
import { kind } from './kind.ts';

export const guaranteeKinds = {
  'grade.assess': kind(assessEnterprise, payloads['grade.assess']),
  'grade.renew': kind(renewGrade, payloads['grade.renew']),
  'filing.file': kind(fileLoan, payloads['filing.file']),
  'filing.review': kind(reviewFiling, payloads['filing.review']),
  'filing.withdraw': kind(withdrawFiling, payloads['filing.withdraw']),
  'filing.report': kind(reportBalance, payloads['filing.report']),
  'filing.continue': kind(continueFiling, payloads['filing.continue']),
  'filing.age': kind(ageFiling, payloads['filing.age']),
  'breaker.propose-resume': kind(proposeResume, payloads['breaker.propose-resume']),
  'claim.submit': kind(submitClaim, payloads['claim.submit']),
  'claim.resubmit': kind(resubmitClaim, payloads['claim.resubmit']),
  'claim.remind': kind(remindOfClaim, payloads['claim.remind']),
  'recovery.report': kind(reportRecovery, payloads['recovery.report']),
  'loss.propose': kind(proposeLoss, payloads['loss.propose']),
  'payment.reissue': kind(reissuePayment, payloads['payment.reissue']),
} as const;
