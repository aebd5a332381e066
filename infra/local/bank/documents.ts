import { escapeXml } from '#shared/adapters/bank/xml.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import { yuanText } from '#shared/domain/money.ts';
import type { Movement } from './books.ts';

export interface DayStatement {
  readonly statementId: string;
  readonly account: string;
  readonly date: BusinessDate;
  readonly openingFen: bigint;
  readonly closingFen: bigint;
  readonly movements: readonly Movement[];
}

const tag = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;
const amount = (fen: bigint): string => `<Amt Ccy="CNY">${yuanText(fen)}</Amt>`;

const balance = (code: 'OPBD' | 'CLBD', fen: bigint, date: BusinessDate): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(fen)}<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;

const parties = ({ side, party, partyAccount }: Movement): string => {
  const role = side === 'credit' ? 'Dbtr' : 'Cdtr';
  return `<RltdPties><${role}><Pty>${tag('Nm', party)}</Pty></${role}><${role}Acct><Id><Othr>${tag('Id', partyAccount)}</Othr></Id></${role}Acct></RltdPties>`;
};

const entry = (movement: Movement): string =>
  [
    `<Ntry>${tag('NtryRef', movement.reference)}${amount(movement.amountFen)}`,
    `<CdtDbtInd>${movement.side === 'credit' ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>`,
    `<BookgDt><Dt>${movement.bookedOn}</Dt></BookgDt><ValDt><Dt>${movement.bookedOn}</Dt></ValDt>`,
    `${tag('AcctSvcrRef', movement.reference)}<NtryDtls><TxDtls>`,
    `<Refs>${tag('EndToEndId', movement.endToEndId)}</Refs>${parties(movement)}`,
    `<RmtInf>${tag('Ustrd', movement.remittance)}</RmtInf></TxDtls></NtryDtls></Ntry>`,
  ].join('');

/** A camt.053.001.08 with one statement. The same statement has the same bytes whenever it is written. */
export const writeCamt053 = (s: DayStatement): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr>${tag('MsgId', s.statementId)}<CreDtTm>${s.date}T18:00:00+08:00</CreDtTm></GrpHdr>`,
    `<Stmt>${tag('Id', s.statementId)}<CreDtTm>${s.date}T18:00:00+08:00</CreDtTm>`,
    `<Acct><Id><Othr>${tag('Id', s.account)}</Othr></Id><Ccy>CNY</Ccy></Acct>`,
    balance('OPBD', s.openingFen, s.date),
    balance('CLBD', s.closingFen, s.date),
    ...s.movements.map(entry),
    '</Stmt></BkToCstmrStmt></Document>\n',
  ].join('');

export interface OrderStatus {
  /** Number of this report among all about the order. */
  readonly messageId: string;
  readonly endToEndId: string;
  readonly status: 'ACSP' | 'ACSC' | 'RJCT' | 'PDNG';
  readonly reasonCode: string;
  readonly reasonText: string;
  readonly on: BusinessDate;
}

/** A pain.002.001.10 about one order; the message of ours that carried it bears the order's own id. */
export const writePain002 = (s: OrderStatus): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>',
    `<GrpHdr>${tag('MsgId', s.messageId)}<CreDtTm>${s.on}T17:30:00+08:00</CreDtTm></GrpHdr>`,
    `<OrgnlGrpInfAndSts>${tag('OrgnlMsgId', s.endToEndId)}<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>`,
    `<OrgnlPmtInfAndSts>${tag('OrgnlPmtInfId', s.endToEndId)}<TxInfAndSts>${tag('OrgnlEndToEndId', s.endToEndId)}`,
    `<TxSts>${s.status}</TxSts>`,
    s.status === 'RJCT'
      ? `<StsRsnInf><Rsn>${tag('Cd', s.reasonCode)}</Rsn>${tag('AddtlInf', s.reasonText)}</StsRsnInf>`
      : '',
    '</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>\n',
  ].join('');
