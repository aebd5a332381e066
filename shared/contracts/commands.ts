import * as z from 'zod';
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
import { fundIdText, jobIdText, paymentIdText } from './scalars.ts';

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

/** Version of the envelope; consumers take this one and the one before. */
export const ENVELOPE_VERSION = 1;

/**
 * A command on a queue. Only machines send these; people's commands come through the API. One whose payload is not of its
 * kind is not understood, so that it is told from what came before it in a batch.
 */
export const envelope = z
  .strictObject({
    v: z.literal(ENVELOPE_VERSION),
    id: z.string().min(1).max(128),
    kind: z.enum(Object.keys(payloads) as [CommandKind, ...CommandKind[]]),
    fundId: fundIdText,
    payload: z.record(z.string(), z.json()),
  })
  .superRefine(({ kind, payload }, context) => {
    for (const { message, path } of payloads[kind].safeParse(payload).error?.issues ?? [])
      context.addIssue({ code: 'custom', message, path: ['payload', ...path] });
  });
export type Envelope = z.output<typeof envelope>;

/** What the payment queue carries: send an instruction, or ask the bank what became of it. */
export const paymentMessage = z.strictObject({
  v: z.literal(ENVELOPE_VERSION),
  id: z.string().min(1).max(128),
  kind: z.enum(['payment.send', 'payment.enquire']),
  fundId: fundIdText,
  payload: z.strictObject({ paymentId: paymentIdText }),
});
export type PaymentMessage = z.output<typeof paymentMessage>;

/** What the imports queue carries: deal with the next rows of a file. */
export const importMessage = z.strictObject({
  v: z.literal(ENVELOPE_VERSION),
  id: z.string().min(1).max(128),
  kind: z.literal('import.step'),
  fundId: fundIdText,
  payload: z.strictObject({ jobId: jobIdText, fromRow: z.int().min(0) }),
});
export type ImportMessage = z.output<typeof importMessage>;
