import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createVirtualClock } from '#infra/local/clock.ts';
import { type LocalCloud, startCloud } from '#infra/local/cloud.ts';
import { listOf, temporaryDirectory, writeEntry } from './support/cloud.ts';
import { smallStack } from './support/stack.ts';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

/** The small stack with other properties of the mapping from the stream to the listener. */
async function startWith(listener: object): Promise<LocalCloud> {
  const stack = await smallStack(directory.path);
  const template = structuredClone(stack.template);
  Object.assign(template.Resources.ListenerSource.Properties, listener);
  return await startCloud({
    directory: join(directory.path, 'cloud'),
    stacks: [{ ...stack, template }],
    clock: createVirtualClock(),
  });
}

it('a mapping that is switched off reads nothing, and one that starts at the latest passes over what was before it', async () => {
  const off = await startWith({ Enabled: false });
  await writeEntry(off, 'red', '1');
  await off.idle();
  expect(await listOf(off, 'done red')).toEqual(['1']);
  expect(await listOf(off, 'heard red')).toEqual([]);
  await off.stop();

  const latest = await startWith({ StartingPosition: 'LATEST' });
  await latest.idle();
  await writeEntry(latest, 'red', '2');
  await latest.idle();
  expect(await listOf(latest, 'heard red')).toEqual(['2']);
  await latest.stop();
});

it('a mapping of a kind that is not understood keeps the cloud from starting, and says so', async () => {
  await expect(startWith({ TumblingWindowInSeconds: 60 })).rejects.toThrow(
    /Small\/ListenerSource: [\s\S]*TumblingWindow/,
  );
  await expect(startWith({ FunctionName: 'nobody' })).rejects.toThrow(/ListenerSource: no function nobody/);
  const cloud = await startWith({});
  await cloud.stop();
});
