import { FundError } from '#shared/errors/fund-error.ts';
import { BANK_PREFIX } from '#shared/storage/names.ts';

/** Where an instruction is archived; the key is the payment's own, so there is one for ever. */
export const instructionKey = (fundId: string, paymentId: string): string =>
  `${BANK_PREFIX.outbox}${fundId}/${paymentId}.xml`;

/** Where a question about a payment is put; one a day. */
export const enquiryKey = (fundId: string, paymentId: string, messageId: string): string =>
  `${BANK_PREFIX.outbox}${fundId}/enquiries/${paymentId}.${messageId.split(':').at(-1)}.txt`;

/** The fund a delivered file belongs to, by its folder. @throws BANK_FILE_INVALID */
export const fundOfInboxKey = (key: string): string => {
  const match = /^inbox\/([a-z][a-z0-9-]{1,15})\/[^/]+$/.exec(key);
  if (match?.[1] === undefined) throw new FundError('BANK_FILE_INVALID', { reason: 'not in a fund’s inbox' });
  return match[1];
};
