import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { charterDocument } from '#shared/contracts/documents.ts';
import { checkCharter } from '#shared/domain/charter/authority.ts';

const DIRECTORY = new URL('../../../shared/charters/', import.meta.url);

const shipped = readdirSync(DIRECTORY).map((file) => ({
  file,
  charter: charterDocument.parse(JSON.parse(readFileSync(new URL(file, DIRECTORY), 'utf8'))),
}));

describe('the charters in shared/charters', () => {
  test.each(shipped.map(({ file, charter }) => [file, charter] as const))(
    '%s does not contradict itself',
    (_, charter) => {
      expect(() => checkCharter(charter)).not.toThrow();
    },
  );

  test('of one fund, each version follows the last, by number and by day', () => {
    const versions = Map.groupBy(shipped, ({ charter }) => charter.fundId);
    for (const [fundId, some] of versions) {
      const inOrder = some.map(({ charter }) => charter).toSorted((a, b) => a.version - b.version);
      expect(
        inOrder.map((c) => c.version),
        fundId,
      ).toEqual(inOrder.map((_, i) => i + 1));
      const days = inOrder.map((c) => c.effectiveFrom);
      expect(days, fundId).toEqual(days.toSorted());
      expect(new Set(inOrder.map((c) => `${c.kind} ${c.account.number}`)).size, fundId).toBe(1);
    }
  });
});
