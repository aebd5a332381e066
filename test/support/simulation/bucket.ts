interface PutInput {
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly IfNoneMatch?: string;
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  /** How often the key was written. */
  readonly writes: number;
}

/** An S3 bucket, as far as bank files need one. */
export class Bucket {
  readonly #objects = new Map<string, StoredObject>();
  readonly #onPut: (key: string) => void;
  /** A planted bug: overwrites what it was asked to keep. */
  readonly #forgetsConditions: boolean;

  constructor(onPut: (key: string) => void, forgetsConditions = false) {
    this.#onPut = onPut;
    this.#forgetsConditions = forgetsConditions;
  }

  get objects(): ReadonlyMap<string, StoredObject> {
    return this.#objects;
  }

  text(key: string): string {
    return Buffer.from(this.#objects.get(key)?.bytes ?? []).toString();
  }

  /** Stores a file; somebody who is not one of our functions may do so directly. */
  put(key: string, bytes: Uint8Array): void {
    this.#objects.set(key, { bytes, writes: (this.#objects.get(key)?.writes ?? 0) + 1 });
    this.#onPut(key);
  }

  /** Carries out a command of the S3 client. @throws what S3 would */
  answer(command: string, input: object): object {
    if (command === 'PutObjectCommand') {
      const { Key, Body, IfNoneMatch } = input as PutInput;
      if (IfNoneMatch === '*' && this.#objects.has(Key) && !this.#forgetsConditions)
        throw Object.assign(new Error('the key is taken'), { name: 'PreconditionFailed' });
      this.put(Key, Body);
      return {};
    }
    if (command !== 'GetObjectCommand') throw new Error(`${command} is not known here`);
    const { Key } = input as { Key: string };
    const found = this.#objects.get(Key);
    if (found === undefined) throw Object.assign(new Error(Key), { name: 'NoSuchKey' });
    return { Body: { transformToByteArray: async () => found.bytes } };
  }
}
