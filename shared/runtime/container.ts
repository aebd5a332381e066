import { SQSClient } from '@aws-sdk/client-sqs';
import { createDocumentClient } from '#shared/adapters/dynamodb/client.ts';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createReader } from '#shared/adapters/dynamodb/reader.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { systemClock } from '#shared/adapters/system/clock.ts';
import { createKernel } from '#shared/application/execute.ts';
import type { Envelope, ImportMessage, PaymentMessage } from '#shared/contracts/commands.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { ENV } from '#shared/storage/names.ts';
import { readEnv, text } from './env.ts';
import type { ClaimNames } from './principal.ts';

/** What composition roots put together; each function reads only the environment it uses. */
export const bookOf = () => {
  const env = readEnv({ [ENV.journalTable]: text, [ENV.stateTable]: text });
  const client = createDocumentClient();
  const tables = { journalTable: env[ENV.journalTable] ?? '', stateTable: env[ENV.stateTable] ?? '' };
  const ledger = createDynamoLedger(client, tables);
  const kernel = createKernel({ ledger, clock: systemClock, calendar: chinaCalendar, jitter: Math.random });
  return { client, tables, ledger, kernel };
};

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
    roles: env[ENV.rolesClaim] ?? '',
    funds: env[ENV.fundsClaim] ?? '',
    bank: env[ENV.bankClaim] ?? '',
  };
  const reader = createReader(book.client, {
    journalTable: book.tables.journalTable,
    viewsTable: env[ENV.viewsTable] ?? '',
  });
  return { ...book, reader, names };
};

const queueUrl = (name: string): string => readEnv({ [name]: text })[name] ?? '';

export const fundQueue = () => createCommandQueue<Envelope>(new SQSClient({}), queueUrl(ENV.fundQueueUrl));

export const importsQueue = () => createCommandQueue<ImportMessage>(new SQSClient({}), queueUrl(ENV.importsQueueUrl));

export const paymentsQueue = () =>
  createCommandQueue<PaymentMessage>(new SQSClient({}), queueUrl(ENV.paymentsQueueUrl));
