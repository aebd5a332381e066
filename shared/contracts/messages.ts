import * as z from 'zod';
import { fundIdText, jobIdText, paymentIdText } from './scalars.ts';

/** Version of the envelope; consumers take this one and the one before. */
export const ENVELOPE_VERSION = 1;

const bare = z.strictObject({
  v: z.literal(ENVELOPE_VERSION),
  id: z.string().min(1).max(128),
  kind: z.string().max(60),
  fundId: fundIdText,
  payload: z.record(z.string(), z.json()),
});

/** A command on a queue. Only machines send these; people's commands come through the API. */
export type Envelope = z.output<typeof bare>;

/**
 * The envelopes a consumer understands. One of another kind, or whose payload is not of its kind, is not understood, so that
 * it is told from what came before it in a batch.
 * @param kinds by name, each with the schema of its payload
 */
export const envelopeOf = (kinds: Readonly<Record<string, { readonly payload: z.ZodType }>>): z.ZodType<Envelope> =>
  bare.superRefine(({ kind, payload }, context) => {
    const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (known === undefined) context.addIssue({ code: 'custom', message: 'no such kind', path: ['kind'] });
    for (const { message, path } of known?.payload.safeParse(payload).error?.issues ?? [])
      context.addIssue({ code: 'custom', message, path: ['payload', ...path] });
  });

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
