/** What a worker thread is told at its start. */
export interface WorkerStart {
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  /** The bundle's file and whether it is an ES module. */
  readonly file: string;
  readonly isModule: boolean;
  /** Name of the exported handler. */
  readonly exportName: string;
  /** The virtual clock's offset. */
  readonly clock: SharedArrayBuffer;
}

/** One call, as the main thread sends it. Events and results travel as JSON text, as they do on Lambda. */
export interface Call {
  readonly requestId: string;
  readonly event: string;
  readonly timeoutMilliseconds: number;
}

/** Why an invocation failed, in Lambda's words. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What a worker thread says: that it is ready, that a call is done, or that it or a call has failed. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'failure'; readonly error: InvocationError; readonly fatal: boolean };

/** What came of an invocation. The payload is `undefined` when the handler returned nothing. */
export type Outcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: InvocationError };
