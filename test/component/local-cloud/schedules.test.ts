import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '#infra/local/clock.ts';
import type { LocalCloud } from '#infra/local/cloud.ts';
import { listOf, startSmallCloud, temporaryDirectory } from './support/cloud.ts';

/** The schedule of the small stack fires at half past one in Shanghai, which is 17:30 of the day before in UTC. */
let directory: ReturnType<typeof temporaryDirectory>;
let clock: VirtualClock;
let cloud: LocalCloud;

beforeEach(async () => {
  directory = temporaryDirectory();
  clock = createVirtualClock();
  clock.set('2018-03-01T00:00:00Z');
  cloud = await startSmallCloud(directory.path, { clock });
});
afterEach(async () => {
  await cloud.stop();
  directory.remove();
});

const fired = async () => {
  await cloud.idle();
  return await listOf(cloud, 'fired');
};

describe('a schedule', () => {
  it('does not fire for what lies before its making', async () => {
    expect(await fired()).toEqual([]);
  });

  it('fires when the virtual clock passes its time, and not before', async () => {
    clock.set('2018-03-01T17:29:00Z');
    expect(await fired()).toEqual([]);
    clock.set('2018-03-01T17:30:00Z');
    expect(await fired()).toEqual(['2018-03-01T17:30:00Z']);
    clock.set('2018-03-02T17:30:00Z');
    expect(await fired()).toEqual(['2018-03-01T17:30:00Z', '2018-03-02T17:30:00Z']);
  });

  it('fires once in a leap over many of its times', async () => {
    clock.set('2018-06-01T00:00:00Z');
    expect(await fired()).toEqual(['2018-03-01T17:30:00Z']);
    expect(await fired()).toHaveLength(1);
  });

  it('follows a clock that is set back', async () => {
    clock.set('2018-03-10T00:00:00Z');
    await fired();
    clock.set('2018-03-02T00:00:00Z');
    await fired();
    clock.set('2018-03-02T18:00:00Z');
    expect(await fired()).toEqual(['2018-03-01T17:30:00Z', '2018-03-02T17:30:00Z']);
  });

  it('fires once at the start for what it missed while the cloud was down', async () => {
    await cloud.stop();
    clock.set('2018-03-05T00:00:00Z');
    cloud = await startSmallCloud(directory.path, { clock });
    expect(await fired()).toEqual(['2018-03-01T17:30:00Z']);
    await cloud.stop();
    cloud = await startSmallCloud(directory.path, { clock });
    expect(await fired()).toHaveLength(1);
  });

  it('sends to a FIFO queue each time, though months pass in seconds and the messages are alike', async () => {
    for (const day of ['2018-04-01', '2018-05-01', '2018-06-01']) {
      clock.set(`${day}T12:00:00Z`);
      await cloud.idle();
    }
    const begun = (await listOf(cloud, 'spans months')).filter((span) => span.startsWith('begin'));
    expect(begun).toHaveLength(3);
  });

  it('fires on demand, and what was due of it is done with that', async () => {
    clock.set('2018-03-01T18:00:00Z');
    await cloud.fireSchedule('NIGHT');
    clock.set('2018-03-02T17:00:00Z');
    expect(await fired()).toHaveLength(1);
    await expect(cloud.fireSchedule('no such thing')).rejects.toThrow(/0 schedules fit .* nightly, monthly/);
  });
});
