import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Language } from '#shared/runtime/problem.ts';
import { textOf } from '../error-text.ts';
import { languageOfLocale } from '../language.ts';

/** How `npm start` was asked to run. */
export interface StartOptions {
  readonly help: boolean;
  /** End after the report. */
  readonly once: boolean;
  /** Forget what is there and begin anew. */
  readonly fresh: boolean;
  readonly directory: string;
  /** Directory of another zone's portfolio; undefined: the reference portfolio. */
  readonly portfolio: string | undefined;
  readonly port: number | undefined;
  readonly language: Language;
}

/** What cannot be done as asked, in words for the person who asked. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line.
 * @throws UsageError for options there are not, and values they do not take
 */
export const readOptions = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions => {
  const values = parse(args);
  const { port, lang } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536))
    throw new UsageError(`--port ${port}: 1..65535`);
  if (lang !== undefined && lang !== 'zh' && lang !== 'en') throw new UsageError(`--lang ${lang}: zh | en`);
  return {
    help: values.help,
    once: values.once,
    fresh: values.fresh,
    directory: values.directory,
    portfolio: values.portfolio,
    port: port === undefined ? undefined : Number(port),
    language: lang ?? languageOfLocale(environment),
  };
};

const parse = (args: readonly string[]) =>
  valuesOf({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      once: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      directory: { type: 'string', default: '.local' },
      portfolio: { type: 'string' },
      port: { type: 'string' },
      lang: { type: 'string' },
    },
  });

/**
 * The options of a command line.
 * @throws UsageError for options there are not, and values they do not take
 */
export const valuesOf = <const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>>['values'] => {
  try {
    return parseArgs(config).values;
  } catch (error) {
    throw new UsageError(textOf(error), { cause: error });
  }
};
