import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { Rules } from '../book/decision.ts';
import { addDays, addWorkingDays, type BusinessDate } from '../calendar.ts';
import type { CompensationCharter, FilingDocument, SharingScheme, SizeClass } from '../charter/compensation.ts';
import type { EnterpriseState } from '../lending/enterprise.ts';
import { minFen, positiveFen } from '../money.ts';
import { addRates, multiplyRates, parseRate, rateAtLeast } from '../rate.ts';
import { schemeFor } from './sharing.ts';

/** One loan as a bank files it (备案). Amounts in fen, rates yearly. */
export interface FilingRow {
  readonly contractNumber: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly sizeClass: SizeClass;
  readonly district: string;
  readonly product: string;
  readonly guarantorId?: string;
  /** The part filed for cover, and the bank's own part beside it (X+1). */
  readonly coveredFen: bigint;
  readonly uncoveredFen: bigint;
  readonly annualRate: string;
  readonly feeRate: string;
  readonly termMonths: number;
  readonly drawnOn: BusinessDate;
  readonly contractSha256?: string;
  readonly drawdownSha256?: string;
}

/**
 * Everything the rules ask of a filing by itself.
 * @returns the scheme by which a loss on it will be shared
 * @throws AMOUNT_INVALID, BANK_UNKNOWN, PRODUCT_REFUSED, DISTRICT_REFUSED, GUARANTOR_REFUSED, TERM_OUT_OF_RANGE,
 *   FILING_EARLY, FILING_LATE, BENCHMARK_MISSING, RATE_ABOVE_CEILING, FEE_ABOVE_CEILING, DOCUMENTS_MISSING
 */
export const checkFiling = (
  row: FilingRow,
  bankId: string,
  charter: CompensationCharter,
  rules: Rules,
  today: BusinessDate,
): SharingScheme => {
  positiveFen(row.coveredFen);
  positiveFen(row.coveredFen + row.uncoveredFen);
  checkParties(row, bankId, charter);
  const { maxTermMonths } = charter.filing;
  ensure(1 <= row.termMonths && row.termMonths <= maxTermMonths, 'TERM_OUT_OF_RANGE', {
    minMonths: '1',
    maxMonths: String(maxTermMonths),
  });
  checkWindow(row.drawnOn, charter, rules, today);
  checkPrice(row, charter);
  checkDocuments(row, charter.filing.documents);
  return schemeFor(charter, bankId, row.guarantorId !== undefined);
};

const checkParties = (row: FilingRow, bankId: string, charter: CompensationCharter): void => {
  const bank = charter.banks.find((b) => b.id === bankId);
  if (bank === undefined) throw new FundError('BANK_UNKNOWN', { bankId });
  ensure(bank.products.includes(row.product), 'PRODUCT_REFUSED', { allowed: bank.products.join(' ') });
  ensure(
    charter.districts.some((d) => d.id === row.district),
    'DISTRICT_REFUSED',
    { allowed: charter.districts.map((d) => d.id).join(' ') },
  );
  const { guarantorId } = row;
  ensure(guarantorId === undefined || charter.guarantors.some((g) => g.id === guarantorId), 'GUARANTOR_REFUSED', {
    guarantorId: guarantorId ?? '',
    reason: 'unknown',
  });
};

/** A loan not filed in time is not compensable. */
const checkWindow = (drawnOn: BusinessDate, charter: CompensationCharter, rules: Rules, today: BusinessDate): void => {
  const { window } = charter.filing;
  if (window === null) return;
  const { aheadDays, workingDays } = window;
  const first = addDays(drawnOn, -aheadDays);
  const last = addWorkingDays(drawnOn, workingDays, rules.calendar);
  ensure(first <= today, 'FILING_EARLY', { drawnOn, first });
  ensure(today <= last, 'FILING_LATE', { drawnOn, last });
};

const checkPrice = (row: FilingRow, { filing, benchmarks }: CompensationCharter): void => {
  if (filing.rateCeiling !== null) {
    const benchmark = benchmarks.findLast((b) => b.from <= row.drawnOn);
    if (benchmark === undefined) throw new FundError('BENCHMARK_MISSING', { drawnOn: row.drawnOn });
    const { multiple, plus } = filing.rateCeiling;
    const ceiling = addRates(multiplyRates(parseRate(benchmark.annualRate), parseRate(multiple)), parseRate(plus));
    ensure(rateAtLeast(ceiling, parseRate(row.annualRate)), 'RATE_ABOVE_CEILING', {
      annualRate: row.annualRate,
      benchmark: benchmark.annualRate,
      multiple,
      plus,
    });
  }
  ensure(
    filing.feeCeiling === null || rateAtLeast(parseRate(filing.feeCeiling), parseRate(row.feeRate)),
    'FEE_ABOVE_CEILING',
    { feeRate: row.feeRate, ceiling: filing.feeCeiling ?? '' },
  );
};

const checkDocuments = (row: FilingRow, required: readonly FilingDocument[]): void => {
  const given: Readonly<Record<FilingDocument, string | undefined>> = {
    'loan-contract': row.contractSha256,
    'drawdown-voucher': row.drawdownSha256,
  };
  const missing = required.filter((type) => given[type] === undefined);
  ensure(missing.length === 0, 'DOCUMENTS_MISSING', { missing: missing.join(' ') });
};

/**
 * Holds a loan against what may be covered for its borrower: by size class, and by grade where enterprises are graded. The
 * grade must have been given before the loan was made and be good on that day.
 * @throws SIZE_REFUSED, GRADE_MISSING, GRADE_EXPIRED, ENTERPRISE_LIMIT_EXCEEDED
 */
export const checkLimit = (row: FilingRow, enterprise: EnterpriseState, charter: CompensationCharter): void => {
  const size = charter.filing.sizes.find((s) => s.sizeClass === row.sizeClass);
  if (size === undefined) throw new FundError('SIZE_REFUSED', { sizeClass: row.sizeClass });
  const limitFen =
    charter.grading === null ? size.perEnterpriseFen : minFen(size.perEnterpriseFen, gradeLimitFen(row, enterprise));
  ensure(enterprise.exposureFen + row.coveredFen <= limitFen, 'ENTERPRISE_LIMIT_EXCEEDED', {
    limitFen: String(limitFen),
    exposureFen: String(enterprise.exposureFen),
    askedFen: String(row.coveredFen),
  });
};

const gradeLimitFen = ({ drawnOn }: FilingRow, { grade }: EnterpriseState): bigint => {
  if (grade === undefined || grade.grade === null) throw new FundError('GRADE_MISSING');
  ensure(grade.firstOn <= drawnOn, 'GRADE_MISSING', { firstOn: grade.firstOn, drawnOn });
  ensure(drawnOn <= grade.expiresOn, 'GRADE_EXPIRED', { expiresOn: grade.expiresOn, drawnOn });
  return grade.limitFen;
};
