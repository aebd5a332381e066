/** Days past due above which a grade begins, and the floor for extended loans. */
export interface ClassificationRules {
  readonly specialMentionOverDays: number;
  readonly substandardOverDays: number;
  readonly doubtfulOverDays: number;
  readonly lossOverDays: number;
  /** Months after an extension during which the loan stays at special mention at least. */
  readonly observationMonths: number;
}

/** Provision by five-grade class, exact decimals. */
export interface ProvisionMatrix {
  readonly normal: string;
  readonly specialMention: string;
  readonly substandard: string;
  readonly doubtful: string;
  readonly loss: string;
}
