import type { Bucket } from './bucket.ts';

/** The objects of a bucket, whole. */
export interface Objects {
  /** Stores bytes unless the key is taken; what is there stays as it is. Returns whether it was stored now. */
  readonly putOnce: (key: string, bytes: Uint8Array) => Promise<boolean>;
  /** Stores bytes under the key, in place of what may be there. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly get: (key: string) => Promise<Uint8Array>;
}

/** The key is taken. Not so 409: another upload of the key is under way then, and may yet fail. */
const PRECONDITION_FAILED = 412;

export const createObjects = (bucket: Bucket): Objects => ({
  putOnce: async (key, bytes) => {
    const answer = await bucket('PUT', key, { body: bytes, headers: { 'if-none-match': '*' } });
    if (answer.ok) return true;
    if (answer.status === PRECONDITION_FAILED) return false;
    throw await failure('stored', key, answer);
  },
  put: async (key, bytes) => {
    const answer = await bucket('PUT', key, { body: bytes });
    if (!answer.ok) throw await failure('stored', key, answer);
  },
  get: async (key) => {
    const answer = await bucket('GET', key);
    if (!answer.ok) throw await failure('read', key, answer);
    return new Uint8Array(await answer.arrayBuffer());
  },
});

/** S3 says why in its body, as XML with a code; no secret is in it. */
const failure = async (done: string, key: string, answer: Response): Promise<Error> => {
  const code = /<Code>(\w{1,60})<\/Code>/.exec(await answer.text())?.[1] ?? 'no reason given';
  return new Error(`${key} could not be ${done}: ${answer.status} ${code}`);
};
