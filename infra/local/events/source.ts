/** Something that calls functions by itself: a queue, a stream, the notifications of a bucket. */
export interface EventSource {
  /** Names it to people. */
  readonly name: string;
  /** ARN of the queue it tells about what it has given up, where there is one. */
  readonly deadLetterArn?: string | undefined;
  start(): void;
  /** True when there is nothing it has not handed over and nothing handed over that is not finished. */
  isDrained(): Promise<boolean>;
  /** Takes nothing more, and resolves when what was taken is finished. */
  stop(): Promise<void>;
}

/** Where the local cloud reports what goes wrong in itself, as opposed to in a function. */
export type Complain = (message: string, error: unknown) => void;
