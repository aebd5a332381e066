import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parseCsv, writeCsv } from '#shared/adapters/csv/csv.ts';
import type { ImportFiles } from '#shared/application/imports/step.ts';

/** Import files in the bank bucket. */
export const createImportFiles = (client: S3Client, bucket: string): ImportFiles => ({
  get: async (key) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (Body === undefined) throw new Error(`${key} is empty`);
    return await Body.transformToByteArray();
  },
  put: async (key, bytes) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
  },
  parse: parseCsv,
  write: writeCsv,
});
