import * as z from 'zod';
import { acquisitionIdOf } from '#shared/domain/equity/acquisition.ts';
import { type GuidanceFund, type Investee, investeesOf } from '../../portfolio/guidance.ts';
import { fileOf } from '../../portfolio/parts.ts';
import type { Desk, Step } from '../step.ts';
import { approvalStep, type CaseStory, noteOfCase, reviewStep, voteSteps } from './decisions.ts';
import { foundingSteps } from './fund.ts';

type Investing = NonNullable<GuidanceFund['investing']>;

const DOCUMENTS: Readonly<Record<string, string>> = {
  'due-diligence-report': '尽职调查报告.pdf',
  'term-sheet': '投资条款.pdf',
  'valuation-report': '估值报告.pdf',
  'legal-opinion': '法律意见书.pdf',
};

/** A guidance fund from its founding to the registration of its shares. */
export const guidanceSteps = (guidance: GuidanceFund): readonly Step[] => {
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
        registrationNumber: `${fund.fundId}-2018（虚构）`,
        registrationSha256: fileOf(`登记 ${fund.fundId}\n`).sha256,
      });
    },
  };
  const deals =
    investing === undefined
      ? []
      : investeesOf(guidance).flatMap((investee) => dealSteps(fund.fundId, investing, investee));
  return [...foundingSteps(fund), established, ...deals];
};

const shownAcquisition = z.object({ acquisition: z.object({ payId: z.string() }) });

const dealSteps = (fundId: string, investing: Investing, investee: Investee): readonly Step[] => {
  const name = `${fundId}.${investee.id}`;
  const story: CaseStory = { fundId, name, chapter: 'cover' };
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
      const body = proposalOf(investing, investee);
      const proposed = await desk.as('officer-1').post(`/funds/${fundId}/investments`, id, body);
      desk.note(noteOfCase(name), proposed.id);
    }),
    reviewStep(story, investing.reviewedOn, 'pass'),
    ...voteSteps(story, investing.votedOn),
    approvalStep(story, investing.approvedOn, 'director-1'),
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

/** A tenth of the investee at one yuan a share, on terms that every rule allows. */
const proposalOf = ({ sector, amountFen, proposedOn }: Investing, investee: Investee): object => ({
  instrument: 'equity',
  investee: { kind: 'company', id: investee.id, name: investee.name, establishedOn: '2016-03-01' },
  sector,
  payee: { name: investee.name, number: investee.accountNumber, bankCode: '314653000011' },
  terms: { fixedReturn: false, buyBack: 'none', buyBackMandatory: false, bearsLosses: true, promises: [] },
  sideLetters: [],
  interested: [],
  declarations: {
    'encouraged-industry': true,
    'restricted-industry': false,
    'joint-punishment': false,
    'pending-suit': false,
  },
  amountFen: String(amountFen),
  fees: [],
  shareClass: 'ordinary',
  quantity: String(amountFen / 100n),
  totalQuantity: String(amountFen / 10n),
  documents: Object.entries(DOCUMENTS).map(([type, name]) => ({
    type,
    name,
    ...fileOf(`${name}\n${investee.name}\n${proposedOn}\n`),
  })),
});
