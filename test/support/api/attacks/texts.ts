import { company } from '../../world.ts';
import { type Attack, applicant, apply, lossy, refuse, show } from './attack.ts';

/** Texts with characters that cannot be seen, and codes that are none. */
export const textAttacks = (): readonly Attack[] => [
  ...refuse('REQUEST_INVALID', 'text', [['invalid UTF-8', { ...apply({}), body: lossy() }]]),
  ...refuse(
    'REQUEST_INVALID',
    'purpose',
    [
      '',
      ' 研发投入',
      '研发投入\u3000',
      '研发\n投入',
      '研发\u0000投入',
      '研发\u200b投入',
      '研发\u202e投入',
      '研发\u2066投入',
      '研发\u2028投入',
      '研发\u3164投入',
      '研发\u00ad投入',
      '研发\ufffd投入',
      '研发\ud800投入',
      '研'.repeat(201),
    ].map((purpose) => [show(purpose), apply({ purpose })] as const),
  ),
  ...refuse(
    'REQUEST_INVALID',
    'name',
    ['\u202e某某公司', '某某\u200d公司', '某某公司\ufeff', '某某\u3164公司', '某某\u115f公司', '某某\ue000公司'].map(
      (name) => [show(name), applicant({ name })] as const,
    ),
  ),
  ...refuse('USCC_INVALID', 'code', [
    [
      'wrong check character',
      applicant({ id: `${company(7).id.slice(0, -1)}${company(7).id.endsWith('0') ? '1' : '0'}` }),
    ],
    ['a team’s number for a company', applicant({ id: 'TEAM-00000001' })],
  ]),
];
