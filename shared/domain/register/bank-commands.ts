import { ensure, FundError } from '#shared/errors/fund-error.ts';
import type { CommandSpec, Decision } from '../book/decision.ts';
import type { EntryDraft } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { requireEdge } from '../machine.ts';
import { type BankState, bankMachine } from './bank.ts';
import { requireRegister } from './commands.ts';

const recorded = (
  bankId: string,
  bank: BankState,
  entry: Pick<EntryDraft, 'type' | 'summary' | 'businessDate'>,
): Decision => ({
  entries: [
    {
      ...entry,
      links: { bank: bankId },
      facts: { document: bank.documentNumber },
      digests: [
        {
          type: 'bank',
          id: bankId,
          fields: { status: bank.status, name: bank.name, products: bank.products.join('；'), since: bank.since },
        },
      ],
    },
  ],
  changes: [{ type: 'bank', id: bankId, state: bank }],
});

export interface RecogniseBankPayload {
  readonly bankId: string;
  readonly name: string;
  readonly products: readonly string[];
  readonly documentNumber: string;
  readonly since: BusinessDate;
}

/**
 * The zone recognises a bank (科技金融示范银行), or changes the products it was recognised with.
 * @throws ROLE_REQUIRED, NOT_THE_REGISTER, DATE_INVALID
 */
export const recogniseBank: CommandSpec<RecogniseBankPayload> = {
  kind: 'register.recognise-bank',
  primary: (p) => ref('bank', p.bankId),
  decide: (state, { payload, actor, fundId }, _rules, today) => {
    requireRegister(fundId, actor);
    const { bankId, ...terms } = payload;
    ensure(terms.since <= today, 'DATE_INVALID', { date: terms.since, today });
    const before = state.read('bank', bankId);
    if (before !== undefined) requireEdge(bankMachine, 'renew', before.status);
    return recorded(
      bankId,
      { ...terms, status: 'recognised' },
      { type: 'bank.recognised', businessDate: terms.since, summary: `认定科技金融示范银行 ${terms.name}` },
    );
  },
};

export interface EndBankPayload {
  readonly bankId: string;
  readonly on: BusinessDate;
  readonly reason: string;
}

/**
 * The recognition of a bank ends. Loans it has filed stay covered; that is the funds' business.
 * @throws ROLE_REQUIRED, NOT_THE_REGISTER, BANK_NOT_FOUND, STATE_INVALID, DATE_INVALID
 */
export const endBank: CommandSpec<EndBankPayload> = {
  kind: 'register.end-bank',
  primary: (p) => ref('bank', p.bankId),
  decide: (state, { payload, actor, fundId }, _rules, today) => {
    requireRegister(fundId, actor);
    const { bankId, on, reason } = payload;
    const bank = state.read('bank', bankId);
    if (bank === undefined) throw new FundError('BANK_NOT_FOUND', { bankId });
    requireEdge(bankMachine, 'end', bank.status);
    ensure(bank.since <= on && on <= today, 'DATE_INVALID', { date: on, today });
    return recorded(
      bankId,
      { ...bank, status: 'ended', endedOn: on },
      { type: 'bank.ended', businessDate: on, summary: reason },
    );
  },
};
