import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { NotificationRule } from './provision/buckets.ts';

/** Tells queues about created objects, at least once per object, over kills and restarts. */
export interface BucketNotifier {
  /** Objects that nobody has been told about yet. */
  pending(): number;
  /** Tells about what is waiting, oldest first. */
  drain(): Promise<void>;
  close(): void;
}

type Send = (queueArn: string, body: string) => Promise<void>;

/**
 * Follows the objects of the engine's database. A trigger records each stored object in the transaction that stores it;
 * the record is removed after its queue messages were accepted.
 */
export function openNotifier(
  databaseFile: string,
  rules: readonly NotificationRule[],
  region: string,
  send: Send,
): BucketNotifier {
  const db = new DatabaseSync(databaseFile, { timeout: 5_000 });
  db.exec(`CREATE TABLE IF NOT EXISTS jinqu_created_object (
      id INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL,
      etag TEXT NOT NULL, stored_at TEXT NOT NULL, multipart INTEGER NOT NULL);
    CREATE TRIGGER IF NOT EXISTS jinqu_object_created AFTER INSERT ON s3_objects BEGIN
      INSERT INTO jinqu_created_object (bucket, key, size, etag, stored_at, multipart)
      VALUES (NEW.bucket, NEW.key, NEW.content_length, NEW.etag, NEW.last_modified, NEW.parts IS NOT NULL);
    END`);
  const waiting = db.prepare('SELECT * FROM jinqu_created_object ORDER BY id LIMIT 100');
  const count = db.prepare('SELECT count(*) AS waiting FROM jinqu_created_object');
  const remove = db.prepare('DELETE FROM jinqu_created_object WHERE id = ?');
  return {
    pending: () => Number(count.get()?.['waiting'] ?? 0),
    drain: async () => {
      for (const row of waiting.all()) {
        const object = createdObject(row);
        for (const rule of rules.filter((each) => applies(each, object))) {
          await send(rule.queueArn, JSON.stringify({ Records: [eventRecord(object, rule, region)] }));
        }
        remove.run(object.id);
      }
    },
    close: () => db.close(),
  };
}

/** The message S3 sends to a queue once, when a notification to it is configured. */
export const testEvent = (bucket: string): string =>
  JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date().toISOString(),
    Bucket: bucket,
    RequestId: randomUUID(),
    HostId: 'local',
  });

interface CreatedObject {
  readonly id: number;
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly storedAt: string;
  readonly event: string;
}

const createdObject = (row: Record<string, unknown>): CreatedObject => ({
  id: Number(row['id']),
  bucket: String(row['bucket']),
  key: String(row['key']),
  size: Number(row['size']),
  etag: String(row['etag']).replaceAll('"', ''),
  storedAt: String(row['stored_at']),
  event: Number(row['multipart']) === 1 ? 'ObjectCreated:CompleteMultipartUpload' : 'ObjectCreated:Put',
});

const applies = (rule: NotificationRule, object: CreatedObject): boolean =>
  rule.bucket === object.bucket &&
  object.key.startsWith(rule.prefix) &&
  object.key.endsWith(rule.suffix) &&
  rule.events.some((pattern) => pattern === object.event || pattern === 'ObjectCreated:*');

const eventRecord = (object: CreatedObject, rule: NotificationRule, region: string) => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  awsRegion: region,
  eventTime: object.storedAt,
  eventName: object.event,
  userIdentity: { principalId: 'local' },
  requestParameters: { sourceIPAddress: '127.0.0.1' },
  responseElements: { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': 'local' },
  s3: {
    s3SchemaVersion: '1.0',
    configurationId: rule.id,
    bucket: { name: object.bucket, ownerIdentity: { principalId: 'local' }, arn: `arn:aws:s3:::${object.bucket}` },
    object: {
      key: encodeURIComponent(object.key).replaceAll('%2F', '/').replaceAll('%20', '+'),
      size: object.size,
      eTag: object.etag,
      sequencer: object.id.toString(16).toUpperCase().padStart(18, '0'),
    },
  },
});
