import { createHash } from 'node:crypto';
import type { Objects } from '#shared/adapters/s3/objects.ts';
import { type Statement, statementCommands, statusCommands } from '#shared/application/intake.ts';
import type { Bank } from '#shared/application/pay.ts';
import type { Envelope } from '#shared/contracts/messages.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { parseCamt053 } from './camt053.ts';
import { enquiryKey, fundOfInboxKey, instructionKey } from './files.ts';
import { buildPain001 } from './pain001.ts';
import { parsePain002 } from './pain002.ts';
import { elementOf, parseXml } from './xml.ts';

/** The bank by files: instructions and enquiries are put into its outbox, each once and for ever under its own key. */
export const createFileBank = (files: Pick<Objects, 'putOnce'>): Bank => ({
  instruct: async (fundId, instruction) => {
    await files.putOnce(instructionKey(fundId, instruction.paymentId), Buffer.from(buildPain001(instruction)));
  },
  enquire: async (fundId, paymentId, messageId) => {
    await files.putOnce(enquiryKey(fundId, paymentId, messageId), Buffer.from(`${paymentId}\n`));
  },
});

/**
 * The commands a delivered file leads to, and the fund they are for.
 * @param accountsOf numbers of the fund's own accounts, to refuse another's statement
 * @throws BANK_FILE_INVALID, BANK_STATEMENT_UNBALANCED, BANK_ACCOUNT_UNKNOWN
 */
export const readBankFile = async (
  key: string,
  bytes: Uint8Array,
  accountsOf: (fundId: string) => Promise<readonly string[]>,
): Promise<readonly Envelope[]> => {
  const fundId = fundOfInboxKey(key);
  const document = elementOf(parseXml(bytes)['Document'], 'Document');
  if ('CstmrPmtStsRpt' in document) return statusCommands(fundId, parsePain002(document));
  if (!('BkToCstmrStmt' in document))
    throw new FundError('BANK_FILE_INVALID', { reason: 'neither pain.002 nor camt.053' });
  const statement: Statement = parseCamt053(document);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return statementCommands(fundId, statement, { key, sha256 }, await accountsOf(fundId));
};
