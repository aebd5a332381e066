import { approvalsPayloads } from './commands/approvals.ts';
import { capitalPayloads } from './commands/capital.ts';
import { equityPayloads } from './commands/equity.ts';
import { guaranteePayloads } from './commands/guarantee.ts';
import { guidancePayloads } from './commands/guidance.ts';
import { importsPayloads } from './commands/imports.ts';
import { lendingPayloads } from './commands/lending.ts';
import { paymentsPayloads } from './commands/payments.ts';
import { registerPayloads } from './commands/register.ts';
import { seedPayloads } from './commands/seed.ts';

/** The payload of every kind of command, in wire form. Changing one means a new version of the envelope. */
export const payloads = {
  ...approvalsPayloads,
  ...capitalPayloads,
  ...lendingPayloads,
  ...paymentsPayloads,
  ...equityPayloads,
  ...guidancePayloads,
  ...guaranteePayloads,
  ...importsPayloads,
  ...registerPayloads,
  ...seedPayloads,
} as const;

export type CommandKind = keyof typeof payloads;
