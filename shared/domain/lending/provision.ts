import type { ProvisionMatrix } from '../charter/credit.ts';
import type { Fen } from '../money.ts';
import { applyRate, parseRate } from '../rate.ts';
import type { Grade } from './classification.ts';

const RATE_OF: Readonly<Record<Grade, keyof ProvisionMatrix>> = {
  normal: 'normal',
  'special-mention': 'specialMention',
  substandard: 'substandard',
  doubtful: 'doubtful',
  loss: 'loss',
};

/** The provision the charter's matrix asks for on a carrying amount, in fen, half a fen rounded up. */
export const requiredProvisionFen = (carryingFen: Fen, grade: Grade, matrix: ProvisionMatrix): Fen =>
  applyRate(carryingFen, parseRate(matrix[RATE_OF[grade]]));
