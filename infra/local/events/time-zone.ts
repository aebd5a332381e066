/** A moment as people in a place read it off the wall. The month counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The clock on the wall of an IANA time zone. Throws RangeError for a zone that does not exist. */
export interface TimeZone {
  wallTimeAt(milliseconds: number): WallTime;
  /** The instant of a wall time, or undefined when the zone skips it (the start of summer time). */
  instantOf(time: WallTime): number | undefined;
}

export function timeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const wallTimeAt = (milliseconds: number): WallTime => {
    const parts = new Map(format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0] = [parts.get('year'), parts.get('month'), parts.get('day')];
    return { year, month, day, hour: parts.get('hour') ?? 0, minute: parts.get('minute') ?? 0 };
  };
  const asUtc = ({ year, month, day, hour, minute }: WallTime) => Date.UTC(year, month - 1, day, hour, minute);
  return {
    wallTimeAt,
    instantOf: (time) => {
      const wanted = asUtc(time);
      let instant = wanted;
      for (let correction = 0; correction < 2; correction += 1) instant += wanted - asUtc(wallTimeAt(instant));
      return asUtc(wallTimeAt(instant)) === wanted ? instant : undefined;
    },
  };
}
