/** How long each kind of function may run; a queue hides a message six times as long. */
export const TIMEOUT_SECONDS = {
  /** A person waits; API Gateway gives up after thirty. */
  api: 15,
  worker: 30,
  send: 30,
  intake: 60,
  /** Hundreds of rows a step, steps of several funds in a batch. */
  imports: 120,
  close: 120,
  stream: 60,
} as const;
