import type { Step } from './step.ts';

/** The n-th of some things, going round; undefined when there is none. */
export const at = <T>(things: readonly T[], n: number): T | undefined => things[n % Math.max(1, things.length)];

/** An amount near `base`, or an absurd one; in wire form, which not all of them have. */
export const officeFen = ({ amount }: Pick<Step, 'amount'>, base: bigint): string => {
  const scale: readonly string[] = [
    String(base),
    String(base),
    String(base / 3n),
    String(base + 1n),
    String(base > 0n ? base - 1n : 0n),
    '1',
    String(base * 2n + 7n),
    '0',
    '1000000000000000',
    '10000000000000000',
    '-5',
    '1.5',
  ];
  return scale[amount % scale.length] ?? '0';
};
