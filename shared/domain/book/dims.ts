/** The auxiliary dimensions of what is booked about an instrument: a loan, a holding, a dividend or a claim. */
export interface InstrumentDims {
  readonly enterprise: string;
  readonly instrument: string;
}

/** The dimensions of an instrument by its id. */
export const dimsOf = (instrument: string, { enterpriseId }: { readonly enterpriseId: string }): InstrumentDims => ({
  enterprise: enterpriseId,
  instrument,
});
