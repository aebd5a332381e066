import { type BusinessDate, daysBetween } from '../calendar.ts';
import { type Fen, maxFen, minFen, sumFen } from '../money.ts';
import { type PartnerState, paidInFen } from './partner.ts';

/** A contributor's money that still lies at the bank (结存). */
export interface IdleMoney {
  readonly contributor: string;
  readonly amountFen: Fen;
  /** Days since the oldest of it came. */
  readonly longestDays: number;
  /** Fen times days: what idleness of different amounts is compared by. */
  readonly fenDays: bigint;
}

/**
 * How much of what each contributor paid in lies idle, and for how long: the first that came is the first that went, and no
 * more is idle than the bank holds.
 */
export const idleMoney = (
  partners: ReadonlyMap<string, PartnerState>,
  bankFen: Fen,
  asOf: BusinessDate,
): readonly IdleMoney[] => {
  const receipts = [...partners]
    .flatMap(([contributor, p]) => p.paidIn.map((flow) => ({ contributor, ...flow })))
    .filter((r) => r.on <= asOf)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  let usedFen = maxFen(0n, sumFen([...partners.values()].map(paidInFen)) - bankFen);
  const idle = new Map<string, IdleMoney>();
  for (const { contributor, on, amountFen } of receipts) {
    const goneFen = minFen(usedFen, amountFen);
    usedFen -= goneFen;
    const leftFen = amountFen - goneFen;
    if (leftFen === 0n) continue;
    const days = daysBetween(on, asOf);
    const before = idle.get(contributor);
    idle.set(contributor, {
      contributor,
      amountFen: (before?.amountFen ?? 0n) + leftFen,
      longestDays: Math.max(before?.longestDays ?? 0, days),
      fenDays: (before?.fenDays ?? 0n) + leftFen * BigInt(days),
    });
  }
  return [...partners.keys()].map(
    (contributor) => idle.get(contributor) ?? { contributor, amountFen: 0n, longestDays: 0, fenDays: 0n },
  );
};
