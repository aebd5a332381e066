import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** The bank bucket. */
export interface BankFiles {
  /** Stores bytes unless the key is taken; what is there stays as it is. Returns whether it was stored now. */
  readonly putOnce: (key: string, bytes: Uint8Array) => Promise<boolean>;
  readonly get: (key: string) => Promise<Uint8Array>;
}

export const createBankFiles = (client: S3Client, bucket: string): BankFiles => ({
  putOnce: async (key, bytes) => {
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      // Not so ConditionalRequestConflict: another upload of the key was under way then, and may yet fail.
      if (error instanceof Error && error.name === 'PreconditionFailed') return false;
      throw error;
    }
  },
  get: async (key) => {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (answer.Body === undefined) throw new Error(`${key} is empty`);
    return await answer.Body.transformToByteArray();
  },
});
