import type { CommandKind } from '#shared/contracts/commands.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import type { Prepared } from './execute.ts';
import { approvalsKinds } from './kinds/approvals.ts';
import { capitalKinds } from './kinds/capital.ts';
import { equityKinds } from './kinds/equity.ts';
import { guaranteeKinds } from './kinds/guarantee.ts';
import { guidanceKinds } from './kinds/guidance.ts';
import { importsKinds } from './kinds/imports.ts';
import type { Kind } from './kinds/kind.ts';
import { lendingKinds } from './kinds/lending.ts';
import { paymentsKinds } from './kinds/payments.ts';
import { registerKinds } from './kinds/register.ts';
import { seedKinds } from './kinds/seed.ts';

/** Every kind of command there is. Functions take the part they deal with. */
export const allKinds = {
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
} as const satisfies Readonly<Record<CommandKind, Kind>>;

/** Makes a command of any kind ready; for what deals with all of them. @throws z.ZodError */
export const prepare = (name: CommandKind, fundId: string, id: string, payload: unknown, actor: Actor): Prepared =>
  allKinds[name].prepare(fundId, id, payload, actor);
