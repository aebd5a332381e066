import * as z from 'zod';
import { bankIdText, dateText, fenText, lineText } from '#shared/contracts/scalars.ts';
import { addDays, type BusinessDate, parseDate } from '#shared/domain/calendar.ts';
import { codesBegin, key, madeUpCode, provenance, workday } from './parts.ts';

/*
 * The zone's register as the article tells of it: a few enterprises by name, and as many others as it counts, whose names,
 * codes and days are made up by rule, so that they are the same on every machine.
 */

export const zoneSchema = z.strictObject({
  ...provenance,
  banks: z.array(z.strictObject({ bankId: bankIdText, name: lineText(70), products: z.array(lineText(20)) })),
  recognisedOn: workday,
  recognition: lineText(60),
  enrolledOn: workday,
  named: z.array(
    z.strictObject({
      key,
      name: lineText(70),
      registeredOn: dateText,
      industry: lineText(40),
      technology: z.boolean(),
    }),
  ),
  /** Enterprises with and without the mark of technology, those with names and the seed fund's borrowers among them. */
  madeUpFirms: z.strictObject({ codesBegin, namesBegin: lineText(20) }),
  technologyFirms: z.int(),
  otherFirms: z.int(),
  incubated: z.strictObject({ firms: z.int(), incubator: lineText(100), on: dateText }),
  recordedOn: workday,
  listings: z.strictObject({ market: lineText(40), named: key, others: z.int(), on: dateText }),
  rounds: z.array(
    z.strictObject({
      firm: key,
      investor: lineText(70),
      raisedFen: fenText,
      postMoneyFen: fenText,
      on: dateText,
    }),
  ),
});
export type Zone = z.output<typeof zoneSchema>;

/** One enterprise of the register. */
export interface Firm {
  readonly key: string;
  readonly firmId: string;
  readonly name: string;
  readonly registeredOn: BusinessDate;
  readonly industry: string;
  readonly technology: boolean;
}

/** A borrower of the seed fund, as its loan names it. */
interface Borrower {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly establishedOn: BusinessDate;
}

const GIVEN_NAMES = [...'晨瑞拓宏泽凯鼎锐盛铭睿诚翔隆佳嘉鸿朗'];
const SECOND_NAMES = [...'远达峰源华泰腾飞博创益康信通辉旺'];
const TRADES = ['智能装备', '电子信息', '汽车零部件', '新材料', '影像科技', '软件', '机器人', '环保科技'];
const OTHER_TRADES = ['商贸', '物流', '食品', '建材', '包装', '餐饮服务', '农业', '印务'];
const FIRST_DAY = parseDate('2014-01-06');
const DAYS_APART = 5;

/** The enterprise of a number, with a name no other number has. */
const madeUpFirm = ({ madeUpFirms }: Zone, n: number, technology: boolean): Firm => {
  const trades = technology ? TRADES : OTHER_TRADES;
  const industry = trades[n % trades.length] ?? '';
  const given = GIVEN_NAMES[n % GIVEN_NAMES.length] ?? '';
  const second = SECOND_NAMES[Math.floor(n / GIVEN_NAMES.length) % SECOND_NAMES.length] ?? '';
  return {
    key: `firm-${n}`,
    firmId: madeUpCode(madeUpFirms.codesBegin, n),
    name: `${madeUpFirms.namesBegin}${given}${second}${industry}有限公司（虚构）`,
    registeredOn: addDays(FIRST_DAY, DAYS_APART * n),
    industry,
    technology,
  };
};

const NAMED_FROM = 90_001;

/** All enterprises: those with technology first, each kind in a fixed order. */
export const firmsOf = (zone: Zone, borrowers: readonly Borrower[]): readonly Firm[] => {
  const { codesBegin: begin } = zone.madeUpFirms;
  const named = zone.named.map((firm, i) => ({ ...firm, firmId: madeUpCode(begin, NAMED_FROM + i) }));
  const known: readonly Firm[] = [
    ...borrowers.map(({ key, id, name, establishedOn }) => ({
      key,
      firmId: id,
      name,
      registeredOn: establishedOn,
      industry: '科技型小微企业',
      technology: true,
    })),
    ...named,
  ];
  const kindOf = (technology: boolean, count: number, from: number): readonly Firm[] => {
    const before = known.filter((f) => f.technology === technology);
    const made = Array.from({ length: count - before.length }, (_, i) => madeUpFirm(zone, from + i, technology));
    return [...before, ...made];
  };
  return [...kindOf(true, zone.technologyFirms, 0), ...kindOf(false, zone.otherFirms, zone.technologyFirms)];
};
