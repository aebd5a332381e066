export interface Answer {
  readonly status: number;
  readonly bytes?: Uint8Array;
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

  /** What S3 answers to a request. */
  answer(method: 'GET' | 'PUT', key: string, body?: Uint8Array, ifNoneMatch?: string): Answer {
    if (method === 'PUT') {
      if (ifNoneMatch === '*' && this.#objects.has(key) && !this.#forgetsConditions) return { status: 412 };
      this.put(key, body ?? new Uint8Array());
      return { status: 200 };
    }
    const found = this.#objects.get(key);
    return found === undefined ? { status: 404 } : { status: 200, bytes: found.bytes };
  }
}
