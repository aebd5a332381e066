import { SQSClient } from '@aws-sdk/client-sqs';
import { createDocumentClient } from '#shared/adapters/dynamodb/client.ts';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createReader } from '#shared/adapters/dynamodb/reader.ts';
import { createBucket } from '#shared/adapters/s3/bucket.ts';
import { createObjects, type Objects } from '#shared/adapters/s3/objects.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { systemClock } from '#shared/adapters/system/clock.ts';
import { createKernel, type Kernel } from '#shared/application/execute.ts';
import type { Ledger } from '#shared/application/ports.ts';
import type { Envelope, ImportMessage, PaymentMessage } from '#shared/contracts/messages.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { ENV } from '#shared/storage/names.ts';
import { readEnv, text } from './env.ts';
import { defaultProvider } from './lambda-credentials.ts';
import type { ClaimNames } from './principal.ts';

/** What composition roots put together; each function reads only the environment it uses. */
export const bookOf = () => {
  const env = readEnv({ [ENV.journalTable]: text, [ENV.stateTable]: text });
  const client = createDocumentClient();
  const tables = { journalTable: env[ENV.journalTable], stateTable: env[ENV.stateTable] };
  return { client, tables, ledger: createDynamoLedger(client, tables) };
};

/** What carries out commands on the book; apart from it, because those who only read need none of its rules. */
export const kernelOf = (ledger: Ledger): Kernel =>
  createKernel({ ledger, clock: systemClock, calendar: chinaCalendar, jitter: Math.random });

/** The parts of an API function: the book, the views, and the names of the token's claims. */
export const apiParts = () => {
  const book = bookOf();
  const env = readEnv({
    [ENV.viewsTable]: text,
    [ENV.rolesClaim]: text,
    [ENV.fundsClaim]: text,
    [ENV.bankClaim]: text,
  });
  const names: ClaimNames = {
    roles: env[ENV.rolesClaim],
    funds: env[ENV.fundsClaim],
    bank: env[ENV.bankClaim],
  };
  const reader = createReader(book.client, {
    journalTable: book.tables.journalTable,
    viewsTable: env[ENV.viewsTable],
  });
  return { ...book, kernel: kernelOf(book.ledger), reader, names };
};

let sqs: SQSClient | undefined;

/** The one client of all queues of a container. */
const sqsClient = (): SQSClient => {
  sqs ??= new SQSClient({});
  return sqs;
};

export const fundQueue = () =>
  createCommandQueue<Envelope>(sqsClient(), readEnv({ [ENV.fundQueueUrl]: text })[ENV.fundQueueUrl]);

export const importsQueue = () =>
  createCommandQueue<ImportMessage>(sqsClient(), readEnv({ [ENV.importsQueueUrl]: text })[ENV.importsQueueUrl]);

export const paymentsQueue = () =>
  createCommandQueue<PaymentMessage>(sqsClient(), readEnv({ [ENV.paymentsQueueUrl]: text })[ENV.paymentsQueueUrl]);

/** The bank's bucket. An endpoint in the environment is used as the SDK's own clients would use it. */
export const bankObjects = (): Objects => {
  const env = readEnv({
    [ENV.bankBucket]: text,
    AWS_REGION: text,
    AWS_ENDPOINT_URL_S3: text.optional(),
    AWS_ENDPOINT_URL: text.optional(),
  });
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  return createObjects(
    createBucket({
      bucket: env[ENV.bankBucket],
      region: env.AWS_REGION,
      credentials: defaultProvider(),
      ...(endpoint === undefined ? {} : { endpoint }),
    }),
  );
};
