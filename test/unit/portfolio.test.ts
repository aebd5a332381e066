import { describe, expect, test } from 'vitest';
import { filingRow, gradingRows, loansOf } from '#infra/local/portfolio/covers.ts';
import { investeesOf } from '#infra/local/portfolio/guidance.ts';
import { registerOf } from '#infra/local/portfolio/portfolio.ts';
import { readReferencePortfolio } from '#infra/local/portfolio/read.ts';
import { charterDocument } from '#shared/contracts/documents.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { checkCharter } from '#shared/domain/charter/authority.ts';
import { checkUscc } from '#shared/domain/identity.ts';
import { sumFen } from '#shared/domain/money.ts';

const portfolio = readReferencePortfolio();
const { fund, loans, article, covers, zone } = portfolio;

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
    const charters = fund.charters.map((c) => charterDocument.parse(c.document));
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

describe('the rest of the article’s system', () => {
  const firms = registerOf(portfolio);

  test('given the register, then codes are valid, names differ, and the counts are the article’s', () => {
    for (const { firmId } of firms) expect(checkUscc(firmId)).toBe(firmId);
    for (const of of ['firmId', 'name', 'key'] as const)
      expect(new Set(firms.map((f) => f[of])).size).toBe(firms.length);
    expect(firms.filter((f) => f.technology)).toHaveLength(article.knowledgeValue.gradedEnterprises);
    expect(firms.filter((f) => f.registeredOn > zone.enrolledOn)).toEqual([]);
  });

  test('marks every enterprise that is made up in its name, and no other', () => {
    const sourced = [article.seedFund.namedBorrower, article.zone.namedListedFirm, article.zone.raisingFirm];
    expect(firms.filter((f) => !f.name.includes('（虚构）')).map((f) => f.name)).toEqual(sourced);
  });

  test('given the two funds, then loans come to the article’s figures, and no enterprise borrows twice from one', () => {
    const lentBy = covers.map((cover) => {
      const all = cover.lending.flatMap((lending) => loansOf(cover, firms, lending));
      expect(new Set(all.map((l) => l.firm.firmId)).size).toBe(all.length);
      return [cover.fund.fundId, all.length, sumFen(all.map((l) => l.amountFen))];
    });
    const { knowledgeValue, smallBusiness } = article;
    expect(lentBy).toEqual([
      ['kv', knowledgeValue.borrowers, knowledgeValue.lentFen],
      ['sme', smallBusiness.loans, smallBusiness.lentFen],
    ]);
  });

  test('given the fund with grades, then everybody with technology is graded and every borrower among them', () => {
    const [kv] = covers;
    if (kv === undefined) throw new Error('there is no fund with grades');
    const graded = gradingRows(kv, firms).map((row) => row['enterpriseId']);
    expect(new Set(graded).size).toBe(article.knowledgeValue.gradedEnterprises);
    for (const lending of kv.lending)
      for (const loan of loansOf(kv, firms, lending))
        expect(graded).toContain(filingRow(loan, lending)['enterpriseId']);
  });

  test('given the guidance funds, then investees made up are marked so, and no code comes twice', () => {
    const investees = portfolio.guidance.flatMap(investeesOf);
    for (const { id } of investees) expect(checkUscc(id)).toBe(id);
    const ids = [...firms.map((f) => f.firmId), ...investees.map((i) => i.id)];
    expect(new Set(ids).size).toBe(ids.length);
    const sourced = investees.map((i) => i.name).filter((name) => !name.includes('（虚构）'));
    expect(sourced).toEqual(article.guidance.namedInvestees);
  });

  test('adopts charters that do not contradict themselves', () => {
    const adopted = [...covers, ...portfolio.guidance].map(({ fund: other }) =>
      other.charters.map((charter) => {
        const document = charterDocument.parse(charter.document);
        checkCharter(document);
        return `${document.fundId} ${document.version} from ${document.effectiveFrom}`;
      }),
    );
    expect(adopted).toEqual([
      ['kv 1 from 2017-05-17'],
      ['sme 1 from 2018-01-01', 'sme 2 from 2019-01-01'],
      ['equipment 1 from 2017-01-01'],
      ['imaging 1 from 2018-01-01'],
    ]);
  });
});
