import { charterDocument } from '#shared/contracts/documents.ts';
import type { BusinessDate } from '#shared/domain/calendar.ts';
import type { Charter } from '#shared/domain/charter/charter.ts';
import type { AdoptedCharter, FoundedFund } from './parts.ts';

/** The rules of a version, as a fund adopted it. */
export const rulesOf = ({ document }: AdoptedCharter): Charter => charterDocument.parse(document);

/** The fund's account at its bank, by the charter it was founded under. */
export const accountOf = ({ charters: [founding] }: FoundedFund): Charter['account'] => rulesOf(founding).account;

/** The rules a fund decides under on a day: of the versions it had adopted by then, the last in force. */
export const rulesOn = ({ charters }: FoundedFund, on: BusinessDate): Charter => {
  const [founding] = charters;
  return rulesOf(charters.findLast((c) => c.approvedOn <= on && c.effectiveFrom <= on) ?? founding);
};
