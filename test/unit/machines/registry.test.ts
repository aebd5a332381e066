import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Machine } from '#shared/domain/machine.ts';
import { machines, stateMachinesPage, statesOf } from '../../../docs/generate/state-machines.ts';
import { allScenarios } from '../../support/edges/all.ts';

const root = join(import.meta.dirname, '../../..');

/** The names under which machines are declared in the domain. */
const declared = globSync('shared/domain/**/*.ts', { cwd: root }).flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/ = machine\('([^']+)'/g)].map(([, name]) => name ?? ''),
);
const names = (all: readonly Machine<string, string>[]): readonly string[] => all.map((m) => m.name).toSorted();

describe('state machines', () => {
  test('given every machine of the domain, then it is documented and its edges are tested', () => {
    expect(declared.length).toBeGreaterThan(0);
    expect(names(machines)).toEqual(declared.toSorted());
    expect(names(allScenarios.map((s) => s.machine))).toEqual(declared.toSorted());
  });

  test.each(allScenarios.map((s) => [s.machine.name, s] as const))(
    'given «%s», then every state has a scenario, and no edge is without a start or an end',
    (_, s) => {
      expect(Object.keys(s.states).toSorted()).toEqual(statesOf(s.machine).toSorted());
      for (const { from, to } of Object.values(s.machine.edges)) {
        expect(from.length).toBeGreaterThan(0);
        expect(to.length).toBeGreaterThan(0);
      }
    },
  );

  test('given the page, then every edge of every machine is drawn and listed', () => {
    const page = stateMachinesPage();
    for (const m of machines)
      for (const [edge, { from, to }] of Object.entries(m.edges)) {
        expect(page).toContain(`| ${edge} | ${from.join(', ')} | ${to.join(', ')} |`);
        for (const f of from)
          for (const t of to)
            expect(page).toMatch(
              new RegExp(`^  ${f.replaceAll('-', '_')} --> ${t.replaceAll('-', '_')}: .*\\b${edge}\\b`, 'm'),
            );
      }
  });
});
