import type { Firm, Zone } from '../../portfolio/zone.ts';
import type { Step } from '../step.ts';
import { fileStep } from './files.ts';

const PATH = '/funds/zone';

/** The zone's register: demonstration banks, enterprises, and what became of some of them. */
export const zoneSteps = (zone: Zone, firms: readonly Firm[]): readonly Step[] => {
  const post = (id: string, on: Step['on'], path: string, body: object): Step => ({
    id,
    on,
    chapter: 'cover',
    run: async (desk) => {
      await desk.as('officer-1').post(`${PATH}${path}`, id, body);
    },
  });
  return [
    ...zone.banks.map((bank) =>
      post(`zone.bank-${bank.bankId}`, zone.recognisedOn, '/banks', {
        ...bank,
        documentNumber: zone.recognition,
        since: zone.recognisedOn,
      }),
    ),
    ...(firms.length === 0 ? [] : [enrolment(zone, firms)]),
    ...incubated(zone, firms).map((firm) =>
      post(`zone.incubate-${firm.firmId}`, zone.enrolledOn, `/firms/${firm.firmId}/moves`, {
        step: 'incubate',
        on: zone.incubated.on,
        note: zone.incubated.incubator,
      }),
    ),
    ...listed(zone, firms).map((firm, i) =>
      post(`zone.list-${firm.firmId}`, zone.recordedOn, `/firms/${firm.firmId}/listings`, {
        market: zone.listings.market,
        code: `60${String(i + 1).padStart(4, '0')}`,
        on: zone.listings.on,
      }),
    ),
    ...zone.rounds.flatMap(({ firm: key, raisedFen, postMoneyFen, ...round }) =>
      firms
        .filter((firm) => firm.key === key)
        .map(({ firmId }) =>
          post(`zone.round-${firmId}`, zone.recordedOn, `/firms/${firmId}/rounds`, {
            ...round,
            raisedFen: String(raisedFen),
            postMoneyFen: String(postMoneyFen),
          }),
        ),
    ),
  ];
};

const enrolment = (zone: Zone, firms: readonly Firm[]): Step =>
  fileStep({
    id: 'zone.enrolment',
    on: zone.enrolledOn,
    userId: 'officer-1',
    fundId: 'zone',
    kind: 'firms',
    fileName: '入库企业.csv',
    rows: firms.map(({ firmId, name, registeredOn, industry, technology }) => ({
      firmId,
      name,
      registeredOn,
      industry,
      technology: technology ? '是' : '否',
    })),
  });

const othersOf = (zone: Zone, firms: readonly Firm[]): readonly Firm[] =>
  firms.filter((f) => f.technology && f.key.startsWith('firm-') && f.registeredOn < zone.incubated.on);

const incubated = (zone: Zone, firms: readonly Firm[]): readonly Firm[] =>
  othersOf(zone, firms).slice(-zone.incubated.firms);

const listed = (zone: Zone, firms: readonly Firm[]): readonly Firm[] => [
  ...firms.filter((f) => f.key === zone.listings.named),
  ...othersOf(zone, firms).slice(0, zone.listings.others),
];
