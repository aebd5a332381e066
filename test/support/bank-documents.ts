import { formatYuan } from '#shared/domain/money.ts';

/** A line of a statement as the bank knows it. */
export interface BankEntry {
  readonly reference: string;
  readonly bookedOn: string;
  readonly side: 'credit' | 'debit';
  readonly amountFen: bigint;
  readonly endToEndId?: string;
  readonly payer?: string;
  readonly remittance?: string;
  /** Money that had left and came back. */
  readonly reversal?: boolean;
}

export interface BankStatement {
  readonly id: string;
  readonly account: string;
  readonly date: string;
  readonly openingFen: bigint;
  readonly entries: readonly BankEntry[];
}

const amount = (fen: bigint): string => `<Amt Ccy="CNY">${formatYuan(fen).replaceAll(',', '')}</Amt>`;
const indicator = (side: BankEntry['side']): string => `<CdtDbtInd>${side === 'credit' ? 'CRDT' : 'DBIT'}</CdtDbtInd>`;

/** What the account holds after the statement, in fen. */
export const closingFen = ({ openingFen, entries }: BankStatement): bigint =>
  entries.reduce((sum, e) => sum + (e.side === 'credit' ? e.amountFen : -e.amountFen), openingFen);

const balance = (code: 'OPBD' | 'CLBD', fen: bigint, date: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(fen)}${indicator('credit')}<Dt><Dt>${date}</Dt></Dt></Bal>`;

const entryXml = (e: BankEntry): string => {
  const [party, account] = e.side === 'credit' ? ['Dbtr', 'DbtrAcct'] : ['Cdtr', 'CdtrAcct'];
  return [
    `<Ntry>${amount(e.amountFen)}${indicator(e.side)}<RvslInd>${e.reversal === true}</RvslInd>`,
    `<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${e.bookedOn}</Dt></BookgDt><AcctSvcrRef>${e.reference}</AcctSvcrRef>`,
    `<NtryDtls><TxDtls><Refs><EndToEndId>${e.endToEndId ?? 'NOTPROVIDED'}</EndToEndId></Refs><RltdPties>`,
    `<${party}><Pty><Nm>${e.payer ?? '某单位'}</Nm></Pty></${party}>`,
    `<${account}><Id><Othr><Id>622200000001</Id></Othr></Id></${account}></RltdPties>`,
    `<RmtInf><Ustrd>${e.remittance ?? ''}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  ].join('');
};

/** A camt.053 statement of one account. */
export const camt053 = (statement: BankStatement): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">',
    `<BkToCstmrStmt><GrpHdr><MsgId>${statement.id}</MsgId></GrpHdr><Stmt><Id>${statement.id}</Id>`,
    `<Acct><Id><Othr><Id>${statement.account}</Id></Othr></Id></Acct>`,
    balance('OPBD', statement.openingFen, statement.date),
    balance('CLBD', closingFen(statement), statement.date),
    ...statement.entries.map(entryXml),
    '</Stmt></BkToCstmrStmt></Document>',
  ].join('');

/** A pain.002 report on one payment. */
export const pain002 = (endToEndId: string, status: 'ACSP' | 'ACSC' | 'RJCT', reason = ''): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">',
    `<CstmrPmtStsRpt><GrpHdr><MsgId>R-${endToEndId}</MsgId></GrpHdr>`,
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${endToEndId}</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts>`,
    `<OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>${status}</TxSts>`,
    `<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>${reason}</AddtlInf></StsRsnInf>`,
    '</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>',
  ].join('');

/** What one payment order of ours says, read back from its file. */
export const readPain001 = (xml: string): { endToEndId: string; amountFen: bigint; payee: string } => {
  const field = (pattern: RegExp): string => pattern.exec(xml)?.[1] ?? '';
  const [yuan = '', fen = ''] = field(/<InstdAmt Ccy="CNY">([\d.]+)</).split('.');
  return {
    endToEndId: field(/<EndToEndId>([^<]+)</),
    amountFen: BigInt(yuan) * 100n + BigInt(fen),
    payee: field(/<CdtrAcct><Id><Othr><Id>([^<]+)</),
  };
};
