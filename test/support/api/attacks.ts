import type { Attack } from './attacks/attack.ts';
import { bodyAttacks } from './attacks/bodies.ts';
import { fileAttacks } from './attacks/files.ts';
import { numberAttacks } from './attacks/numbers.ts';
import { textAttacks } from './attacks/texts.ts';

/** Bad input of every kind, against the route with the richest body and the one that takes files. None may change a byte. */
export const inputAttacks = (): readonly Attack[] => [
  ...numberAttacks(),
  ...bodyAttacks(),
  ...textAttacks(),
  ...fileAttacks(),
];
