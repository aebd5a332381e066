import { type ReferencePortfolio, readReferencePortfolio } from '#infra/local/portfolio/read.ts';

const whole = readReferencePortfolio();

/** The reference portfolio's seed fund, with its borrowers alone in the register: quick to play again and again. */
export const seedFundAlone: ReferencePortfolio = {
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
