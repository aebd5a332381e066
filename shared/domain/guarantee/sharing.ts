import { FundError } from '#shared/errors/fund-error.ts';
import type { CompensationCharter, SharingScheme } from '../charter/compensation.ts';
import { allocateInTurn } from '../money.ts';

/** Who bears, or gets, what of an amount, in fen. */
export interface Shares {
  readonly fundFen: bigint;
  readonly guarantorFen: bigint;
  readonly bankFen: bigint;
}

/**
 * Splits an amount in turn: the fund takes its weight's part rounded down, the guarantor its part of what is left rounded
 * down, the bank the rest. It may be split in pieces, see {@link allocateInTurn}.
 * @param weights not negative
 */
export const shareOut = (amountFen: bigint, weights: Shares): Shares => {
  const { fundFen, guarantorFen, bankFen } = weights;
  const [fund = 0n, guarantor = 0n, bank = 0n] = allocateInTurn(amountFen, [fundFen, guarantorFen, bankFen]);
  return { fundFen: fund, guarantorFen: guarantor, bankFen: bank };
};

/** The weights of a scheme. */
export const weightsOf = (scheme: SharingScheme): Shares => ({
  fundFen: BigInt(scheme.fund),
  guarantorFen: BigInt(scheme.guarantor),
  bankFen: BigInt(scheme.bank),
});

/** The scheme a loan of a bank falls under, with a guarantor or without. @throws GUARANTOR_REFUSED */
export const schemeFor = (charter: CompensationCharter, bankId: string, guaranteed: boolean): SharingScheme => {
  const found = charter.sharing.find(
    (s) => s.guaranteed === guaranteed && (s.banks === null || s.banks.includes(bankId)),
  );
  if (found === undefined)
    throw new FundError('GUARANTOR_REFUSED', { bankId, reason: guaranteed ? 'none is admitted' : 'one is needed' });
  return found;
};

/** The scheme a filing was made under. */
export const schemeOf = (charter: CompensationCharter, filing: { readonly scheme: string }): SharingScheme => {
  const found = charter.sharing.find((s) => s.id === filing.scheme);
  if (found === undefined) throw new Error(`charter ${charter.version} has no scheme ${filing.scheme}`);
  return found;
};
