import { ensure, FundError } from '#shared/errors/fund-error.ts';
import { requireRole } from '../approvals/guards.ts';
import type { CommandSpec, Decision, EntityChange, Snapshot } from '../book/decision.ts';
import type { Actor, Digest, EntryDraft } from '../book/entry.ts';
import type { BusinessDate } from '../calendar.ts';
import { ref } from '../entities.ts';
import { checkUscc, normaliseName } from '../identity.ts';
import { nameId } from '../lending/apply.ts';
import { requireEdge } from '../machine.ts';
import { positiveFen } from '../money.ts';
import { FIRM_RECORDS_MAX, type FirmState, firmMachine, REGISTER_BOOK } from './firm.ts';

/*
 * What happens to an enterprise of the zone beside the funds: it registers, is incubated, raises money, is listed, leaves.
 * Facts with their evidence, recorded by an officer; no money moves.
 */

/** @throws ROLE_REQUIRED, NOT_THE_REGISTER */
export const requireRegister = (fundId: string, actor: Actor): void => {
  requireRole(actor, 'officer', 'admin');
  ensure(fundId === REGISTER_BOOK, 'NOT_THE_REGISTER', { register: REGISTER_BOOK });
};

/** @throws FIRM_NOT_FOUND */
const readFirm = (state: Snapshot, firmId: string): FirmState => {
  const found = state.read('firm', firmId);
  if (found === undefined) throw new FundError('FIRM_NOT_FOUND', { firmId });
  return found;
};

const firmDigest = (id: string, firm: FirmState): Digest => ({
  type: 'firm',
  id,
  fields: {
    status: firm.status,
    name: firm.name,
    industry: firm.industry,
    technology: String(firm.technology),
    registeredOn: firm.registeredOn,
    listings: firm.listings.map((l) => `${l.market} ${l.code}`).join('；'),
    valuationFen: String(firm.rounds.at(-1)?.postMoneyFen ?? 0n),
    raisedFen: String(firm.rounds.reduce((sum, r) => sum + r.raisedFen, 0n)),
  },
});

/** One fact about a firm. `on` is when it happened, which is often long before it is recorded. */
const fact = (
  firmId: string,
  firm: FirmState,
  entry: Pick<EntryDraft, 'type' | 'summary' | 'facts'> & { readonly businessDate: BusinessDate },
  changes: readonly EntityChange[] = [],
): Decision => ({
  entries: [{ ...entry, links: { enterprise: firmId }, digests: [firmDigest(firmId, firm)] }],
  changes: [{ type: 'firm', id: firmId, state: firm }, ...changes],
});

/** @throws DATE_INVALID for what lies ahead */
const requirePast = (on: BusinessDate, today: BusinessDate): void =>
  ensure(on <= today, 'DATE_INVALID', { date: on, today });

export interface EnrolPayload {
  readonly firmId: string;
  readonly name: string;
  readonly registeredOn: BusinessDate;
  readonly industry: string;
  readonly technology: boolean;
}

/**
 * Takes an enterprise into the register. One code has one name, and no two look alike.
 * @throws ROLE_REQUIRED, NOT_THE_REGISTER, USCC_INVALID, NAME_INVALID, NAME_LOOKS_ALIKE, FIRM_EXISTS, DATE_INVALID
 */
export const enrolFirm: CommandSpec<EnrolPayload> = {
  kind: 'register.enrol',
  primary: (p) => ref('firm', p.firmId),
  prefetch: (p) => [ref('name', nameId(p.name))],
  decide: (state, { payload, actor, fundId }, _rules, today) => {
    requireRegister(fundId, actor);
    const { firmId, registeredOn, industry, technology } = payload;
    checkUscc(firmId);
    requirePast(registeredOn, today);
    const name = normaliseName(payload.name);
    ensure(state.read('firm', firmId) === undefined, 'FIRM_EXISTS', { firmId });
    const bearer = state.read('name', nameId(name))?.enterpriseId;
    ensure(bearer === undefined, 'NAME_LOOKS_ALIKE', { bearer: bearer ?? '', given: name });
    const firm: FirmState = {
      status: 'registered',
      name,
      registeredOn,
      industry,
      technology,
      listings: [],
      rounds: [],
    };
    return fact(firmId, firm, { type: 'firm.enrolled', businessDate: registeredOn, summary: `注册 ${name}` }, [
      { type: 'name', id: nameId(name), state: { enterpriseId: firmId } },
    ]);
  },
};

export interface MovePayload {
  readonly firmId: string;
  readonly step: 'incubate' | 'graduate' | 'leave';
  readonly on: BusinessDate;
  /** Incubator that takes it in, or why it leaves. */
  readonly note: string;
}

const STEPS = {
  incubate: { status: 'incubating', type: 'firm.incubated', zh: '入驻孵化' },
  graduate: { status: 'graduated', type: 'firm.graduated', zh: '孵化毕业' },
  leave: { status: 'left', type: 'firm.left', zh: '迁出或注销' },
} as const;

/**
 * A firm enters an incubator, leaves it grown up, or leaves the zone.
 * @throws ROLE_REQUIRED, NOT_THE_REGISTER, FIRM_NOT_FOUND, STATE_INVALID, DATE_INVALID
 */
export const moveFirm: CommandSpec<MovePayload> = {
  kind: 'register.move',
  primary: (p) => ref('firm', p.firmId),
  decide: (state, { payload, actor, fundId }, _rules, today) => {
    requireRegister(fundId, actor);
    const { firmId, step, on, note } = payload;
    const firm = readFirm(state, firmId);
    requireEdge(firmMachine, step, firm.status);
    requirePast(on, today);
    const { status, type, zh } = STEPS[step];
    const after: FirmState = { ...firm, status, ...(step === 'incubate' ? { incubator: note } : {}) };
    return fact(firmId, after, { type, businessDate: on, summary: `${zh} ${note}` });
  },
};

export interface ListPayload {
  readonly firmId: string;
  readonly market: string;
  readonly code: string;
  readonly on: BusinessDate;
}

/**
 * A firm's shares are admitted to a market (挂牌).
 * @throws ROLE_REQUIRED, NOT_THE_REGISTER, FIRM_NOT_FOUND, ALREADY_LISTED, REGISTER_FULL, DATE_INVALID
 */
export const listFirm: CommandSpec<ListPayload> = {
  kind: 'register.list',
  primary: (p) => ref('firm', p.firmId),
  decide: (state, { payload, actor, fundId }, _rules, today) => {
    requireRegister(fundId, actor);
    const { firmId, market, code, on } = payload;
    const firm = readFirm(state, firmId);
    requirePast(on, today);
    ensure(!firm.listings.some((l) => l.market === market), 'ALREADY_LISTED', { market });
    ensure(firm.listings.length < FIRM_RECORDS_MAX, 'REGISTER_FULL', { firmId });
    const after: FirmState = { ...firm, listings: [...firm.listings, { market, code, on }] };
    return fact(firmId, after, {
      type: 'firm.listed',
      businessDate: on,
      summary: `${market}挂牌 ${code}`,
      facts: { market, code },
    });
  },
};

export interface RoundPayload {
  readonly firmId: string;
  readonly investor: string;
  readonly raisedFen: bigint;
  readonly postMoneyFen: bigint;
  readonly on: BusinessDate;
}

/**
 * A firm has raised money from others, at a value of the whole.
 * @throws ROLE_REQUIRED, NOT_THE_REGISTER, FIRM_NOT_FOUND, AMOUNT_INVALID, REGISTER_FULL, DATE_INVALID
 */
export const recordRound: CommandSpec<RoundPayload> = {
  kind: 'register.round',
  primary: (p) => ref('firm', p.firmId),
  decide: (state, { payload, actor, fundId }, _rules, today) => {
    requireRegister(fundId, actor);
    const { firmId, investor, on } = payload;
    const firm = readFirm(state, firmId);
    requirePast(on, today);
    const raisedFen = positiveFen(payload.raisedFen);
    const postMoneyFen = positiveFen(payload.postMoneyFen);
    ensure(raisedFen <= postMoneyFen, 'AMOUNT_INVALID', { raisedFen: String(raisedFen) });
    ensure(firm.rounds.length < FIRM_RECORDS_MAX, 'REGISTER_FULL', { firmId });
    const after: FirmState = { ...firm, rounds: [...firm.rounds, { on, investor, raisedFen, postMoneyFen }] };
    return fact(firmId, after, {
      type: 'firm.raised',
      businessDate: on,
      summary: `融资 ${investor}`,
      facts: { raisedFen: String(raisedFen), postMoneyFen: String(postMoneyFen) },
    });
  },
};
