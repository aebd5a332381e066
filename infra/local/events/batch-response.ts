import * as z from 'zod';
import type { Outcome } from '../lambda/protocol.ts';

const response = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() });

/**
 * The identifiers of a batch the function reports as failed, as Lambda understands its answer: nothing or an empty list
 * is success; a failed invocation, an answer of another form and an identifier that is not in the batch fail all of it.
 *
 * @param partial whether the event source is set to read the answer (`ReportBatchItemFailures`)
 */
export function failedItems(outcome: Outcome, identifiers: readonly string[], partial: boolean): ReadonlySet<string> {
  const all = new Set(identifiers);
  if (!outcome.ok) return all;
  if (!partial || outcome.payload === undefined || outcome.payload === null) return new Set();
  const parsed = response.safeParse(outcome.payload);
  if (!parsed.success) return all;
  const failed = new Set((parsed.data.batchItemFailures ?? []).map((failure) => failure.itemIdentifier));
  return [...failed].every((identifier) => all.has(identifier)) ? failed : all;
}
