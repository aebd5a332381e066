import { type Portfolio, readPortfolio } from '#infra/local/portfolio/portfolio.ts';

const whole = readPortfolio();

/** The reference portfolio's seed fund, with its borrowers alone in the register: quick to play again and again. */
export const seedFundAlone: Portfolio = {
  ...whole,
  zone: {
    ...whole.zone,
    banks: [],
    named: [],
    technologyFirms: 0,
    otherFirms: 0,
    rounds: [],
  },
  covers: [],
  guidance: [],
};
