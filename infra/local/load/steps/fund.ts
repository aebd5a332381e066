import { FOUNDING_TIER, tierFor } from '#shared/domain/charter/authority.ts';
import { accountOf, rulesOf, rulesOn } from '../../portfolio/charters.ts';
import type { FoundedFund } from '../../portfolio/parts.ts';
import type { Portfolio } from '../../portfolio/portfolio.ts';
import type { Step } from '../step.ts';
import { type CaseStory, decisionSteps, noteOfCase } from './decisions.ts';

type Fund = Portfolio['fund'];
type Users = Portfolio['users'];
type Call = FoundedFund['calls'][number];

/** How a fund came to be and got its money: charters and capital calls. */
export const foundingSteps = (fund: FoundedFund, users: Users): readonly Step[] => [
  ...fund.charters.flatMap((charter) => charterSteps(fund, users, charter)),
  ...fund.calls.flatMap((call) => callSteps(fund, call)),
];

/** The same of the seed fund, and votes given into other hands. */
export const fundSteps = ({ fund, users }: Pick<Portfolio, 'fund' | 'users'>): readonly Step[] => [
  ...foundingSteps(fund, users),
  ...fund.delegations.map((delegation) => delegationStep(fund, delegation)),
];

const charterSteps = (fund: FoundedFund, users: Users, charter: FoundedFund['charters'][number]): readonly Step[] => {
  const { fundId } = fund;
  const { proposedOn, approvedOn } = charter;
  const founding = charter.version === 1;
  const story: CaseStory = {
    fundId,
    name: `charter.${charter.key}`,
    chapter: founding ? 'founding' : 'lending',
  };
  const rules = rulesOn(fund, proposedOn);
  const { committee } = rules;
  const authority = founding ? FOUNDING_TIER : tierFor(rules, 'charter', rulesOf(charter).capital.totalFen);
  const id = `${story.name}.propose`;
  return [
    {
      id,
      on: proposedOn,
      chapter: story.chapter,
      run: async (desk) => {
        const body = { charter: charter.document };
        const proposed = await desk.as('admin-1').post(`/funds/${fundId}/charters`, id, body);
        desk.note(noteOfCase(story.name), proposed.id);
      },
    },
    ...decisionSteps(users, story, { committee, authority }, { reviewedOn: proposedOn, approvedOn }),
  ];
};

const callSteps = (fund: FoundedFund, call: Call): readonly Step[] => {
  const id = `call.${call.key}`;
  const { amountFen, dueOn, documentNumber, budgetDocumentNumber } = call;
  const budget = budgetDocumentNumber === undefined ? {} : { budgetDocumentNumber };
  return [
    {
      id,
      on: call.calledOn,
      chapter: 'capital',
      run: async (desk) => {
        const body = { amountFen: String(amountFen), dueOn, documentNumber, ...budget };
        const called = await desk.as('director-1').post(`/funds/${fund.fundId}/capital/calls`, id, body);
        desk.note(id, called.id);
      },
    },
    ...call.receipts.map((receipt) => receiptStep(fund, id, receipt)),
  ];
};

/** A contributor pays at the bank and quotes the call's number. */
const receiptStep = (fund: FoundedFund, callId: string, receipt: Call['receipts'][number]): Step => {
  const id = `${callId}.${receipt.contributor}`;
  return {
    id,
    on: receipt.on,
    chapter: 'capital',
    bank: true,
    run: async (desk) => {
      const { amountFen, payer, payerAccount, contributor, on } = receipt;
      const remittance = `${desk.recall(callId)} ${contributor} 首期出资`;
      desk.bank.deposit({ id, account: accountOf(fund).number, amountFen, payer, payerAccount, remittance, dueOn: on });
    },
  };
};

const delegationStep = ({ fundId }: Fund, { from, on, ...delegation }: Fund['delegations'][number]): Step => {
  const id = `delegation.${from}.${on}`;
  return {
    id,
    on,
    chapter: 'lending',
    run: async (desk) => {
      await desk.as(from).post(`/funds/${fundId}/delegations`, id, delegation);
    },
  };
};
