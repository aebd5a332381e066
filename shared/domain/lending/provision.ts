import type { LoanPolicy } from '../charter/seed.ts';
import type { Fen } from '../money.ts';
import { applyRate, parseRate } from '../rate.ts';
import type { Grade } from './classification.ts';

const RATE_OF: Readonly<Record<Grade, keyof LoanPolicy['provision']>> = {
  normal: 'normal',
  'special-mention': 'specialMention',
  substandard: 'substandard',
  doubtful: 'doubtful',
  loss: 'loss',
};

/** The provision the charter's matrix asks for on a carrying amount, in fen, half a fen rounded up. */
export const requiredProvisionFen = (carryingFen: Fen, grade: Grade, matrix: LoanPolicy['provision']): Fen =>
  applyRate(carryingFen, parseRate(matrix[RATE_OF[grade]]));
