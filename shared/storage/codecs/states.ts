import * as z from 'zod';
import type { EntityStates, EntityType } from '#shared/domain/entities.ts';
import { ERROR_CODES } from '#shared/errors/catalogue.ts';
import { facts } from './scalars.ts';
import { approvalsStates } from './states/approvals.ts';
import { capitalStates } from './states/capital.ts';
import { equityStates } from './states/equity.ts';
import { guaranteeStates } from './states/guarantee.ts';
import { guidanceStates } from './states/guidance.ts';
import { importsStates } from './states/imports.ts';
import { lendingStates } from './states/lending.ts';
import { paymentsStates } from './states/payments.ts';
import { registerStates } from './states/register.ts';

/** The schema of every entity's state. A read that does not fit is a fault of ours and stops before it does harm. */
export const stateSchemas = {
  ...approvalsStates,
  ...capitalStates,
  ...lendingStates,
  ...paymentsStates,
  ...guaranteeStates,
  ...equityStates,
  ...guidanceStates,
  ...importsStates,
  ...registerStates,
  refusal: z.strictObject({ code: z.enum(ERROR_CODES), details: facts }),
  applied: z.strictObject({ applied: z.array(z.string()) }),
} satisfies { readonly [T in keyof EntityStates]: z.ZodType<EntityStates[T]> };

/** The statuses entities of a type may have; undefined for a type whose entities have none. */
export const statusesOf = (type: EntityType): z.ZodEnum | undefined => {
  const schema: z.ZodType = stateSchemas[type];
  const status = schema instanceof z.ZodObject ? schema.shape['status'] : undefined;
  return status instanceof z.ZodEnum ? status : undefined;
};
