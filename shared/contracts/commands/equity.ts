import * as z from 'zod';
import { equityWriteOffProposal, exitProposal } from '../documents/equity.ts';
import {
  acquisitionIdText,
  caseIdText,
  dateText,
  dividendIdText,
  exitIdText,
  fenText,
  holdingIdText,
  lineText,
  sha256Text,
} from '../scalars.ts';

/** Equity from the contract of an acquisition to the last recovery. */
export const equityPayloads = {
  'acquisition.contract': z.strictObject({
    acquisitionId: acquisitionIdText,
    contractNumber: lineText(40),
    contractSha256: sha256Text,
    signedOn: dateText,
  }),
  'acquisition.register': z.strictObject({
    acquisitionId: acquisitionIdText,
    registeredOn: dateText,
    noticeSha256: sha256Text,
  }),
  'acquisition.cancel': z.strictObject({ acquisitionId: acquisitionIdText, reason: lineText(200) }),
  'dividend.declare': z.strictObject({
    dividendId: dividendIdText,
    holdingId: holdingIdText,
    incomeFen: fenText,
    capitalFen: fenText,
    declaredOn: dateText,
    documentNumber: lineText(60),
    documentSha256: sha256Text,
  }),
  'dividend.revoke': z.strictObject({ dividendId: dividendIdText, reason: lineText(200) }),
  'exit.propose': z.strictObject({ caseId: caseIdText, exit: exitProposal }),
  'exit.cancel': z.strictObject({ exitId: exitIdText, reason: lineText(200) }),
  'holding.propose-write-off': z.strictObject({ caseId: caseIdText, writeOff: equityWriteOffProposal }),
} as const;
