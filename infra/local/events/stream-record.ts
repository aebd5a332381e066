import type { _Record, AttributeValue, Identity } from '@aws-sdk/client-dynamodb-streams';

type Item = Record<string, AttributeValue>;

/** A stream record as a Lambda gets it: times in seconds, bytes in base64. */
export function eventRecordOf(record: _Record, streamArn: string, region: string) {
  const { ApproximateCreationDateTime, Keys, NewImage, OldImage, SequenceNumber, SizeBytes, StreamViewType } =
    record.dynamodb ?? {};
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
      Keys: plainItem(Keys ?? {}),
      ...(NewImage === undefined ? {} : { NewImage: plainItem(NewImage) }),
      ...(OldImage === undefined ? {} : { OldImage: plainItem(OldImage) }),
      SequenceNumber: SequenceNumber ?? '',
      SizeBytes: SizeBytes ?? 0,
      StreamViewType: StreamViewType ?? 'NEW_AND_OLD_IMAGES',
    },
    ...(record.userIdentity === undefined ? {} : { userIdentity: identityOf(record.userIdentity) }),
    eventSourceARN: streamArn,
  };
}

export type StreamEventRecord = ReturnType<typeof eventRecordOf>;

const identityOf = ({ PrincipalId = '', Type = '' }: Identity) => ({ principalId: PrincipalId, type: Type });

type Plain = string | boolean | readonly Plain[] | { readonly [key: string]: Plain };

const plainItem = (item: Item): Record<string, Plain> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));

function plainValue(value: AttributeValue): Plain {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(plainValue) };
  if (value.M !== undefined) return { M: plainItem(value.M) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  return { NULL: true };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
