import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '#shared/errors/catalogue.ts';
import { pages } from '../../../docs/generate/pages.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('pages made from the code', () => {
  test.each(Object.entries(pages))('%s is as the code says; if not: npm run docs', (path, make) => {
    expect(read(path)).toBe(make());
  });

  test('given the page of errors, then it names every code of the catalogue and no other', () => {
    const named = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(named.toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });
});

describe('pages written by hand', () => {
  const written = globSync(['*.md', 'docs/**/*.md'], { cwd: root });

  test.each(written)('%s: every link to a file leads somewhere', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
    const missing = links.filter((target) => !existsSync(join(root, dirname(path), target)));
    expect(missing).toEqual([]);
  });

  const sources = globSync(['shared/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts'], { cwd: root })
    .map(read)
    .join('\n');

  test.each(written)('%s: every name in capitals, error codes above all, is one the code has', (path) => {
    const names = [...read(path).matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => !name.startsWith('AWS_') && !sources.includes(name))).toEqual([]);
  });

  test.each(written)('%s: every npm script it names exists', (path) => {
    const scripts = [...read(path).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, script]) => script ?? '');
    const known: unknown = JSON.parse(read('package.json'));
    const { scripts: all } = known as { scripts: Record<string, string> };
    expect(scripts.filter((script) => !Object.hasOwn(all, script))).toEqual([]);
  });
});
