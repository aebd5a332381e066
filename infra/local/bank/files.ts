import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** All the bank and the fund office have in common: a place where each leaves files for the other. */
export interface SharedFiles {
  /** Keys under a prefix, in order. */
  list(prefix: string): Promise<readonly string[]>;
  get(key: string): Promise<Uint8Array>;
  put(key: string, text: string): Promise<void>;
}

/** The bank's view of the bucket it shares with the fund office. */
export const bucketFiles = (client: S3Client, bucket: string): SharedFiles => ({
  list: async (prefix) => {
    const keys: string[] = [];
    let from: string | undefined;
    do {
      const answer = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(from && { ContinuationToken: from }) }),
      );
      for (const { Key } of answer.Contents ?? []) if (Key !== undefined) keys.push(Key);
      from = answer.NextContinuationToken;
    } while (from !== undefined);
    return keys.sort();
  },
  get: async (key) => {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (answer.Body === undefined) throw new Error(`${key} has no content`);
    return await answer.Body.transformToByteArray();
  },
  put: async (key, text) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(text) }));
  },
});
