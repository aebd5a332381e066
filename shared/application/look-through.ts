import { ref, type StateOf } from '#shared/domain/entities.ts';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { FundError } from '#shared/errors/fund-error.ts';
import type { Ledger } from './ports.ts';
import { readOne } from './read.ts';
import type { Reader } from './reading.ts';
import { snapshotOf } from './snapshot.ts';

/** What one fund has in an enterprise, or several together, in fen. */
export interface Support {
  /** Principal owed: 1303.01 and 1303.02. */
  readonly loansFen: bigint;
  /** Cost of what is held: 1101.01. */
  readonly equityFen: bigint;
  /** Other receivables and compensation to be recovered: 1221 and 1221.01. Not support: they are owed to the fund. */
  readonly receivablesFen: bigint;
  /** Principal of bank loans filed or covered, and not repaid; zero where the fund covers none. */
  readonly coveredFen: bigint;
  /** Compensation claimed or paid over all its loans. Not support that stands: the cover it ended is gone. */
  readonly compensatedFen: bigint;
}

export interface FundSupport extends Support {
  readonly fundId: string;
  /** How far the views were that the balances come from. */
  readonly viewsSeq: number;
}

export interface LookThrough {
  readonly firm?: StateOf<'firm'>;
  readonly funds: readonly FundSupport[];
  readonly totals: Support;
  /** Loans at principal, equity at cost and principal filed or covered, of every fund shown. */
  readonly totalPublicSupportFen: bigint;
}

const NOTHING: Support = { loansFen: 0n, equityFen: 0n, receivablesFen: 0n, coveredFen: 0n, compensatedFen: 0n };

/**
 * One enterprise over all funds a caller may see: a few keyed reads per fund, whatever the size of the books.
 * An enterprise that is not in the register, or whose register the caller may not see, is shown with what the funds have in it.
 * @param funds those of the caller's token; the register's record is shown where its book is among them
 * @throws FIRM_NOT_FOUND when neither register nor funds know it
 */
export const lookThrough = async (
  { ledger, reader }: { readonly ledger: Ledger; readonly reader: Reader },
  firmId: string,
  funds: readonly string[],
): Promise<LookThrough> => {
  const [firm, ...all] = await Promise.all([
    funds.includes(REGISTER_BOOK) ? readOne(ledger, REGISTER_BOOK, 'firm', firmId) : undefined,
    ...fundsOnly(funds).map((fundId) => supportOf(ledger, reader, fundId, firmId)),
  ]);
  const found = all.filter((support) => support !== undefined);
  if (firm === undefined && found.length === 0) throw new FundError('FIRM_NOT_FOUND', { id: firmId });
  const totals = found.reduce<Support>(add, NOTHING);
  return {
    ...(firm === undefined ? {} : { firm }),
    funds: found,
    totals,
    totalPublicSupportFen: totals.loansFen + totals.equityFen + totals.coveredFen,
  };
};

/** The funds among the books of a token, in one order, each once. */
const fundsOnly = (books: readonly string[]): readonly string[] =>
  [...new Set(books)].filter((book) => book !== REGISTER_BOOK).sort();

const supportOf = async (
  ledger: Ledger,
  reader: Reader,
  fundId: string,
  firmId: string,
): Promise<FundSupport | undefined> => {
  const { read } = snapshotOf(await ledger.load(fundId, [ref('enterprise', firmId), ref('exposure', 'fund')]));
  const enterprise = read('enterprise', firmId);
  if (enterprise === undefined) return undefined;
  // Asked before the balances, which then are as far as it says, or further.
  const viewsSeq = await reader.watermark(fundId);
  const balance = async (account: string): Promise<bigint> => {
    const { debitFen, creditFen } = await reader.balanceOf(fundId, account, 'enterprise', firmId);
    return debitFen - creditFen;
  };
  const [current = 0n, overdue = 0n, equityFen = 0n, other = 0n, recoverable = 0n] = await Promise.all(
    ['1303.01', '1303.02', '1101.01', '1221', '1221.01'].map(balance),
  );
  return {
    fundId,
    viewsSeq,
    loansFen: current + overdue,
    equityFen,
    receivablesFen: other + recoverable,
    // Only a fund that has covered something keeps such figures; elsewhere the same field counts the fund's own loans.
    coveredFen: read('exposure', 'fund') === undefined ? 0n : enterprise.exposureFen,
    compensatedFen: enterprise.compensatedFen ?? 0n,
  };
};

const add = (a: Support, b: Support): Support => ({
  loansFen: a.loansFen + b.loansFen,
  equityFen: a.equityFen + b.equityFen,
  receivablesFen: a.receivablesFen + b.receivablesFen,
  coveredFen: a.coveredFen + b.coveredFen,
  compensatedFen: a.compensatedFen + b.compensatedFen,
});
