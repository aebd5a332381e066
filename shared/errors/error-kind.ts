/** What a person and a machine need to know of one error code. */
export interface ErrorKind {
  /** HTTP status of the problem document. */
  readonly status: number;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly zh: string;
  readonly en: string;
}
