import { describe, expect, test } from 'vitest';
import { charterOf, readPortfolio } from '#infra/local/portfolio/portfolio.ts';
import { charterDocument } from '#shared/contracts/documents.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { checkCharter } from '#shared/domain/charter/authority.ts';
import { checkUscc } from '#shared/domain/identity.ts';
import { sumFen } from '#shared/domain/money.ts';

const { fund, loans, article } = readPortfolio();

describe('the reference portfolio', () => {
  test('adds up to what the article says, and no loan is above the limit', () => {
    const { seedFund } = article;
    expect(loans).toHaveLength(seedFund.enterprises);
    expect(sumFen(loans.map((l) => l.amountFen))).toBe(seedFund.lentFen);
    expect(sumFen(fund.calls.map((c) => c.amountFen))).toBe(seedFund.firstTrancheFen);
    for (const loan of loans) {
      expect(loan.amountFen).toBeLessThanOrEqual(30_000_000n);
      expect(loan.termMonths).toBe(seedFund.termMonths);
      expect(loan.contractedOn <= article.asOf).toBe(true);
    }
  });

  test('marks every name that is made up, in the data and in the name itself', () => {
    for (const loan of loans) {
      const sourced = Object.hasOwn(loan.sourced, 'borrower.name');
      expect(loan.borrower.name.includes('（虚构）')).toBe(!sourced);
      expect(sourced).toBe(loan.borrower.name === article.seedFund.namedBorrower);
    }
  });

  test('uses codes that are valid and different', () => {
    const companies = loans.flatMap((l) => [
      ...(l.borrower.kind === 'company' ? [l.borrower.id] : []),
      ...l.later.flatMap((e) => (e.kind === 'becomes-company' ? [e.company.id] : [])),
    ]);
    for (const id of companies) expect(checkUscc(id)).toBe(id);
    expect(new Set(companies).size).toBe(12);
  });

  test('adopts charters that do not contradict themselves, each in its time', () => {
    const charters = fund.charters.map((c) => charterDocument.parse(charterOf(c).document));
    for (const charter of charters) checkCharter(charter);
    expect(charters.map((c) => [c.version, c.effectiveFrom])).toEqual([
      [1, parseDate('2017-01-01')],
      [2, parseDate('2019-01-01')],
    ]);
    const ages = charters.map(
      (c) => c.kind === 'seed' && c.lending.eligibility.find((r) => r.rule === 'max-age-years'),
    );
    expect(ages).toMatchObject([{ years: 3 }, { years: 5 }]);
  });
});
