import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';

/** The functions of the small stack that the tests of the local cloud run: what goes on in them is said by their input. */
const dynamodb = new DynamoDBClient({});
const sqs = new SQSClient({});
const s3 = new S3Client({});

/** POST /books/{book}/entries/{seq} writes an entry; everything else tells what arrived. */
export const api = async (event: APIGatewayProxyEventV2WithJWTAuthorizer, context: Context) => {
  if (event.routeKey === 'POST /books/{book}/entries/{seq}') {
    const { book = '', seq = '' } = event.pathParameters ?? {};
    const Item = { book: { S: book }, seq: { S: seq }, text: { S: event.body ?? '' } };
    await dynamodb.send(new PutItemCommand({ TableName: process.env['ENTRIES'], Item }));
    return { statusCode: 201, body: JSON.stringify({ book, seq }) };
  }
  switch (event.queryStringParameters?.['do']) {
    case 'throw':
      throw new Error('thrown on purpose');
    case 'reject':
      void Promise.reject(new Error('nobody waits for this'));
      return await delay(5_000);
    case 'exit':
      return process.exit(3);
    case 'hang':
      return await delay(60_000);
    case 'malformed':
      return { statusCode: 'many' };
    case 'environment':
      return { ...process.env };
    case 'time':
      return { now: Date.now(), iso: new Date().toISOString(), remaining: context.getRemainingTimeInMillis() };
    case 'cookie':
      return { statusCode: 204, cookies: ['a=1', 'b=2'], headers: { 'X-Thing': 'yes' } };
    default:
      return { event, functionName: context.functionName };
  }
};

/** Sends each entry of the stream on to the queue of work, in the group of its book. */
export const relay = async (event: DynamoDBStreamEvent) => {
  const Entries = event.Records.map(({ dynamodb: record }, i) => ({
    Id: String(i),
    MessageBody: JSON.stringify({ seq: record?.NewImage?.['seq']?.S, text: record?.NewImage?.['text']?.S }),
    MessageGroupId: record?.NewImage?.['book']?.S ?? '',
    MessageDeduplicationId: record?.SequenceNumber ?? '',
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env['WORK_QUEUE'], Entries }));
};

/** Puts each entry, in the order the stream gives them, into a list per book; fails on the word poison. */
export const listen = async (event: DynamoDBStreamEvent, { awsRequestId }: Context) => {
  await append('calls of listen', awsRequestId);
  for (const { dynamodb: record } of event.Records) {
    const image = record?.NewImage;
    if (image?.['text']?.S === 'poison') {
      return { batchItemFailures: [{ itemIdentifier: record?.SequenceNumber }] };
    }
    if (image?.['text']?.S === 'slow') await delay(50);
    await append(`heard ${image?.['book']?.S}`, image?.['seq']?.S ?? '');
  }
  return { batchItemFailures: [] };
};

/** Does what each message says, group by group: `fail` sends it and the rest of its group back. */
export const work = async (event: SQSEvent, { awsRequestId }: Context) => {
  const groups = Map.groupBy(event.Records, (record) => record.attributes.MessageGroupId ?? 'none');
  const failed: string[] = [];
  for (const [group, records] of groups) {
    let stopped = false;
    await append(`spans ${group}`, `begin ${awsRequestId}`);
    for (const record of records) {
      const { seq, text } = JSON.parse(record.body);
      if (text === 'slow') await delay(50);
      stopped ||= text === 'fail' || (text === 'fail once' && record.attributes.ApproximateReceiveCount === '1');
      if (stopped) failed.push(record.messageId);
      else await append(`done ${group}`, seq);
    }
    await append(`spans ${group}`, `end ${awsRequestId}`);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};

/** Reads the objects it is told about, and takes down whatever else arrives. */
export const inbox = async (event: SQSEvent) => {
  for (const { body } of event.Records) {
    const message = JSON.parse(body);
    if (message.crash === true) throw new Error('a crash on purpose');
    for (const { s3: told } of message.Records ?? []) {
      const Key = decodeURIComponent(told.object.key.replaceAll('+', ' '));
      const object = await s3.send(new GetObjectCommand({ Bucket: told.bucket.name, Key }));
      await append('objects', `${Key}: ${await object.Body?.transformToString()}`);
    }
    if (message.fired !== undefined) await append('fired', message.fired);
  }
};

/** Puts an item at the end of a list unless it is in it: messages may come twice, their effect may not. */
const append = async (list: string, item: string) => {
  const update = new UpdateItemCommand({
    TableName: process.env['LISTS'],
    Key: { name: { S: list } },
    UpdateExpression: 'SET kept = list_append(if_not_exists(kept, :none), :items)',
    ConditionExpression: 'attribute_not_exists(kept) OR NOT contains(kept, :item)',
    ExpressionAttributeValues: { ':none': { L: [] }, ':items': { L: [{ S: item }] }, ':item': { S: item } },
  });
  await dynamodb.send(update).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
};
