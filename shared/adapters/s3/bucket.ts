import { setTimeout as wait } from 'node:timers/promises';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';

export interface BucketSettings {
  readonly bucket: string;
  readonly region: string;
  /** Of something that speaks S3 elsewhere; AWS itself when absent. */
  readonly endpoint?: string;
  readonly credentials: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
}

/** One request to the objects of one bucket, signed. Answers of any status are the caller's to read. */
export type Bucket = (method: 'GET' | 'PUT', key: string, sent?: Sent) => Promise<Response>;

interface Sent {
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const ATTEMPTS_MAX = 3;
const TIMEOUT_MILLISECONDS = 10_000;
const PAUSE_MILLISECONDS = 200;

/**
 * Objects of a bucket over plain HTTP with the SDK's own signer. Two calls are all we make, and the SDK's client for them
 * would be a fifth of the bundle. Dropped connections, throttling and server errors are tried again.
 */
export const createBucket = (settings: BucketSettings): Bucket => {
  const { region, credentials } = settings;
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false });
  return async (method, key, { body, headers = {} } = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= ATTEMPTS_MAX;
      try {
        const url = addressOf(settings, key);
        const signed = await signer.sign({
          method,
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          headers: { ...headers, host: url.host },
          ...(body === undefined ? {} : { body }),
        });
        const response = await fetch(url, {
          method,
          headers: withoutHost(signed.headers),
          signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
          ...(body === undefined ? {} : { body: new Uint8Array(body) }),
        });
        if (last || (response.status < 500 && response.status !== 429)) return response;
        await response.body?.cancel();
      } catch (error) {
        if (last) throw error;
      }
      await wait(PAUSE_MILLISECONDS * attempt);
    }
  };
};

/** AWS is addressed by the bucket's own host, anything else by path. */
const addressOf = ({ bucket, region, endpoint }: BucketSettings, key: string): URL => {
  const path = key.split('/').map(escapeSegment).join('/');
  if (endpoint !== undefined) return new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${path}`);
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return new URL(`https://${bucket}.s3.${region}.${suffix}/${path}`);
};

/** As signatures of S3 have it: everything but letters, digits and `-_.~`. */
const escapeSegment = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** fetch says the host itself. */
const withoutHost = ({ host: _host, ...headers }: Record<string, string>): Record<string, string> => headers;
