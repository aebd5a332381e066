import * as z from 'zod';
import { type Fen, formatYuan, sumFen } from '#shared/domain/money.ts';
import type { Caller } from '../client/api.ts';
import type { LocalState } from '../state.ts';
import { type Mapping, sumAmounts } from './adapter.ts';
import { FUND, jobState, type Kind, noteOf } from './plan.ts';

/** What became of a file, in the file's terms and the book's. */
export interface Report {
  readonly lines: readonly string[];
  /** Whether every sum of the file is found again. */
  readonly holds: boolean;
}

const rowResult = z.object({ row: z.int(), status: z.string(), code: z.string().optional() });
const page = z.object({ items: z.array(rowResult), next: z.int().optional() });
const coverage = z.object({
  paidInFen: z.string(),
  scopes: z.array(
    z.object({ id: z.string(), breakers: z.array(z.object({ measure: z.string(), ratio: z.string() })) }),
  ),
});
const listed = z.record(z.string(), z.string());

/** Puts the answers for every row beside the file. */
export const makeReport = async ({
  bank,
  reader,
  state,
  mapping,
}: {
  bank: Caller;
  reader: Caller;
  state: LocalState;
  mapping: Mapping;
}): Promise<Report> => {
  const { mapped, reported } = mapping;
  const filings = await rowsOf(bank, state, 'filings');
  const refused = mapped.filter((_, i) => filings.refused.has(i + 1));
  const coveredFen = BigInt(state.get('load/note/sba.covered') ?? '0');
  const inFileFen = sumAmounts([...mapped, ...reported]).guaranteedFen;
  const parts = [coveredFen, sumAmounts(refused).guaranteedFen, sumAmounts(reported).guaranteedFen];
  const holds = sumFen(parts) === inFileFen && filings.rows === mapped.length;
  const claims = await rowsOf(bank, state, 'claims');
  const balances = await rowsOf(bank, state, 'balances');
  const compensated = await reader.all(`${FUND}/claims`, listed);
  const { paidInFen, scopes } = await reader.get(`${FUND}/coverage`, coverage);
  return {
    holds,
    lines: [
      `rows read ${mapped.length + reported.length} = mapped ${mapped.length} + reported ${reported.length}`,
      ...tally(reported.flatMap((r) => r.reasons)),
      ...[filings, balances, claims].flatMap(jobLines),
      `guaranteed in the file ${yuan(inFileFen)} = covered ${yuan(coveredFen)} + refused ${yuan(parts[1])} + reported ${yuan(parts[2])}: ${holds ? 'to the cent' : 'DIFFERS'}`,
      ...statusLines(compensated),
      `paid in ${yuan(BigInt(paidInFen))}`,
      ...scopes.flatMap(({ id, breakers }) => breakers.map((b) => `${id} ${b.measure} ${b.ratio}`)),
    ],
  };
};

const yuan = (fen: Fen = 0n): string => formatYuan(fen);

/** Claims by status, with the fund's part of them. */
const statusLines = (claims: readonly Readonly<Record<string, string>>[]): readonly string[] =>
  [...Map.groupBy(claims, (c) => c['status'] ?? '')].map(
    ([status, some]) =>
      `claims ${status} ${some.length}, fund bears ${yuan(sumFen(some.map((c) => BigInt(c['fundFen'] ?? '0'))))}`,
  );

interface Rows {
  readonly kind: Kind;
  readonly rows: number;
  readonly done: number;
  readonly refused: ReadonlyMap<number, string>;
}

/** How each row of a file the bank handed in was answered. */
const rowsOf = async (bank: Caller, state: LocalState, kind: Kind): Promise<Rows> => {
  const jobId = state.get(`load/note/${noteOf(kind)}`);
  if (jobId === undefined) return { kind, rows: 0, done: 0, refused: new Map() };
  const job = await bank.get(`${FUND}/imports/${jobId}`, jobState);
  const refused = new Map<number, string>();
  for (let from: number | undefined = 1; from !== undefined; ) {
    const found: z.output<typeof page> = await bank.get(`${FUND}/imports/${jobId}/rows?from=${from}`, page);
    for (const { row, status, code = '' } of found.items) if (status === 'refused') refused.set(row, code);
    from = found.next;
  }
  return { kind, rows: job.rows, done: job.applied + job.replayed, refused };
};

const jobLines = ({ kind, rows, done, refused }: Rows): readonly string[] => [
  `${kind} ${rows}: taken ${done}, refused ${refused.size}`,
  ...tally([...refused.values()]),
];

const tally = (names: readonly string[]): readonly string[] =>
  [...Map.groupBy(names, (name) => name)].map(([name, some]) => `  ${name} ${some.length}`).toSorted();
