import { registerKinds } from '../kinds/register.ts';
import type { ImportKind } from './kind.ts';

const YES = new Set(['是', 'Y', 'y', 'yes', 'true', '1']);

/** Enterprises for the register. */
export const firmsImport: ImportKind = {
  summary: { zh: '企业批量入库', en: 'Enterprises for the register' },
  roles: ['officer', 'admin'],
  kinds: registerKinds,
  columns: ['firmId', 'name', 'registeredOn', 'industry', 'technology'],
  commands: ({ firmId, name, registeredOn, industry, technology = '' }) => [
    {
      kind: 'register.enrol',
      payload: { firmId, name, registeredOn, industry, technology: YES.has(technology) },
    },
  ],
};
