import { describe, expect, test } from 'vitest';
import { catalogue } from '#shared/errors/catalogue.ts';
import { problemSchema } from '#shared/runtime/problem.ts';
import type { Attack } from '../../support/api/attacks/attack.ts';
import { stateAttacks } from '../../support/api/attacks/state.ts';
import { inputAttacks } from '../../support/api/attacks.ts';
import { applyThroughApi, createOffice, foundThroughApi } from '../../support/api/office.ts';

const office = createOffice();
await foundThroughApi(office.api);
const filed = { n: 1, ...(await applyThroughApi(office.api, 1)) };

describe.each(['zh', 'en'] as const)('bad input, answered in %s', (language) => {
  test.each([...inputAttacks(), ...stateAttacks(filed)].map((attack) => [attack.name, attack.code, attack] as const))(
    '%s → %s',
    async (_, code, { request }: Attack) => {
      const before = office.contents();
      const answer = await office.api.send({ ...request, language });
      const problem = problemSchema.parse(answer.body);
      expect(problem).toMatchObject({
        code,
        status: catalogue[code].status,
        title: catalogue[code][language],
        type: `/problems/${code}`,
      });
      expect(answer.status).toBe(catalogue[code].status);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/problem+json',
        'content-language': language,
        'x-content-type-options': 'nosniff',
      });
      expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:\d|at async/);
      expect(office.contents()).toBe(before);
    },
  );
});
