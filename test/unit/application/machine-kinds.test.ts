import { expect, test } from 'vitest';
import { importsKinds } from '#shared/application/kinds/imports.ts';
import type { Kind } from '#shared/application/kinds/kind.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { allKinds } from '#shared/application/prepare.ts';
import type { Rules } from '#shared/domain/book/decision.ts';
import { emptyHead } from '#shared/domain/book/head.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { FundError, hasCode } from '#shared/errors/fund-error.ts';
import { ROLES } from '#shared/runtime/principal.ts';
import { person } from '../../support/world.ts';

const nothing = { head: emptyHead('seed'), read: () => undefined, foresee: () => undefined };
const noCharter = () => {
  throw new FundError('CHARTER_NOT_IN_FORCE');
};
const rules: Rules = {
  versionInForce: 0,
  inForce: noCharter,
  on: noCharter,
  version: noCharter,
  calendar: chinaCalendar,
};

/** Whether somebody with every role there is may not send it, because no person may. */
const refusesPersons = ({ spec }: Kind): boolean => {
  const actor = person('everybody', ...Object.keys(ROLES));
  try {
    spec.decide(
      nothing,
      { id: 'id', kind: spec.kind, fundId: 'seed', payload: {}, actor },
      rules,
      parseDate('2019-07-31'),
    );
    return false;
  } catch (error) {
    return hasCode(error, 'ROLE_REQUIRED') && error.details['roles'] === 'system';
  }
};

test('given every kind that only the machine may send, then the worker understands it, and no other', () => {
  const wanted = Object.entries(allKinds).filter(
    ([name, kind]) => refusesPersons(kind) && !Object.hasOwn(importsKinds, name),
  );
  expect(Object.keys(machineKinds).toSorted()).toEqual(wanted.map(([name]) => name).toSorted());
});
