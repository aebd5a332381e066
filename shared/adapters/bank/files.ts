import { fundIdText } from '#shared/contracts/scalars.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { BANK_PREFIX } from '#shared/storage/names.ts';

/** Where an instruction is archived; the key is the payment's own, so there is one for ever. */
export const instructionKey = (fundId: string, paymentId: string): string =>
  `${BANK_PREFIX.outbox}${fundId}/${paymentId}.xml`;

/** Where a question about a payment is put; one a day. */
export const enquiryKey = (fundId: string, paymentId: string, messageId: string): string =>
  `${BANK_PREFIX.outbox}${fundId}/enquiries/${paymentId}.${messageId.split(':').at(-1)}.txt`;

const INBOX_KEY = new RegExp(`^${BANK_PREFIX.inbox}([^/]+)/[^/]+$`);

/** The fund a delivered file belongs to, by its folder. @throws BANK_FILE_INVALID */
export const fundOfInboxKey = (key: string): string => {
  const { data: fundId } = fundIdText.safeParse(INBOX_KEY.exec(key)?.[1]);
  if (fundId === undefined) throw new FundError('BANK_FILE_INVALID', { reason: 'not in a fund’s inbox' });
  return fundId;
};
