import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVirtualClock } from '#infra/local/clock.ts';
import type { LocalCloud } from '#infra/local/cloud.ts';
import { startSmallCloud, temporaryDirectory } from './support/cloud.ts';

const directory = temporaryDirectory();
const clock = createVirtualClock();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startSmallCloud(directory.path, { clock });
});
afterAll(async () => {
  await cloud.stop();
  directory.remove();
});

async function call(what: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${cloud.apiUrl}/open/thing?do=${what}`);
  return { status: response.status, body: await response.json() };
}

describe('a function', () => {
  it('has the environment of the template and what Lambda adds, and nothing of this process', async () => {
    const { body } = await call('environment');
    const names = Object.keys(body ?? {});
    expect(body).toMatchObject({ GREETING: '你好', ENTRIES: cloud.outputs['EntriesTable'], AWS_REGION: 'us-east-1' });
    expect(names.filter((name) => !/^(AWS_|_HANDLER$|TZ$)/.test(name)).sort()).toEqual(['ENTRIES', 'GREETING']);
  });

  it('reads the virtual clock, however it asks for the time', async () => {
    clock.set('2019-07-31T16:00:00Z');
    const { body } = await call('time');
    clock.reset();
    const { now, iso, remaining } = body as { now: number; iso: string; remaining: number };
    // Asked twice, within the hour.
    expect([iso, new Date(now).toISOString()]).toEqual(Array(2).fill(expect.stringMatching(/^2019-07-31T16:/)));
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(2_000);
  });
});

describe('a function that fails', () => {
  const failed = { status: 500, body: { message: 'Internal Server Error' } };

  it.each(['throw', 'malformed', 'reject', 'exit', 'hang'])(
    'by %s is an error of the server, and the next call is served',
    async (how) => {
      expect(await call(how)).toEqual(failed);
      expect((await call('time')).status).toBe(200);
    },
  );

  it('leaves the reason in its log, in the words of Lambda', async () => {
    await cloud.stop();
    const log = readFileSync(join(directory.path, 'cloud', 'logs', 'Small-ApiFunction.log'), 'utf8');
    expect(log).toContain('thrown on purpose');
    expect(log).toContain('Runtime.UnhandledPromiseRejection');
    expect(log).toContain('Runtime.ExitError');
    expect(log).toContain('Task timed out after 2.00 seconds');
    cloud = await startSmallCloud(directory.path, { clock });
  });
});
