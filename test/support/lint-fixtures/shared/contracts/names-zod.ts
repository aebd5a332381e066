import type { ZodType } from 'zod'; // bites: plugin
import { z } from 'zod'; // bites: plugin
import '#shared/adapters/memory/ledger.ts'; // bites: noRestrictedImports
import whole from 'zod'; // bites: plugin

export { object } from 'zod'; // bites: plugin
export const schemas: ZodType[] = [z.string(), whole.string()];
