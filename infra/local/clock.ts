/**
 * The time the Lambdas see. It runs at the speed of the real clock and is offset from it, so that a demonstration can play
 * years of history; the offset lives in shared memory and reaches every worker thread at once.
 */
export interface VirtualClock {
  /** Eight bytes holding the offset in milliseconds, shared with every worker thread. */
  readonly buffer: SharedArrayBuffer;
  /** The instant a Lambda would read now, as ISO 8601 UTC. */
  now(): string;
  /** Makes "now" the given instant; the clock then runs on from there. Throws RangeError when it is not an ISO instant. */
  set(isoInstant: string): void;
  /** Back to real time. */
  reset(): void;
}

/** A clock at real time (offset zero). */
export function createVirtualClock(): VirtualClock {
  const buffer = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(buffer);
  return {
    buffer,
    now: () => new Date(Date.now() + Number(Atomics.load(offset, 0))).toISOString(),
    set: (isoInstant) => {
      const target = Date.parse(isoInstant);
      if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(isoInstant) || Number.isNaN(target)) {
        throw new RangeError(`not an ISO instant with a time zone: ${isoInstant}`);
      }
      Atomics.store(offset, 0, BigInt(target - Date.now()));
    },
    reset: () => {
      Atomics.store(offset, 0, 0n);
    },
  };
}

/**
 * Replaces this thread's `Date` by one that adds the shared offset to every reading of the current time. Must run before
 * the bundle is loaded, because a bundle may keep a reference to `Date`.
 */
export function installVirtualDate(buffer: SharedArrayBuffer): void {
  const offset = new BigInt64Array(buffer);
  const RealDate = Date;
  const now = () => RealDate.now() + Number(Atomics.load(offset, 0));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
  });
}
