import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Activity } from '#infra/local/activity.ts';
import { createVirtualClock } from '#infra/local/clock.ts';
import { LambdaFunction } from '#infra/local/lambda/function.ts';
import { openLogFile } from '#infra/local/lambda/log-file.ts';
import { findBundle } from '#infra/local/provision/assets.ts';
import { temporaryDirectory } from './support/cloud.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let running: LambdaFunction[];

beforeEach(() => {
  directory = temporaryDirectory();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  directory.remove();
});

/** A function with the given files in its asset; the handler is `index.handler`. */
function functionOf(files: Record<string, string>, reservedConcurrency?: number): LambdaFunction {
  const asset = join(directory.path, 'asset.code');
  mkdirSync(asset, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(asset, name), text);
  const stack = { name: 'Small', assetDirectory: directory.path, template: { Resources: {} } };
  const bundle = findBundle(stack, 'code.zip', 'index.handler');
  const start = { functionName: 'f', functionArn: 'arn:f', memoryMegabytes: 128, clock: createVirtualClock().buffer };
  const code = { start: { ...start, ...bundle }, variables: {}, timeoutSeconds: 10 };
  const made = new LambdaFunction(code, join(directory.path, 'f.log'), new Activity(), reservedConcurrency);
  running.push(made);
  return made;
}

const COMMON = { 'package.json': '{"type":"commonjs"}' };

describe('a bundle', () => {
  it('may be CommonJS or an ES module', async () => {
    const common = functionOf({ ...COMMON, 'index.js': 'exports.handler = async (event) => [event.n, typeof module]' });
    expect(await common.invoke({ n: 1 })).toEqual({ ok: true, payload: [1, 'object'] });
    await common.stop();
    const module = functionOf({
      'package.json': '{"type":"module"}',
      'index.js': 'export const handler = (event) => [event.n, typeof import.meta.url]',
    });
    expect(await module.invoke({ n: 2 })).toEqual({ ok: true, payload: [2, 'string'] });
  });

  it('must be there', () => {
    expect(() => functionOf({ 'other.js': '' })).toThrow(/no file for handler index.handler/);
  });

  it('that cannot be loaded, or exports no such handler, fails each call', async () => {
    const broken = functionOf({ ...COMMON, 'index.js': 'throw new TypeError("not today")' });
    for (let calls = 0; calls < 2; calls += 1) {
      expect(await broken.invoke({})).toMatchObject({ ok: false, error: { errorType: 'TypeError' } });
    }
    const nameless = functionOf({ ...COMMON, 'index.js': 'exports.other = () => 1' });
    expect(await nameless.invoke({})).toMatchObject({ ok: false, error: { errorMessage: /does not export/ } });
  });
});

describe('the environments of a function', () => {
  const files = {
    ...COMMON,
    'index.js': `const { threadId } = require('node:worker_threads');
      let calls = 0;
      exports.handler = async ({ wait = 0 }) => {
        await new Promise((resolve) => setTimeout(resolve, wait));
        return { threadId, calls: (calls += 1) };
      };`,
  };
  const payloadOf = async (call: ReturnType<LambdaFunction['invoke']>) => {
    const outcome = await call;
    return outcome.ok ? (outcome.payload as { threadId: number; calls: number }) : expect.fail('the call failed');
  };

  it('stay warm between calls', async () => {
    const warm = functionOf(files);
    const first = await payloadOf(warm.invoke({}));
    expect(await payloadOf(warm.invoke({}))).toEqual({ threadId: first.threadId, calls: 2 });
  });

  it('take one call at a time, so that calls at the same time are in threads of their own', async () => {
    const busy = functionOf(files);
    const [one, two] = await Promise.all([
      payloadOf(busy.invoke({ wait: 300 })),
      payloadOf(busy.invoke({ wait: 300 })),
    ]);
    expect(one.threadId).not.toBe(two.threadId);
  });

  it('are as many as the reserved concurrency lets be, and the function says when that is used up', async () => {
    const single = functionOf(files, 1);
    const calls = [single.invoke({ wait: 50 }), single.invoke({ wait: 50 })];
    expect(single.throttled).toBe(true);
    const [one, two] = await Promise.all(calls.map(payloadOf));
    expect([one?.threadId, two?.calls]).toEqual([two?.threadId, 2]);
    expect(single.throttled).toBe(false);
  });

  it('end at once when the cloud ends, and what they were doing is a failure', async () => {
    const stopped = functionOf(files);
    const call = stopped.invoke({ wait: 60_000 });
    await payloadOf(stopped.invoke({}));
    await stopped.stop();
    expect(await call).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
  });
});

describe('a log', () => {
  it('keeps the newest few megabytes and goes on where it was', () => {
    const file = join(directory.path, 'logs', 'f.log');
    const first = openLogFile(file);
    first.write('first\n');
    first.close();
    for (let megabyte = 0; megabyte < 12; megabyte += 1) {
      const log = openLogFile(file);
      log.write(`${'x'.repeat(1024 * 1024)}\n`);
      log.close();
    }
    const last = openLogFile(file);
    last.write('last\n');
    last.close();
    expect(readFileSync(file, 'utf8')).toMatch(/last\n$/);
    expect(readFileSync(`${file}.1`, 'utf8')).not.toContain('first');
    expect(statSync(file).size + statSync(`${file}.1`).size).toBeLessThan(9 * 1024 * 1024);
  });
});
