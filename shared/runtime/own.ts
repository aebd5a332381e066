import * as z from 'zod';
import { viewKeys } from '#shared/application/projection.ts';
import { filingIdText, fundIdText } from '#shared/contracts/scalars.ts';
import { filingIdOf } from '#shared/domain/guarantee/filing.ts';
import { bankOf, confinedTo, type Principal } from '#shared/runtime/principal.ts';

export const oneFiling = z.strictObject({ fundId: fundIdText, filingId: filingIdText });

/** Whether a caller may see something of a bank's: the fund office may, and that bank. */
export const maySeeOf = (principal: Principal, state: object): boolean => {
  const bank = confinedTo(principal);
  return bank === undefined || ('bankId' in state && state.bankId === bank);
};

/** A row that names its contract, as a command's payload that names the filing. */
export const ofContract = (row: Readonly<Record<string, unknown>>, principal: Principal) => {
  const { contractNumber, ...rest } = row;
  return { filingId: filingIdOf(bankOf(principal), String(contractNumber)), ...rest };
};

/** The list a caller reads: of all, or of its bank alone. */
export const ownList = (type: string, principal: Principal): string => {
  const bank = confinedTo(principal);
  return bank === undefined ? type : viewKeys.own(type, bank);
};
