import { importsPayloads as payloads } from '#shared/contracts/commands/imports.ts';
import { advanceImport, failImport, openImport } from '#shared/domain/imports/commands.ts';
import { kind } from './kind.ts';

export const importsKinds = {
  'import.open': kind(openImport, payloads['import.open']),
  'import.advance': kind(advanceImport, payloads['import.advance']),
  'import.fail': kind(failImport, payloads['import.fail']),
} as const;
