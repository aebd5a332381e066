import * as z from 'zod';

/** How the bank treats an order. */
const behaviour = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('settles') }),
  z.strictObject({ kind: z.literal('rejects'), reasonCode: z.string().max(35), reasonText: z.string().max(140) }),
  /** Says nothing and pays nothing until somebody enquires after the order; then it pays. */
  z.strictObject({ kind: z.literal('stays-silent') }),
  /** Says that the order is accepted, and pays some working days later. */
  z.strictObject({ kind: z.literal('answers-late'), workingDays: z.int().min(1).max(30) }),
  /** Every answer about the order is delivered twice, in two files. */
  z.strictObject({ kind: z.literal('answers-twice') }),
  /** The statement that shows the payment is delivered twice, in two files. */
  z.strictObject({ kind: z.literal('statement-twice') }),
]);
export type Behaviour = z.output<typeof behaviour>;

/** Which orders a rule is for (all parts given must fit), how many of them at most, and what the bank does with these. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  when: z.strictObject({
    creditorAccount: z.string().exactOptional(),
    creditorName: z.string().exactOptional(),
    endToEndId: z.string().exactOptional(),
  }),
  times: z.int().min(1).exactOptional(),
  behaviour,
});
export type Rule = z.output<typeof ruleSchema>;

/** What of an order rules look at. */
export interface RuledOrder {
  readonly endToEndId: string;
  readonly creditorName: string;
  readonly creditorAccount: string;
}

/**
 * The first rule that is for this order and not used up, or undefined: the bank then settles.
 * @param uses how often a rule, by its id, has been applied before
 */
export const ruleFor = (rules: readonly Rule[], order: RuledOrder, uses: (id: string) => number): Rule | undefined =>
  rules.find(
    ({ id, when, times }) =>
      (when.creditorAccount === undefined || when.creditorAccount === order.creditorAccount) &&
      (when.creditorName === undefined || when.creditorName === order.creditorName) &&
      (when.endToEndId === undefined || when.endToEndId === order.endToEndId) &&
      (times === undefined || uses(id) < times),
  );
