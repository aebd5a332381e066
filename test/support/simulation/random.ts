/** Chance that is the same for the same seed. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** Whole number from `min` to `max`, both included. */
  readonly between: (min: number, max: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(all: readonly [T, ...T[]]) => T;
  /** From `min` to `max`, every order of magnitude as likely as the other. */
  readonly spread: (min: number, max: number) => number;
  readonly shuffle: <T>(all: readonly T[]) => T[];
  /** Chance of its own for one part of the world, so that what one part draws does not shift the others. */
  readonly fork: (name: string) => Random;
}

/** FNV-1a; mixes a name into a seed. */
const mix = (seed: number, name: string): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** A small generator of 32 bits of state (mulberry32): ample for choosing what goes wrong next. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const between = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (all) => all[between(0, all.length - 1)] ?? all[0],
    spread: (min, max) => Math.round(min * (max / min) ** next()),
    shuffle: (all) => {
      const mixed = [...all];
      for (let i = mixed.length - 1; i > 0; i -= 1) {
        const j = between(0, i);
        const [a, b] = [mixed[i], mixed[j]];
        if (a !== undefined && b !== undefined) [mixed[i], mixed[j]] = [b, a];
      }
      return mixed;
    },
    fork: (name) => createRandom(mix(seed, name)),
  };
};
