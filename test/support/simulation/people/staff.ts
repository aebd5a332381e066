import type { ApiAnswer, Caller } from '../../api/client.ts';
import type { SimulatedBank } from '../bank.ts';
import type { Desk } from '../desk.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';

const caller = (subject: string, ...roles: string[]): Caller => ({
  subject,
  name: subject,
  roles,
  funds: ['seed', 'sme', 'equipment'],
});
const machineOf = (bank: string): Caller => ({ ...caller(`machine-${bank}`, 'bank'), bank });

/** The fund office. One of them holds four offices and would like to do everything alone. */
export const staff = {
  admin: caller('admin-1', 'admin'),
  secondAdmin: caller('admin-2', 'admin'),
  officer: caller('officer-1', 'officer'),
  manyHats: caller('many-hats', 'officer', 'reviewer', 'director', 'treasurer'),
  reviewer: caller('reviewer-1', 'reviewer'),
  director: caller('director-1', 'director'),
  finance: caller('finance-1', 'finance-bureau'),
  science: caller('science-1', 'science-bureau'),
  office: caller('office-1', 'financial-office'),
  treasurer: caller('treasurer-1', 'treasurer'),
  accountant: caller('accountant-1', 'accountant'),
  banks: [machineOf('rcb'), machineOf('cqb')],
  committee: [1, 2, 3, 4, 5].map((n) => caller(`committee-${n}`, 'committee')),
} as const;

/** What people work with. */
export interface Surroundings {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly desk: Desk;
  readonly bank: SimulatedBank;
}

/** What a decider saw of a case. */
export interface Shown {
  readonly revision: number;
  readonly payloadHash: string;
}

export const shownIn = ({ body }: ApiAnswer): Shown => {
  const { revision, payloadHash } = body['state'] as Shown;
  return { revision, payloadHash };
};

export const idIn = ({ body }: ApiAnswer): string => String(body['id']);

/** A field of an entity that was read, as text; empty where it is not there. */
export const field = ({ body }: ApiAnswer, of: string, name: string): string =>
  String((body[of] as Readonly<Record<string, unknown>> | undefined)?.[name] ?? '');

export const rowsIn = ({ body }: ApiAnswer): readonly Readonly<Record<string, string>>[] =>
  body['items'] as readonly Readonly<Record<string, string>>[];

export const PASS = { opinion: 'pass', comment: '同意' } as const;
