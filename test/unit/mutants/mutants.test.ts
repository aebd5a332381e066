import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { mutants } from '../../support/mutants/all.ts';
import { broken } from '../../support/mutants/breakage.ts';

/*
 * Trying the faults takes hours. That they are faults at all, in a place that exists, and still a program, is looked at here.
 */

describe('deliberate faults', () => {
  test.each(mutants.map((mutant) => [`${mutant.file}: ${mutant.from.trim()} -> ${mutant.to.trim()}`, mutant] as const))(
    '%s',
    (_, mutant) => {
      const whole = readFileSync(mutant.file, 'utf8');
      const text = broken(whole, mutant);
      expect(text).not.toBe(whole);
      expect(transformSync(text, { loader: 'ts' }).code).not.toBe(transformSync(whole, { loader: 'ts' }).code);
    },
  );
});
