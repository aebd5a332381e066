import { expect, test } from 'vitest';
import * as z from 'zod';
import { describedRoutes } from '#functions/docs/routes.ts';
import { allKinds } from '#shared/application/prepare.ts';
import { operationIdOf } from '#shared/runtime/command-route.ts';

/** The members of its payload out of which a kind of command makes the name of what remembers it. */
const namesOf = (kind: keyof typeof allKinds): readonly string[] => {
  const asked = new Set<string>();
  const get = (_: object, name: string): string => {
    asked.add(name);
    return 'X';
  };
  const payload = new Proxy({}, { get });
  allKinds[kind].spec.primary(payload);
  return [...asked];
};

const routes = new Map(describedRoutes().map((route) => [route.operationId, route]));
const commands = (Object.keys(allKinds) as (keyof typeof allKinds)[]).flatMap((kind) => {
  const route = routes.get(operationIdOf(kind));
  return route === undefined ? [] : [{ kind, route }];
});

// One key for two things would be one id for two commands: each thing remembers its own, and neither knows of the other.
test.each(commands)(
  'the id of $kind depends on what it is about, where the caller says what that is',
  ({ kind, route }) => {
    const body = route.body instanceof z.ZodObject ? route.body.shape : {};
    const said = namesOf(kind).filter((name) => Object.hasOwn(body, name));
    expect(said).toEqual(route.about === undefined ? [] : [route.about]);
  },
);

test('every command but those of machines has a route', () => {
  expect(commands.length).toBeGreaterThan(50);
});
