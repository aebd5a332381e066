import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import type { Prepared } from './execute.ts';
import { approvalsKinds } from './kinds/approvals.ts';
import { capitalKinds } from './kinds/capital.ts';
import { equityKinds } from './kinds/equity.ts';
import { guaranteeKinds } from './kinds/guarantee.ts';
import { guidanceKinds } from './kinds/guidance.ts';
import { importsKinds } from './kinds/imports.ts';
import type { Preparer } from './kinds/kind.ts';
import { lendingKinds } from './kinds/lending.ts';
import { paymentsKinds } from './kinds/payments.ts';
import { registerKinds } from './kinds/register.ts';
import { seedKinds } from './kinds/seed.ts';

const kinds = {
  ...approvalsKinds,
  ...capitalKinds,
  ...lendingKinds,
  ...paymentsKinds,
  ...equityKinds,
  ...guidanceKinds,
  ...guaranteeKinds,
  ...importsKinds,
  ...registerKinds,
  ...seedKinds,
} as const satisfies Readonly<Record<CommandKind, Preparer>>;

/**
 * Makes a command ready for the kernel.
 * @param payload in wire form; it is parsed, and its hash is what the same id must come with again.
 * @throws z.ZodError when the payload is not of its kind
 */
export const prepare = (name: CommandKind, fundId: string, id: string, payload: unknown, actor: Actor): Prepared =>
  kinds[name](fundId, id, payload, actor);

/** The machine that acts for the fund office: queues, schedules, bank files. */
export const SYSTEM: Actor = { kind: 'system', id: 'jinqu', roles: [] };
