/** Deliberate faults by file: text that occurs there once, and what is written in its stead. A test must notice each. */
export type Breakages = Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;

export interface Mutant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export const mutantsOf = (breakages: Breakages): readonly Mutant[] =>
  Object.entries(breakages).flatMap(([file, changes]) => changes.map(([from, to]) => ({ file, from, to })));

/**
 * The text with the fault in it.
 * @throws Error when the place to break is not there exactly once: the list has fallen behind the code
 */
export const broken = (text: string, { file, from, to }: Mutant): string => {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${file}: ${places} places read ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
};
