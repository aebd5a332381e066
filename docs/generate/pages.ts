import { apiPage } from './api.ts';
import { errorsPage } from './errors.ts';
import { stateMachinesPage } from './state-machines.ts';

/** Every page that is made from the code, by its path; a test holds the files equal to them. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/api.md': apiPage,
  'docs/errors.md': errorsPage,
  'docs/state-machines.md': stateMachinesPage,
};
