import { resolve } from 'node:path';
import { textOf } from './error-text.ts';
import { load } from './load/load.ts';
import type { Portfolio } from './portfolio/portfolio.ts';
import { PortfolioError, readPortfolio, readReferencePortfolio } from './portfolio/read.ts';
import { isFree } from './ports.ts';
import { printReport } from './report/print.ts';
import { makeReport, storeReport } from './report/report.ts';
import { forget } from './start/directory.ts';
import { greetingOf } from './start/greeting.ts';
import { type LocalOffice, type Part, startOffice } from './start/office.ts';
import { readOptions, type StartOptions, UsageError } from './start/options.ts';
import { Progress } from './start/progress.ts';
import { serve } from './start/serve.ts';
import { adviceOn, WORDS } from './start/words.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Ctrl-C, or a supervisor's signal, asks for an orderly end; a second one is not waited for. */
const interruption = signalled('SIGINT', 'SIGTERM', 'SIGHUP');

function signalled(...signals: readonly NodeJS.Signals[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) process.once(signal, () => controller.abort());
  return controller.signal;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Runs `npm start`; resolves to the exit code when the office is closed again. */
const main = async (options: StartOptions): Promise<number> => {
  const { language, port, once } = options;
  const words = WORDS[language];
  if (options.help) {
    say(words.help);
    return 0;
  }
  const directory = resolve(options.directory);
  if (options.fresh) forget(directory);
  if (port !== undefined && !(await isFree(port))) throw new UsageError(`port ${port} is taken`);
  const portfolio =
    options.portfolio === undefined ? readReferencePortfolio() : readPortfolio(resolve(options.portfolio));
  const { fundId } = portfolio.fund;
  const progress = new Progress({ isTTY: process.stdout.isTTY, write: (text) => process.stdout.write(text) }, words);
  let office: LocalOffice | undefined;
  try {
    const starting = (part: Part | undefined): void => {
      interruption.throwIfAborted();
      progress.part(part);
    };
    office = await startOffice({ directory, port, language, portfolio, starting });
    await loadPortfolio(office, portfolio, progress, options);
    const holds = await report(office, portfolio, directory, options);
    if (once) return holds ? 0 : 1;
    for (const line of greetingOf(office, { language, directory: options.directory, fundId, users: portfolio.users }))
      say(line);
    await serve(office, portfolio, { language, say, ended: aborted(interruption) });
    return 0;
  } finally {
    progress.interrupt();
    await office?.stop();
    if (office !== undefined && !once) say(words.stopped);
  }
};

const loadPortfolio = async (
  office: LocalOffice,
  portfolio: Portfolio,
  progress: Progress,
  { language }: StartOptions,
): Promise<void> => {
  const words = WORDS[language];
  const begun = performance.now();
  const done = await load(office, portfolio, {
    day: (...news) => {
      interruption.throwIfAborted();
      progress.day(...news);
    },
  });
  progress.finish();
  say(done === 0 ? words.nothingToLoad : words.loadedNow(done, ((performance.now() - begun) / 1000).toFixed(1)));
};

/** Prints and stores the report; whether all checks hold. */
const report = async (
  office: LocalOffice,
  portfolio: Portfolio,
  directory: string,
  { language }: StartOptions,
): Promise<boolean> => {
  const made = await makeReport({
    auditor: office.as('auditor-1'),
    portfolio,
    date: office.today(),
    deadLetters: office.deadLetters,
  });
  storeReport(directory, made);
  say('');
  for (const line of printReport(made, language)) say(line);
  return made.holds;
};

/** An error in words for the person at the terminal, with what to do about it where that is known. */
const explain = (error: unknown, options: StartOptions | undefined): string => {
  const text = textOf(error);
  const advice = options && adviceOn(text, options.language);
  if (advice !== undefined) return `✗ ${advice}\n  (${text})`;
  const told = error instanceof UsageError || error instanceof PortfolioError || !(error instanceof Error);
  return told ? `✗ ${text}` : `✗ ${error.stack ?? text}`;
};

// Whoever reads what is said may stop reading; the office goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

let options: StartOptions | undefined;
try {
  options = readOptions(process.argv.slice(2), process.env);
  process.exitCode = await main(options);
} catch (error) {
  if (interruption.aborted) say(WORDS[options?.language ?? 'en'].interrupted);
  else process.stderr.write(`${explain(error, options)}\n`);
  process.exitCode = interruption.aborted
    ? 130
    : error instanceof UsageError || error instanceof PortfolioError
      ? 2
      : 1;
}
