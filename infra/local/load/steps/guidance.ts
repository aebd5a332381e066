import * as z from 'zod';
import { guidanceRules } from '#shared/domain/charter/charter.ts';
import type { GuidanceCharter } from '#shared/domain/charter/guidance.ts';
import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import type { LocalUser } from '../../identity/users.ts';
import { rulesOn } from '../../portfolio/charters.ts';
import { type GuidanceFund, type Investee, investeesOf } from '../../portfolio/guidance.ts';
import { fileOf } from '../../portfolio/parts.ts';
import type { Desk, Step } from '../step.ts';
import { type CaseStory, decidingOn, decisionSteps, noteOfCase } from './decisions.ts';
import { documentsOf } from './documents.ts';
import { foundingSteps } from './fund.ts';

type Investing = NonNullable<GuidanceFund['investing']>;

/** The fund that invests, and its people. */
interface Investor {
  readonly fund: GuidanceFund['fund'];
  readonly users: readonly LocalUser[];
}

/** A guidance fund from its founding to the registration of its shares. */
export const guidanceSteps = (guidance: GuidanceFund, users: readonly LocalUser[]): readonly Step[] => {
  const { fund, establishedOn, investing } = guidance;
  const [founding] = fund.charters;
  const id = `${fund.fundId}.established`;
  const established: Step = {
    id,
    on: founding.approvedOn,
    chapter: 'cover',
    run: async (desk) => {
      await desk.as('director-1').post(`/funds/${fund.fundId}/establishment`, id, {
        establishedOn,
        registrationNumber: `${fund.fundId}-${founding.approvedOn.slice(0, 4)}（虚构）`,
        registrationSha256: fileOf(`登记 ${fund.fundId}\n`).sha256,
      });
    },
  };
  const deals =
    investing === undefined
      ? []
      : investeesOf(guidance).flatMap((investee) => dealSteps({ fund, users }, investing, investee));
  return [...foundingSteps(fund, users), established, ...deals];
};

const shownAcquisition = z.object({ acquisition: z.object({ payId: z.string() }) });

const dealSteps = ({ fund, users }: Investor, investing: Investing, investee: Investee): readonly Step[] => {
  const { fundId } = fund;
  const name = `${fundId}.${investee.id}`;
  const story: CaseStory = { fundId, name, chapter: 'cover' };
  const rules = guidanceRules(rulesOn(fund, investing.proposedOn), 'investment');
  const acquisition = (desk: Desk): string =>
    `/funds/${fundId}/acquisitions/${acquisitionIdOf(desk.recall(noteOfCase(name)))}`;
  const step = (what: string, on: Step['on'], run: (desk: Desk, id: string) => Promise<void>): Step => {
    const id = `${name}.${what}`;
    return { id, on, chapter: 'cover', run: (desk) => run(desk, id) };
  };
  const release = step('release', investing.contractedOn, async (desk, id) => {
    const { payId } = (await desk.as('auditor-1').get(acquisition(desk), shownAcquisition)).acquisition;
    await desk.as('treasurer-1').post(`/funds/${fundId}/payments/${payId}/releases`, id, {});
  });
  return [
    step('propose', investing.proposedOn, async (desk, id) => {
      const body = proposalOf(investing, investee, rules);
      const proposed = await desk.as('officer-1').post(`/funds/${fundId}/investments`, id, body);
      desk.note(noteOfCase(name), proposed.id);
    }),
    ...decisionSteps(users, story, decidingOn(rules, 'investment', investing.amountFen), investing),
    step('contract', investing.contractedOn, async (desk, id) => {
      await desk.as('officer-1').post(`${acquisition(desk)}/contracts`, id, {
        contractNumber: `投资协议 ${investee.id}`,
        contractSha256: fileOf(`投资协议 ${investee.name}\n`).sha256,
        signedOn: investing.contractedOn,
      });
    }),
    { ...release, bank: true },
    step('register', investing.registeredOn, async (desk, id) => {
      await desk.as('officer-1').post(`${acquisition(desk)}/registrations`, id, {
        registeredOn: investing.registeredOn,
        noticeSha256: fileOf(`变更登记通知书 ${investee.name}\n`).sha256,
      });
    }),
  ];
};

/** A tenth of the investee at one yuan a share, on terms that every rule allows, with what the rules ask for. */
const proposalOf = (
  { sector, amountFen, proposedOn, bankCode }: Investing,
  investee: Investee,
  { file }: GuidanceCharter,
): object => ({
  instrument: 'equity',
  investee: { kind: 'company', id: investee.id, name: investee.name, establishedOn: '2016-03-01' },
  sector,
  payee: { name: investee.name, number: investee.accountNumber, bankCode },
  terms: { fixedReturn: false, buyBack: 'none', buyBackMandatory: false, bearsLosses: true, promises: [] },
  sideLetters: [],
  interested: [],
  declarations: Object.fromEntries(file.declarations.map((d) => [d.key, d.expected])),
  amountFen: String(amountFen),
  fees: [],
  shareClass: 'ordinary',
  quantity: String(amountFen / 100n),
  totalQuantity: String(amountFen / 10n),
  documents: documentsOf(file.documents.equity, `${investee.name}\n${proposedOn}`),
});
