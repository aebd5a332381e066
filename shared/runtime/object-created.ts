import * as z from 'zod';

/** The keys of the objects an S3 notification tells of; its test event tells of none. */
export const objectCreated = z
  .object({ Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })).default([]) })
  .transform(({ Records }) => Records.map((r) => decodeURIComponent(r.s3.object.key.replaceAll('+', ' '))));
