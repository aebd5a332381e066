import { firmsImport } from './firms.ts';
import { balancesImport, claimsImport, filingsImport, gradingsImport } from './guarantee.ts';
import type { ImportKind } from './kind.ts';

/** Every kind of file that may be handed in. */
export const importKinds = {
  firms: firmsImport,
  filings: filingsImport,
  balances: balancesImport,
  claims: claimsImport,
  gradings: gradingsImport,
} as const satisfies Readonly<Record<string, ImportKind>>;

export const isImportKind = (name: string): name is keyof typeof importKinds => Object.hasOwn(importKinds, name);
