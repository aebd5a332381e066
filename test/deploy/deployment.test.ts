import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StageInput } from '#infra/config.ts';
import { systemClock } from '#shared/adapters/system/clock.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import { decodeHead } from '#shared/storage/codecs/items.ts';
import { bookKey, headKey } from '#shared/storage/keys.ts';
import { BANK_PREFIX } from '#shared/storage/names.ts';
import { type Api, type ApiRequest, succeed } from '../support/api/client.ts';
import { callers, foundThroughApi } from '../support/api/office.ts';
import { camt053, readPain001 } from '../support/bank-documents.ts';
import { deploy } from '../support/deploy/cdk.ts';
import { createDeployedApi } from '../support/deploy/deployed-api.ts';
import { CREDENTIALS, type Emulator, REGION, startEmulator } from '../support/deploy/emulator.ts';
import { AUDIENCE, type Issuer, startIssuer } from '../support/deploy/issuer.ts';
import { FUND, seedCharter, WAN } from '../support/world.ts';

const today = systemClock.today();
const contributors = seedCharter.capital.contributors.map(({ id, name }) => ({ id, name }));

let issuer: Issuer;
let emulator: Emulator;
let deployed: Awaited<ReturnType<typeof deploy>>;
let api: Api;
let tables: DynamoDBDocumentClient;
let s3: S3Client;
let sqs: SQSClient;

beforeAll(async () => {
  issuer = await startIssuer();
  emulator = await startEmulator();
  const stage: StageInput = {
    stage: 'emulated',
    region: REGION,
    production: false,
    identity: { issuer: issuer.address, audience: [AUDIENCE] },
  };
  deployed = await deploy(emulator, stage);
  api = createDeployedApi(deployed.ApiUrl, issuer);
  const config = { endpoint: emulator.endpoint, region: REGION, credentials: CREDENTIALS };
  tables = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  s3 = new S3Client({ ...config, forcePathStyle: true });
  sqs = new SQSClient(config);
});

afterAll(async () => {
  for (const client of [tables, s3, sqs]) client?.destroy();
  await emulator?.stop();
  await issuer?.stop();
});

/** Asks again until the answer is as it should be; queues and functions take their time. */
const eventually = <T>(look: () => Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 60_000, interval: 500 });

const post = (path: string, as: keyof typeof callers, body: unknown) =>
  succeed(api, { method: 'POST', path: `/funds/${FUND}${path}`, as: callers[as], body });
const show = (path: string) => succeed(api, { method: 'GET', path: `/funds/${FUND}${path}`, as: callers.auditor });

const head = async () => {
  const { Item } = await tables.send(new GetCommand({ TableName: deployed.StateTable, Key: { pk: headKey(FUND) } }));
  return Item === undefined ? undefined : decodeHead(Item);
};

const journal = async () => {
  const { Items = [] } = await tables.send(
    new QueryCommand({
      TableName: deployed.JournalTable,
      KeyConditionExpression: 'book = :book',
      ExpressionAttributeValues: { ':book': bookKey(FUND) },
    }),
  );
  return { items: Items, entries: Items.map(decodeEntry) };
};

describe('the door', () => {
  const asked: ApiRequest = { method: 'GET', path: `/funds/${FUND}/cases`, as: callers.officer };

  test('the API describes itself to everybody', async () => {
    const { status, body } = await api.send({ method: 'GET', path: '/openapi.json' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0' });
  });

  test.each([
    ['no token', undefined],
    ['a token for somebody else’s API', { audience: 'another' }],
    ['a token of another issuer', { issuer: 'https://id.example.com' }],
    ['a token that has ended', { endsInSeconds: -3_000 }],
    ['a token the issuer has not signed', { forged: true }],
  ])('%s opens nothing', async (_name, flaw) => {
    const { as: _as, ...anonymous } = asked;
    const door = createDeployedApi(deployed.ApiUrl, issuer, flaw);
    const { status } = await door.send(flaw === undefined ? anonymous : asked);
    expect(status).toBe(401);
  });

  test('a good token reaches the function, which knows the caller’s funds by it', async () => {
    expect((await api.send(asked)).status).toBe(200);
    const { status, body } = await api.send({ ...asked, as: callers.stranger });
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'FUND_NOT_FOUND' });
  });
});

describe('the way of a yuan', () => {
  test('a fund is founded: case and approvals stand in the table, numbered from 1', async () => {
    await foundThroughApi(api);
    const { entries } = await journal();
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect((await head())?.charters).toHaveLength(1);
  });

  test('the projector follows the stream, and the list shows the charter', async () => {
    await eventually(async () => {
      const { items } = await show('/charters');
      expect(items).toHaveLength(1);
    });
  });

  test('money the bank reports comes into the book: bucket, queue, intake, queue, worker', async () => {
    const call = { amountFen: String(100n * WAN), dueOn: addDays(today, 30), documentNumber: '渝财〔2026〕1号' };
    const { id, state } = await post('/capital/calls', 'director', call);
    const { parts } = state as { parts: readonly { contributor: string; amountFen: string }[] };
    const statement = camt053({
      id: 'S-1',
      account: seedCharter.account.number,
      date: today,
      openingFen: 0n,
      entries: parts.map(({ contributor, amountFen }) => ({
        reference: `R-${contributor}`,
        bookedOn: today,
        side: 'credit' as const,
        amountFen: BigInt(amountFen),
        remittance: `${id} ${contributor}`,
      })),
    });
    const Key = `${BANK_PREFIX.inbox}${FUND}/对账单 ${today}.xml`;
    await s3.send(new PutObjectCommand({ Bucket: deployed.BankBucket, Key, Body: statement }));
    await eventually(async () => expect(await head()).toMatchObject({ bankFen: 100n * WAN, paidInFen: 100n * WAN }));
  });

  test('money that was approved goes to the bank: journal, relay, queue, worker, queue, file', async () => {
    const payees = contributors.map(({ id, name }) => ({
      contributor: id,
      account: { name, number: '622200000099', bankCode: '314653000011' },
    }));
    const refund = { amountFen: '101', basis: 'reduction', documentNumber: '渝科〔2026〕1号', payees };
    const { id: caseId, state } = await post('/capital/refunds', 'officer', refund);
    const { revision, payloadHash } = state as { revision: number; payloadHash: string };
    const shown = { revision, payloadHash };
    await post(`/cases/${caseId}/reviews`, 'reviewer', { ...shown, opinion: 'pass', comment: '同意' });
    await post(`/cases/${caseId}/approvals`, 'director', shown);
    await post(`/cases/${caseId}/approvals`, 'finance', shown);
    const held = await eventually(async () => {
      const { items } = (await show('/payments')) as { items: readonly Record<string, string>[] };
      expect(items).toHaveLength(contributors.length);
      return items;
    });
    for (const { id } of held) await post(`/payments/${id}/releases`, 'treasurer', {});
    const orders = await eventually(async () => {
      const Prefix = `${BANK_PREFIX.outbox}${FUND}/PY-`;
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: deployed.BankBucket, Prefix }));
      expect(Contents).toHaveLength(contributors.length);
      return Contents;
    });
    const files = await Promise.all(
      orders.map(async ({ Key }) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: deployed.BankBucket, Key }));
        return readPain001((await Body?.transformToString()) ?? '');
      }),
    );
    expect(files.map((file) => file.amountFen).sort()).toEqual([40n, 61n]);
    expect(await head()).toMatchObject({ heldFen: 0n, inTransitFen: 101n });
  });

  test('the day is closed when the schedule’s message comes: queue, close, queue, worker', async () => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: deployed.CloseQueueUrl,
        MessageGroupId: 'daily-close',
        MessageBody: JSON.stringify({ scheduledTime: `${today}T00:30:00Z` }),
      }),
    );
    await eventually(async () => expect((await head())?.closedThrough).toBe(addDays(today, -1)));
  });
});

describe('the runbook’s repairs', () => {
  /** What `entries` of the runbook prints, and `hand` sends. */
  const hand = async (name: string) => {
    const { items } = await journal();
    const { marshall } = await import('@aws-sdk/util-dynamodb');
    const Records = items.map((item) => ({
      eventName: 'INSERT',
      dynamodb: { NewImage: marshall(item), SequenceNumber: item['seq'] },
    }));
    const url = `${emulator.endpoint}/2015-03-31/functions/jinqu-emulated-${name}/invocations`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ Records }) });
    return await answer.json();
  };

  test.each(['journal-relay', 'journal-project'])('entries handed to %s by hand change nothing', async (name) => {
    const before = await head();
    expect(await hand(name)).toEqual({ batchItemFailures: [] });
    const { items } = (await show('/payments')) as { items: readonly unknown[] };
    expect(items).toHaveLength(contributors.length);
    expect(await head()).toEqual(before);
  });
});
