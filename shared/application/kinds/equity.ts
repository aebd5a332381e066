import { equityPayloads as payloads } from '#shared/contracts/commands/equity.ts';
import { cancelAcquisition, contractAcquisition, registerAcquisition } from '#shared/domain/equity/acquire.ts';
import { declareDividend, revokeDividend } from '#shared/domain/equity/dividend.ts';
import { cancelExit, proposeExit } from '#shared/domain/equity/exit-case.ts';
import { proposeEquityWriteOff } from '#shared/domain/equity/write-off.ts';
import { kind } from './kind.ts';

export const equityKinds = {
  'acquisition.contract': kind(contractAcquisition, payloads['acquisition.contract']),
  'acquisition.register': kind(registerAcquisition, payloads['acquisition.register']),
  'acquisition.cancel': kind(cancelAcquisition, payloads['acquisition.cancel']),
  'dividend.declare': kind(declareDividend, payloads['dividend.declare']),
  'dividend.revoke': kind(revokeDividend, payloads['dividend.revoke']),
  'exit.propose': kind(proposeExit, payloads['exit.propose']),
  'exit.cancel': kind(cancelExit, payloads['exit.cancel']),
  'holding.propose-write-off': kind(proposeEquityWriteOff, payloads['holding.propose-write-off']),
} as const;
