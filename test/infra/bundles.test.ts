import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Bundle, buildBundles, bytesOf, contentsOf, load } from '../support/bundles.ts';

/** Architecture, section 8. */
const BYTES_MAX = 600_000;

const outdir = mkdtempSync(join(tmpdir(), 'jinqu-bundles-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const bundles = buildBundles(outdir).map((bundle): [string, Bundle] => [bundle.entry, bundle]);

describe('the functions as they are deployed', () => {
  test('every composition root is deployed once', () => {
    const roots = execFileSync('git', ['ls-files', 'functions'], { encoding: 'utf8' })
      .split('\n')
      .filter((file) => file.endsWith('.ts') && !/[/-]routes\.ts$/.test(file))
      .map((file) => file.slice('functions/'.length, -'.ts'.length));
    expect(bundles.map(([entry]) => entry).sort()).toEqual(roots.sort());
  });

  test('bundled again, every one has the same bytes, so that nothing is deployed that did not change', () => {
    const again = mkdtempSync(join(tmpdir(), 'jinqu-bundles-'));
    const namesOf = (built: readonly Bundle[]) => built.map(({ entry, folder }) => [entry, basename(folder)]);
    expect(namesOf(buildBundles(again))).toEqual(namesOf(bundles.map(([, bundle]) => bundle)));
    rmSync(again, { recursive: true });
  });

  test.each(bundles)('%s is within its budget', (_entry, bundle) => {
    expect(bytesOf(bundle)).toBeLessThanOrEqual(BYTES_MAX);
  });

  test.each(bundles)('%s carries nothing it has no use for', (_entry, bundle) => {
    const contents = contentsOf(bundle);
    expect(contents.length).toBeGreaterThan(10);
    const idle =
      /zod\/v4\/locales\/(?!en\.js)|aws-xray-sdk|\/ajv\/|credential-provider-(?!env)|client-s3|event-streams|moment/;
    expect(contents.filter((file) => idle.test(file))).toEqual([]);
  });

  test.each(bundles)('%s loads with the environment it is given, as a handler Node.js 24 takes', (_entry, bundle) => {
    const { type, arity } = load(bundle);
    expect(type).toBe('function');
    // A third parameter would be a callback, for which this runtime refuses to start.
    expect(arity).toBeLessThanOrEqual(2);
  });

  test.each(bundles)('%s says what kind of module it is, whatever folder it is unpacked in', (_entry, { folder }) => {
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ type: 'commonjs' });
  });
});
