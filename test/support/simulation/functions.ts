import * as z from 'zod';
import { approvalRoutes } from '#functions/approvals/routes.ts';
import { capitalRoutes } from '#functions/capital/routes.ts';
import { equityRoutes } from '#functions/equity/routes.ts';
import { guidanceRoutes } from '#functions/guidance-fund/routes.ts';
import { paymentRoutes } from '#functions/payments/routes.ts';
import { compensationRoutes } from '#functions/risk-compensation/routes.ts';
import { loanRoutes } from '#functions/seed-fund/routes.ts';
import { createFileBank, readBankFile } from '#shared/adapters/bank/channel.ts';
import { createDynamoLedger } from '#shared/adapters/dynamodb/ledger.ts';
import { createReader } from '#shared/adapters/dynamodb/reader.ts';
import { projectBook } from '#shared/adapters/dynamodb/views.ts';
import { createWorklists } from '#shared/adapters/dynamodb/worklists.ts';
import { createObjects } from '#shared/adapters/s3/objects.ts';
import { createCommandQueue } from '#shared/adapters/sqs/command-queue.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { askAllForClose } from '#shared/application/close.ts';
import { createKernel, type Kernel } from '#shared/application/execute.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { type Bank, sendPayments } from '#shared/application/pay.ts';
import type { Clock, Ledger } from '#shared/application/ports.ts';
import { type Queues, relay } from '#shared/application/queue.ts';
import { carryOut } from '#shared/application/work.ts';
import {
  type Envelope,
  envelopeOf,
  type ImportMessage,
  type PaymentMessage,
  paymentMessage,
} from '#shared/contracts/messages.ts';
import { chinaCalendar } from '#shared/domain/china-calendar.ts';
import { createFifoHandler, type QueueHandler } from '#shared/runtime/fifo.ts';
import { objectCreated } from '#shared/runtime/object-created.ts';
import { createJournalHandler, entryOf, fundOf, type StreamHandler } from '#shared/runtime/stream.ts';
import type { Api } from '../api/client.ts';
import { createInProcessApi } from '../api/in-process.ts';
import type { Clients } from './cloud.ts';
import { TABLES } from './tables.ts';

/** Addresses of the queues. */
export const QUEUES = {
  fund: 'fund',
  payments: 'payments',
  imports: 'imports',
  inbox: 'inbox',
  close: 'close',
} as const;

/** What the fund's worker understands. */
export const fundMessage = envelopeOf(machineKinds);

/** Where a planted bug can sit: between the parts of production code, and nowhere inside them. */
export interface Seams {
  readonly ledger: (ledger: Ledger) => Ledger;
  readonly kernel: (kernel: Kernel) => Kernel;
  readonly bank: (bank: Bank) => Bank;
  /** Commands a bank file led to. */
  readonly commands: (commands: readonly Envelope[], key: string) => readonly Envelope[];
  readonly worker: (handler: QueueHandler) => QueueHandler;
  readonly intake: (handler: QueueHandler) => QueueHandler;
  readonly queues: (queues: Queues) => Queues;
}

export const soundSeams: Seams = {
  ledger: (ledger) => ledger,
  kernel: (kernel) => kernel,
  bank: (bank) => bank,
  commands: (commands) => commands,
  worker: (handler) => handler,
  intake: (handler) => handler,
  queues: (queues) => queues,
};

/** The functions of one execution environment, put together as their composition roots do. */
export interface Functions {
  readonly worker: QueueHandler;
  readonly sender: QueueHandler;
  readonly intake: QueueHandler;
  readonly close: QueueHandler;
  readonly relay: StreamHandler;
  readonly project: StreamHandler;
  readonly api: () => Api;
  readonly kernel: Kernel;
  readonly ledger: Ledger;
}

export const FUNCTIONS = ['worker', 'sender', 'intake', 'close', 'relay', 'project', 'api'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** Puts the production code together over the clients and the clock of one container. */
export const functionsOf = (clients: Clients, clock: Clock, jitter: () => number, seams: Seams): Functions => {
  const { dynamodb, sqs, s3 } = clients;
  const ledger = seams.ledger(createDynamoLedger(dynamodb, TABLES));
  const kernel = seams.kernel(createKernel({ ledger, clock, calendar: chinaCalendar, jitter }));
  const files = createObjects(s3);
  const bank = seams.bank(createFileBank(files));
  const queues = seams.queues({
    fund: createCommandQueue<Envelope>(sqs, QUEUES.fund),
    payments: createCommandQueue<PaymentMessage>(sqs, QUEUES.payments),
    imports: createCommandQueue<ImportMessage>(sqs, QUEUES.imports),
  });
  const worklists = createWorklists(dynamodb, TABLES.stateTable);
  const reader = createReader(dynamodb, TABLES);
  const routes = [
    approvalRoutes,
    capitalRoutes,
    loanRoutes,
    paymentRoutes,
    compensationRoutes,
    equityRoutes,
    guidanceRoutes,
  ];
  return {
    kernel,
    ledger,
    worker: seams.worker(
      createFifoHandler(fundMessage, (fundId, commands) => carryOut(kernel, machineKinds, fundId, commands)),
    ),
    sender: createFifoHandler(paymentMessage, (fundId, messages) => sendPayments(ledger, bank, fundId, messages)),
    intake: seams.intake(
      createFifoHandler(objectCreated, async (_group, events) => {
        for (const key of events.flat()) {
          const commands = await readBankFile(key, await files.get(key), (fundId) => accountsOf(ledger, fundId));
          await queues.fund.send(seams.commands(commands, key));
        }
      }),
    ),
    close: createFifoHandler(z.object({}), () =>
      askAllForClose({ ledger, worklists, queue: queues.fund }, clock.today()),
    ),
    relay: createJournalHandler(entryOf, (entries) => relay(entries, queues)),
    project: createJournalHandler(fundOf, async (funds) => {
      for (const fundId of new Set(funds)) await projectBook(dynamodb, TABLES, fundId);
    }),
    api: () => createInProcessApi(routes.flatMap((of) => of(kernel, ledger, reader))),
  };
};
