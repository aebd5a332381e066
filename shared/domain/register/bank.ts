import type { BusinessDate } from '../calendar.ts';
import { machine } from '../machine.ts';

export type BankStatus = 'recognised' | 'ended';

export const bankMachine = machine('demonstration bank', {
  end: { from: ['recognised'], to: ['ended'] },
  renew: { from: ['recognised', 'ended'], to: ['recognised'] },
} satisfies Record<string, { from: BankStatus[]; to: BankStatus[] }>);

/** 科技金融示范银行: a bank the zone has recognised, and the products it lends technology enterprises with. */
export interface BankState {
  readonly status: BankStatus;
  readonly name: string;
  readonly products: readonly string[];
  readonly documentNumber: string;
  readonly since: BusinessDate;
  readonly endedOn?: BusinessDate;
}
