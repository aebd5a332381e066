import { registerPayloads as payloads } from '#shared/contracts/commands/register.ts';
import { endBank, recogniseBank } from '#shared/domain/register/bank-commands.ts';
import { enrolFirm, listFirm, moveFirm, recordRound } from '#shared/domain/register/commands.ts';
import { kind } from './kind.ts';

export const registerKinds = {
  'register.enrol': kind(enrolFirm, payloads['register.enrol']),
  'register.move': kind(moveFirm, payloads['register.move']),
  'register.list': kind(listFirm, payloads['register.list']),
  'register.round': kind(recordRound, payloads['register.round']),
  'register.recognise-bank': kind(recogniseBank, payloads['register.recognise-bank']),
  'register.end-bank': kind(endBank, payloads['register.end-bank']),
} as const;
