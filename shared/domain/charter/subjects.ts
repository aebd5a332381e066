/** What cases may be about, by kind of fund. Every subject has its own tiers in the charter's authority matrix. */
export const SUBJECTS_OF = {
  seed: [
    'charter',
    'refund',
    'loan',
    'extension',
    'novation',
    'write-off',
    'public-equity',
    'conversion',
    'exit',
    'equity-write-off',
  ],
  guidance: [
    'charter',
    'investment',
    'commitment',
    'commitment-call',
    'exit',
    'equity-write-off',
    'distribution',
    'management-fee',
    'recognition',
    'resumption',
  ],
  'risk-compensation': ['charter', 'refund', 'claim', 'final-loss', 'resume-bank'],
} as const;

export type FundKind = keyof typeof SUBJECTS_OF;
export type Subject = (typeof SUBJECTS_OF)[FundKind][number];

/** Every subject of every kind of fund. */
export const SUBJECTS: readonly Subject[] = [...new Set(Object.values(SUBJECTS_OF).flat())];
