import * as z from 'zod';
import { type Fen, formatYuan, sumFen } from '#shared/domain/money.ts';
import type { Caller } from '../client/api.ts';
import { lenderUserOf } from '../identity/users.ts';
import type { LocalState } from '../state.ts';
import { type MappedLoan, type Mapping, sumAmounts } from './adapter.ts';
import { type BankFile, FUND, filesOf, jobState, type Kind } from './plan.ts';

/** What became of a file, in the file's terms and the book's. */
export interface Report {
  readonly lines: readonly string[];
  /** Whether every sum of the file is found again. */
  readonly holds: boolean;
}

interface Sources {
  readonly as: (userId: string) => Caller;
  readonly state: LocalState;
  readonly mapping: Mapping;
}

const coverage = z.object({
  paidInFen: z.string(),
  scopes: z.array(
    z.object({ id: z.string(), breakers: z.array(z.object({ measure: z.string(), ratio: z.string() })) }),
  ),
});
const listedClaim = z.object({ status: z.string(), bank: z.string(), fundFen: z.string() });
type ListedClaim = z.output<typeof listedClaim>;

/** Puts the answers for every row, and the book, beside the file. */
export const makeReport = async (sources: Sources): Promise<Report> => {
  const { as, state, mapping } = sources;
  const { mapped, reported } = mapping;
  const filings = await answersTo('filings', sources);
  const balances = await answersTo('balances', sources);
  const claimed = await answersTo('claims', sources);
  const claims = await as('accountant-1').all(`${FUND}/claims`, listedClaim);
  const { paidInFen, scopes } = await as('accountant-1').get(`${FUND}/coverage`, coverage);
  const guaranteed = equation(
    'guaranteed in the file',
    sumAmounts([...mapped, ...reported]).guaranteedFen,
    ['covered', BigInt(state.get('load/note/sba.covered') ?? '0')],
    ['refused', sumAmounts(filings.refused.map((r) => r.loan)).guaranteedFen],
    ['reported', sumAmounts(reported).guaranteedFen],
  );
  const lost = equation(
    'covered part of what was charged off',
    lostFen(mapped),
    ['compensated', borneFen(claims.filter((c) => c.status === 'paid'))],
    ['not yet paid', borneFen(claims.filter((c) => c.status !== 'paid'))],
    ['refused', lostFen(claimed.refused.map((r) => r.loan))],
  );
  return {
    holds: guaranteed.holds && lost.holds && filings.rows === mapped.length,
    lines: [
      `rows read ${mapped.length + reported.length} = mapped ${mapped.length} + reported ${reported.length}`,
      ...tally(reported.flatMap((r) => r.reasons)),
      ...[filings, balances, claimed].flatMap(answerLines),
      guaranteed.line,
      lost.line,
      ...bankLines(claims),
      `paid in ${formatYuan(BigInt(paidInFen))}`,
      ...scopes.flatMap(({ id, breakers }) => breakers.map((b) => `${id} ${b.measure} ${b.ratio}`)),
    ],
  };
};

const lostFen = (loans: readonly MappedLoan[]): Fen => sumFen(loans.map(({ loss }) => loss?.coveredFen ?? 0n));
const borneFen = (claims: readonly ListedClaim[]): Fen => sumFen(claims.map((c) => BigInt(c.fundFen)));

/** A sum of the file beside the parts it was found in. */
const equation = (
  name: string,
  wholeFen: Fen,
  ...parts: readonly (readonly [name: string, amountFen: Fen])[]
): { readonly line: string; readonly holds: boolean } => {
  const holds = sumFen(parts.map(([, amountFen]) => amountFen)) === wholeFen;
  const found = parts.map(([part, amountFen]) => `${part} ${formatYuan(amountFen)}`).join(' + ');
  return { holds, line: `${name} ${formatYuan(wholeFen)} = ${found}: ${holds ? 'to the cent' : 'DIFFERS'}` };
};

/** How the rows of one kind were answered, over the files of all banks. */
interface Answers {
  readonly kind: Kind;
  readonly rows: number;
  readonly taken: number;
  readonly refused: readonly { readonly loan: MappedLoan; readonly code: string }[];
}

const answersTo = async (kind: Kind, sources: Sources): Promise<Answers> => {
  const jobs = await Promise.all(filesOf(kind, sources.mapping.mapped).map((file) => answersToFile(file, sources)));
  return {
    kind,
    rows: jobs.reduce((sum, job) => sum + job.rows, 0),
    taken: jobs.reduce((sum, job) => sum + job.taken, 0),
    refused: jobs.flatMap((job) => job.refused),
  };
};

const rowResult = z.object({ row: z.int(), status: z.string(), code: z.string().optional() });
const page = z.object({ items: z.array(rowResult), next: z.int().optional() });

const answersToFile = async (
  { bankId, note, loans }: BankFile,
  { as, state }: Sources,
): Promise<Omit<Answers, 'kind'>> => {
  const bank = as(lenderUserOf(bankId));
  const path = `${FUND}/imports/${state.get(`load/note/${note}`) ?? ''}`;
  const { rows, applied, replayed } = await bank.get(path, jobState);
  const refused: { loan: MappedLoan; code: string }[] = [];
  for (let from: number | undefined = 1; from !== undefined; ) {
    const found: z.output<typeof page> = await bank.get(`${path}/rows?from=${from}`, page);
    for (const { row, status, code = '' } of found.items) {
      const loan = loans[row - 1];
      if (status === 'refused' && loan !== undefined) refused.push({ loan, code });
    }
    from = found.next;
  }
  return { rows, taken: applied + replayed, refused };
};

const answerLines = ({ kind, rows, taken, refused }: Answers): readonly string[] => [
  `${kind} ${rows}: taken ${taken}, refused ${refused.length}`,
  ...tally(refused.map((r) => r.code)),
];

/** What each bank was paid. */
const bankLines = (claims: readonly ListedClaim[]): readonly string[] =>
  [...Map.groupBy(claims, (c) => `${c.bank} ${c.status}`)]
    .map(([name, some]) => `claims of ${name} ${some.length}, the fund bears ${formatYuan(borneFen(some))}`)
    .toSorted();

const tally = (names: readonly string[]): readonly string[] =>
  [...Map.groupBy(names, (name) => name)].map(([name, some]) => `  ${name} ${some.length}`).toSorted();
