import { refundPurpose } from '../capital/refund-payment.ts';
import { equityPurpose } from '../equity/purchase.ts';
import { claimPurpose, recoveryPurpose } from '../guarantee/claim-payment.ts';
import { commitmentCallPurpose } from '../guidance/commitment-payment.ts';
import { distributionPurpose } from '../guidance/distribution-payment.ts';
import { managementFeePurpose } from '../guidance/fee-payment.ts';
import { investing } from '../guidance/timers.ts';
import type { Purposes } from './purpose.ts';

/** What becomes of each thing money is paid for. */
export const purposes: Purposes = {
  refund: refundPurpose,
  equity: investing(equityPurpose),
  'commitment-call': investing(commitmentCallPurpose),
  distribution: distributionPurpose,
  'management-fee': managementFeePurpose,
  claim: claimPurpose,
  recovery: recoveryPurpose,
};
