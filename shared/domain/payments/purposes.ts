import { refundPurpose } from '../capital/refund-payment.ts';
import { equityPurpose } from '../equity/purchase.ts';
import { claimPurpose, recoveryPurpose } from '../guarantee/claim-payment.ts';
import { commitmentCallPurpose } from '../guidance/commitment-payment.ts';
import type { Purposes } from './purpose.ts';

/** What becomes of each thing money is paid for. */
export const purposes: Purposes = {
  refund: refundPurpose,
  equity: equityPurpose,
  claim: claimPurpose,
  recovery: recoveryPurpose,
  'commitment-call': commitmentCallPurpose,
};
