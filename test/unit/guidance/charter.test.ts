import { describe, expect, test } from 'vitest';
import equipment2026 from '#shared/charters/guidance-equipment-2026.json' with { type: 'json' };
import imaging from '#shared/charters/guidance-imaging.json' with { type: 'json' };
import { charterDocument } from '#shared/contracts/documents.ts';
import { checkCharter } from '#shared/domain/charter/authority.ts';
import { isFundError } from '#shared/errors/fund-error.ts';
import { equipmentWith } from '#test/support/guidance-world.ts';

/** Why a charter is refused; undefined when it is not. */
const contradiction = (document: unknown): string | undefined => {
  try {
    checkCharter(charterDocument.parse(document));
    return undefined;
  } catch (error) {
    if (isFundError(error)) return error.details['reason'];
    throw error;
  }
};

const reference = equipmentWith({});
const { sectors } = reference.mandate;
const { kinds } = reference.returnInvestment;

describe('a guidance fund’s charter', () => {
  test.each([
    ['the equipment fund’s', reference],
    ['its amendment by the list of 2026', equipment2026],
    ['the joint imaging fund’s', imaging],
  ])('given %s, when it is checked, then it does not contradict itself', (_, document) => {
    expect(contradiction(document)).toBeUndefined();
  });

  test.each([
    ['a manager nobody knows', { parties: { manager: 'nobody' } }, 'a party is no contributor'],
    [
      'a manager that is the government',
      { parties: { government: ['manager'] } },
      'the manager cannot be the government',
    ],
    [
      'a government named twice',
      { parties: { government: ['zone', 'zone'] } },
      'a government contributor is listed twice',
    ],
    [
      'a concession to the government',
      { waterfall: { concession: { to: [{ contributor: 'zone', weight: 1 }] } } },
      'a concession goes to others',
    ],
    [
      'a concession to one twice',
      { waterfall: { concession: { to: ['state', 'state'].map((contributor) => ({ contributor, weight: 1 })) } } },
      'a concession names a contributor twice',
    ],
    [
      'a limit above the whole',
      { limits: { singleInvestee: { numerator: 6, denominator: 5 } } },
      'a limit is not in (0, 1]',
    ],
    ['a sector twice', { mandate: { sectors: [...sectors, ...sectors] } }, 'a sector is listed twice'],
    [
      'a key person twice',
      { keyPersons: [...reference.keyPersons, ...reference.keyPersons] },
      'a key person is listed twice',
    ],
    ['a kind twice', { returnInvestment: { kinds: [...kinds, ...kinds] } }, 'a kind of recognition is listed twice'],
    ['a timer twice', { timers: [reference.timers[0], reference.timers[0]] }, 'a timer is listed twice'],
    [
      'alerts that do not come one after another',
      { timers: [{ ...reference.timers[0], alertDays: [330, 270] }] },
      'alert days must rise',
    ],
    [
      'an instrument allowed and forbidden',
      { instruments: { forbidden: [{ instrument: 'equity', clause: '某条' }] } },
      'an instrument is both allowed and forbidden',
    ],
    [
      'an instrument forbidden twice',
      { instruments: { forbidden: ['loan', 'loan'].map((instrument) => ({ instrument, clause: '某条' })) } },
      'an instrument is forbidden twice',
    ],
    [
      'an opinion after the refusal',
      { instruments: { disguisedDebt: { refusedFrom: 1 } } },
      'an opinion would come too late',
    ],
    ['all profit as carry', { waterfall: { carry: '1' } }, 'the carry must be below 1'],
    ['a catch-up not above the carry', { waterfall: { catchUp: '0.2' } }, 'a catch-up must be above the carry'],
    [
      'investing longer than the fund',
      { term: { investmentYears: 11 } },
      'the investment period is longer than the fund',
    ],
    [
      'a fund before its plan',
      { term: { planConfirmedOn: '2017-01-02' } },
      'the fund begins before its plan was confirmed',
    ],
    ['an observer who is a member', { committee: { observer: { id: 'committee-1' } } }, 'the observer is a member'],
    [
      'a ground twice',
      { committee: { observer: { grounds: ['a-b', 'a-b'].map((id) => ({ id, label: '某事由' })) } } },
      'a ground of veto is listed twice',
    ],
    [
      'nobody to decide on a distribution',
      { authority: reference.authority.filter((t) => t.subject !== 'distribution') },
      'the last distribution tier must be open upwards',
    ],
  ])('given %s, when it is checked, then it is refused', (_, changes, reason) => {
    expect(contradiction(equipmentWith(changes))).toBe(reason);
  });
});
