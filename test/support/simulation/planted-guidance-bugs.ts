import type { Planted } from './office.ts';
import { withoutChangesOf } from './planting.ts';

/** Bugs as people make them at a guidance fund. Each must be found. */
export const PLANTED_GUIDANCE_BUGS = {
  'the portfolio does not grow by what was paid for': withoutChangesOf(['payment.settle'], 'portfolio'),
  'a deal called off keeps its place': withoutChangesOf(['acquisition.cancel'], 'enterprise'),
  'what a partner was given is not written down': withoutChangesOf(['case.approve'], 'partner'),
} satisfies Readonly<Record<string, Planted>>;
