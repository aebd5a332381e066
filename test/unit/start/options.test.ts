import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { languageOfLocale } from '#infra/local/language.ts';
import { forget } from '#infra/local/start/directory.ts';
import { readOptions, UsageError } from '#infra/local/start/options.ts';
import { adviceOn } from '#infra/local/start/words.ts';
import { lockDirectory } from '#infra/local/state.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});
const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'start-'));
  directories.push(directory);
  return directory;
};

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
};

describe('the command line of npm start', () => {
  test('given nothing, then the office is opened in .local and stays open', () => {
    expect(readOptions([], { LANG: 'zh_CN.UTF-8' })).toEqual({
      help: false,
      once: false,
      fresh: false,
      directory: '.local',
      portfolio: undefined,
      port: undefined,
      language: 'zh',
    });
  });

  test('given options, then they are taken, and the language asked for goes before the locale', () => {
    const given = [
      '--once',
      '--fresh',
      '--directory',
      '/tmp/x',
      '--portfolio',
      '/tmp/zone',
      '--port',
      '8080',
      '--lang',
      'en',
    ];
    expect(readOptions(given, { LANG: 'zh_CN.UTF-8' })).toMatchObject({
      once: true,
      fresh: true,
      directory: '/tmp/x',
      portfolio: '/tmp/zone',
      port: 8080,
      language: 'en',
    });
  });

  test.each([['--port', '0'], ['--port', '65536'], ['--port', '8o80'], ['--lang', 'de'], ['--nope'], ['stray']])(
    'given %s %s, then it is refused',
    (...args) => {
      expect(() => readOptions(args, {})).toThrow(UsageError);
    },
  );

  test.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'zh_TW' }, 'zh'],
    [{ LANG: 'zh_CN', LC_MESSAGES: 'C' }, 'en'],
    [{ LANG: 'zh_CN', LC_ALL: '' }, 'zh'],
    [{}, 'en'],
  ] as const)('given the locale %j, then the terminal is spoken to in %s', (environment, language) => {
    expect(languageOfLocale(environment)).toBe(language);
  });
});

describe('beginning anew', () => {
  test('given a directory of ours, then everything in it is deleted', () => {
    const directory = newDirectory();
    lockDirectory(directory)();
    mkdirSync(join(directory, 'logs'));
    writeFileSync(join(directory, 'logs', 'cloud.log'), 'x');
    forget(directory);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('given a directory in use, then it stays as it is', () => {
    const directory = newDirectory();
    const release = lockDirectory(directory);
    writeFileSync(join(directory, 'cloud.db'), 'x');
    expect(() => forget(directory)).toThrow('another local cloud is running');
    expect(readdirSync(directory)).toContain('cloud.db');
    release();
  });

  test('given somebody else’s directory, then it is refused and stays as it is', () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'thesis.doc'), 'x');
    expect(() => forget(directory)).toThrow(UsageError);
    expect(readdirSync(directory)).toEqual(['thesis.doc']);
  });

  test('given no directory at all, then there is nothing to do', () => {
    expect(() => forget(join(newDirectory(), 'none'))).not.toThrow();
  });
});

describe('advice on errors', () => {
  test('given the error of a directory in use, then both languages say what to do', () => {
    const directory = newDirectory();
    const release = lockDirectory(directory);
    const text = messageOf(() => lockDirectory(directory));
    release();
    expect(adviceOn(text, 'zh')).toContain('--directory');
    expect(adviceOn(text, 'en')).toContain('--directory');
  });

  test.each([
    [
      '@dynoxide/darwin-arm64 is not installed; point JINQU_DYNAMODB_ENDPOINT to DynamoDB Local',
      'JINQU_DYNAMODB_ENDPOINT',
    ],
    ['port 8080 is taken', '--port'],
    ['listen EADDRINUSE: address already in use 127.0.0.1:8080', '--port'],
    ['table x differs from the template (a instead of b); start with --fresh', '--fresh'],
    ['the portfolio has changed since this directory was loaded; start with --fresh', '--fresh'],
    ["EACCES: permission denied, mkdir '/.local'", '--directory'],
  ])('given «%s», then it names %s', (text, named) => {
    for (const language of ['zh', 'en'] as const) expect(adviceOn(text, language)).toContain(named);
  });

  test('given an error nothing is known of, then no advice is made up', () => {
    expect(adviceOn('something else', 'en')).toBeUndefined();
  });
});
