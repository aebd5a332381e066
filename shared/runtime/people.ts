import type { Role } from './principal.ts';

/** Everybody of the fund office and those who look over its shoulder; a bank's machine is not among them. */
export const READERS = [
  'officer',
  'reviewer',
  'committee',
  'observer',
  'director',
  'treasurer',
  'accountant',
  'auditor',
  'admin',
  'science-bureau',
  'finance-bureau',
  'financial-office',
] as const satisfies readonly Role[];
