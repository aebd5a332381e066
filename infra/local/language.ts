import type { Language } from '#shared/runtime/problem.ts';

/** The language of the terminal: Chinese where the locale is, English everywhere else. */
export const languageOfLocale = (environment: Readonly<Record<string, string | undefined>>): Language => {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return (LC_ALL || LC_MESSAGES || LANG || '').toLowerCase().startsWith('zh') ? 'zh' : 'en';
};
