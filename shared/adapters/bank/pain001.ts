import { createHash } from 'node:crypto';
import type { Instruction } from '#shared/application/pay.ts';
import type { BankAccount } from '#shared/domain/lending/proposals.ts';
import { yuanText } from '#shared/domain/money.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import { escapeXml, isXmlText } from './xml.ts';

/** Longest texts the schema takes. */
const LIMITS = { paymentId: 35, name: 140, account: 34, remittance: 140 } as const;

const limited = (field: string, text: string, max: number): string => {
  if (text === '' || [...text].length > max || !isXmlText(text))
    throw new FundError('BANK_FIELD_INVALID', { field, maxCharacters: String(max) });
  return escapeXml(text);
};

/** Message ids are at most 35 characters and must not collide; the EndToEndId is unique already. */
const instructionId = (paymentId: string): string => createHash('sha256').update(paymentId).digest('hex').slice(0, 32);

const party = ({ name, number, bankCode }: BankAccount, tag: 'Dbtr' | 'Cdtr'): string => {
  const holder = `<${tag}><Nm>${limited(`${tag} name`, name, LIMITS.name)}</Nm></${tag}>`;
  const account = `<${tag}Acct><Id><Othr><Id>${limited(`${tag} account`, number, LIMITS.account)}</Id></Othr></Id></${tag}Acct>`;
  const agent = `<${tag}Agt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>${escapeXml(bankCode)}</MmbId></ClrSysMmbId></FinInstnId></${tag}Agt>`;
  return tag === 'Dbtr' ? holder + account + agent : agent + holder + account;
};

/**
 * A pain.001.001.09 file with one order; its payment id names the message, too. A pure function of the order: the same order gives the same bytes for ever, which
 * is why it can be archived, hashed and compared. Its time is the start of business on the execution date.
 * @throws BANK_FIELD_INVALID for a text the schema has no room for
 */
export const buildPain001 = (order: Instruction): string => {
  const id = limited('EndToEndId', order.paymentId, LIMITS.paymentId);
  const amount = yuanText(order.amountFen);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>',
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${order.executionDate}T09:00:00+08:00</CreDtTm><NbOfTxs>1</NbOfTxs>`,
    `<CtrlSum>${amount}</CtrlSum><InitgPty><Nm>${limited('InitgPty', order.debtor.name, LIMITS.name)}</Nm></InitgPty></GrpHdr>`,
    `<PmtInf><PmtInfId>${id}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>1</NbOfTxs><CtrlSum>${amount}</CtrlSum>`,
    `<ReqdExctnDt><Dt>${order.executionDate}</Dt></ReqdExctnDt>`,
    party(order.debtor, 'Dbtr'),
    `<CdtTrfTxInf><PmtId><InstrId>${instructionId(order.paymentId)}</InstrId><EndToEndId>${id}</EndToEndId></PmtId>`,
    `<Amt><InstdAmt Ccy="CNY">${amount}</InstdAmt></Amt>`,
    party(order.creditor, 'Cdtr'),
    `<RmtInf><Ustrd>${limited('remittance', order.remittance, LIMITS.remittance)}</Ustrd></RmtInf></CdtTrfTxInf>`,
    '</PmtInf></CstmrCdtTrfInitn></Document>\n',
  ].join('');
};
