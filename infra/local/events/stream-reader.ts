import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';

/** Records of a shard, and where to go on; nowhere when the shard is closed and this was its end. */
export interface Records {
  readonly records: readonly _Record[];
  readonly next: string | undefined;
}

const RECORDS_MAX = 1_000;

/** Reads one table's stream. */
export class StreamReader {
  readonly #client: DynamoDBStreamsClient;
  readonly #arn: string;

  constructor(client: DynamoDBStreamsClient, arn: string) {
    this.#client = client;
    this.#arn = arn;
  }

  /** Every shard there is now. */
  async shards(): Promise<readonly Shard[]> {
    const shards: Shard[] = [];
    let last: string | undefined;
    do {
      const { StreamDescription } = await this.#client.send(
        new DescribeStreamCommand({ StreamArn: this.#arn, ExclusiveStartShardId: last }),
      );
      shards.push(...(StreamDescription?.Shards ?? []));
      last = StreamDescription?.LastEvaluatedShardId;
    } while (last !== undefined);
    return shards;
  }

  /** Where to read a shard after the record of that sequence number, or from its start. */
  async after(shard: string, sequenceNumber: string | undefined): Promise<string> {
    const place = { StreamArn: this.#arn, ShardId: shard };
    const { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand(
        sequenceNumber === undefined
          ? { ...place, ShardIteratorType: 'TRIM_HORIZON' }
          : { ...place, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequenceNumber },
      ),
    );
    if (ShardIterator === undefined) throw new Error(`no iterator for shard ${shard}`);
    return ShardIterator;
  }

  async read(iterator: string, limit: number): Promise<Records> {
    const answer = await this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
    return { records: answer.Records ?? [], next: answer.NextShardIterator };
  }

  /** The sequence number of the last record a shard has now, if it has any. */
  async last(shard: string): Promise<string | undefined> {
    let iterator: string | undefined = await this.after(shard, undefined);
    let last: string | undefined;
    while (iterator !== undefined) {
      const { records, next }: Records = await this.read(iterator, RECORDS_MAX);
      last = records.at(-1)?.dynamodb?.SequenceNumber ?? last;
      iterator = records.length === 0 ? undefined : next;
    }
    return last;
  }
}
