import { type Container, type Network, never } from './network.ts';
import type { Fate, Storm } from './storm.ts';
import { MINUTE, type Timeline } from './timeline.ts';

/** A function that runs longer is ended by Lambda, unless it is one that nobody ends: the worst case. */
const TIMEOUT_MILLISECONDS = 2 * MINUTE;

/** Calls take their time on the timeline, and meet the fates of a storm. */
export const stormyNetwork = (timeline: Timeline, storm: Storm): Network => {
  const sleep = (container: Container, milliseconds: number): Promise<void> =>
    new Promise((resolve) =>
      timeline.after(milliseconds, () => {
        if (container.alive) resolve();
      }),
    );

  /** The way out: a request that is under way may arrive although who sent it is dead by then. */
  const carry = <T>(container: Container, fate: Fate, effect: () => T): Promise<Carried<T>> =>
    new Promise((resolve) => {
      if (fate.waitMilliseconds > TIMEOUT_MILLISECONDS && storm.random.chance(0.5))
        timeline.after(TIMEOUT_MILLISECONDS, () => container.kill());
      timeline.after(fate.waitMilliseconds, () => {
        if (!container.alive && !storm.random.chance(0.5)) return;
        if (!container.alive && fate.arrives) storm.note('call lands although its container died');
        const carried = fate.arrives ? attempt(effect) : { error: fate.error };
        if (container.alive) resolve(carried);
      });
    });

  return {
    now: () => timeline.nowMilliseconds,
    sleep,
    call: async (container, call, effect) => {
      container.calls += 1;
      const fate = storm.fateOf(call, timeline.nowMilliseconds);
      timeline.log(`${container.name} ${call.command} ${call.size} ${fate.death ?? fate.error?.name ?? ''}`);
      if (fate.death === 'before') {
        container.kill();
        return await never();
      }
      const carried = await carry(container, fate, effect);
      if (fate.death === 'after') {
        container.kill();
        return await never();
      }
      await sleep(container, fate.backMilliseconds);
      if (fate.error !== undefined) throw fate.error;
      if ('error' in carried) throw carried.error;
      return carried.value;
    },
  };
};

type Carried<T> = { readonly value: T } | { readonly error: unknown };

const attempt = <T>(effect: () => T): Carried<T> => {
  try {
    return { value: effect() };
  } catch (error) {
    return { error };
  }
};
