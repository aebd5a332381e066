import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { approvalRoutes } from '#functions/approvals/routes.ts';
import { capitalRoutes } from '#functions/capital/routes.ts';
import { ledgerRoutes } from '#functions/ledger/routes.ts';
import { paymentRoutes } from '#functions/payments/routes.ts';
import { loanRoutes } from '#functions/seed-fund/routes.ts';
import { openBank } from '#infra/local/bank/bank.ts';
import { createApi, type Transport } from '#infra/local/client/api.ts';
import type { Office } from '#infra/local/load/load.ts';
import { readPortfolio } from '#infra/local/portfolio/portfolio.ts';
import { openState } from '#infra/local/state.ts';
import { createFileBank, readBankFile } from '#shared/adapters/bank/channel.ts';
import type { MemoryLedger } from '#shared/adapters/memory/ledger.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { askForClose, type Worklists } from '#shared/application/close.ts';
import { sendPayments } from '#shared/application/pay.ts';
import { relay } from '#shared/application/queue.ts';
import { carryOut } from '#shared/application/work.ts';
import type { Envelope, PaymentMessage } from '#shared/contracts/commands.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { createHttpHandler } from '#shared/runtime/http.ts';
import { decodeEntry } from '#shared/storage/codecs/items.ts';
import { bookKey, worklists } from '#shared/storage/keys.ts';
import { memoryReader } from './memory-reader.ts';
import { type MemoryFiles, memoryFiles } from './shared-files.ts';
import { createWorld, FUND } from './world.ts';

/** Roles of the people of the local cloud, by the first part of their id. */
const ROLES: Readonly<Record<string, string>> = {
  science: 'science-bureau',
  finance: 'finance-bureau',
  office: 'financial-office',
};

/** A whole fund office in this process: the API's routes, the workers, the bank, on the ledger in memory. */
export interface MemoryOffice extends Office {
  readonly ledger: MemoryLedger;
  readonly files: MemoryFiles;
  readonly entries: () => readonly Entry[];
  /** Ends what has files; what is in memory stays, as what is in AWS would. */
  readonly leave: () => void;
  /** Comes back to the same book with a new process's eyes. */
  readonly enter: () => MemoryOffice;
}

/** @param directory where bank and loader keep what they must remember */
export const openOffice = (directory: string): MemoryOffice =>
  enter(directory, createWorld('2017-01-03'), memoryFiles());

const enter = (directory: string, world: ReturnType<typeof createWorld>, files: MemoryFiles): MemoryOffice => {
  const { ledger, kernel, clock } = world;
  const entriesOf = (fundId: string): readonly Entry[] =>
    [...ledger.journal.values()].filter((item) => item['book'] === bookKey(fundId)).map(decodeEntry);
  const reader = memoryReader(entriesOf);
  const handler = createHttpHandler(
    [
      ...approvalRoutes(kernel, ledger, reader),
      ...capitalRoutes(kernel, ledger, reader),
      ...loanRoutes(kernel, ledger, reader),
      ...paymentRoutes(kernel, ledger, reader),
      ...ledgerRoutes(ledger, reader),
    ],
    { roles: 'roles', funds: 'funds' },
  );
  const queues = new Queues(world, files, entriesOf);
  const bank = openBank({ directory, files, today: clock.today, rules: readPortfolio().bank.rules });
  const state = openState(directory, 'load');
  return {
    ledger,
    files,
    bank,
    state,
    as: createApi({ transport: transportTo(handler), tokenFor: async (userId) => userId, language: 'zh' }),
    entries: () => entriesOf(FUND),
    goTo: (date) => {
      if (date > clock.today()) clock.set(date);
    },
    closeDays: () => queues.closeDays(),
    idle: () => queues.idle(),
    leave: () => {
      bank.close();
      state.close();
    },
    enter: () => enter(directory, world, files),
  };
};

/** Carries requests straight to the handler; a token is the user's id, and its claims are made from it. */
const transportTo =
  (handler: ReturnType<typeof createHttpHandler>): Transport =>
  async ({ method, path, headers, body }) => {
    const [rawPath = '', query = ''] = path.split('?');
    const sub = (headers['authorization'] ?? '').replace('Bearer ', '');
    const duty = sub.replace(/-\d+$/, '');
    const answer = await handler(
      {
        ...REQUEST,
        rawPath,
        headers: { ...headers },
        ...(body === undefined ? {} : { body }),
        queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
        requestContext: {
          ...REQUEST.requestContext,
          http: { ...REQUEST.requestContext.http, method, path: rawPath },
          authorizer: { jwt: { claims: { sub, name: sub, roles: ROLES[duty] ?? duty, funds: FUND } } },
        },
      },
      CONTEXT,
    );
    return { status: answer.statusCode ?? 200, body: answer.body ?? '' };
  };

/** What of a request no route looks at. */
const REQUEST: APIGatewayProxyEventV2 = {
  version: '2.0',
  routeKey: '$default',
  rawPath: '/',
  rawQueryString: '',
  headers: {},
  isBase64Encoded: false,
  requestContext: {
    accountId: '0',
    apiId: 'test',
    domainName: 'test',
    domainPrefix: 'test',
    requestId: 'test',
    routeKey: '$default',
    stage: '$default',
    time: '',
    timeEpoch: 0,
    http: { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
  },
};

const nothing = (): void => undefined;
const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: '',
  memoryLimitInMB: '128',
  awsRequestId: 'test',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 30_000,
  done: nothing,
  fail: nothing,
  succeed: nothing,
};

/** Streams, queues and schedule, one message at a time. */
class Queues {
  readonly #world: ReturnType<typeof createWorld>;
  readonly #files: MemoryFiles;
  readonly #entriesOf: (fundId: string) => readonly Entry[];
  readonly #fund: Envelope[] = [];
  readonly #payments: PaymentMessage[] = [];
  readonly #taken = new Set<string>();
  #relayed = 0;

  constructor(
    world: ReturnType<typeof createWorld>,
    files: MemoryFiles,
    entriesOf: (fundId: string) => readonly Entry[],
  ) {
    this.#world = world;
    this.#files = files;
    this.#entriesOf = entriesOf;
  }

  async idle(): Promise<void> {
    for (;;) {
      const entries = this.#entriesOf(FUND).slice(this.#relayed);
      const inbox = [...this.#files.contents.keys()].filter((k) => k.startsWith('inbox/') && !this.#taken.has(k));
      if (entries.length + inbox.length + this.#fund.length + this.#payments.length === 0) return;
      await relay(entries, { fund: queueOf(this.#fund), payments: queueOf(this.#payments) });
      this.#relayed += entries.length;
      for (const key of inbox) await this.#take(key);
      const { kernel, ledger } = this.#world;
      await carryOut(kernel, FUND, this.#fund.splice(0));
      await sendPayments(ledger, createFileBank(onceOnly(this.#files)), FUND, this.#payments.splice(0));
    }
  }

  async closeDays(): Promise<void> {
    const { ledger, clock } = this.#world;
    const queue = queueOf(this.#fund);
    await askForClose({ ledger, worklists: worklistsOf(ledger), queue }, FUND, clock.today());
  }

  async #take(key: string): Promise<void> {
    this.#taken.add(key);
    const { ledger } = this.#world;
    this.#fund.push(...(await readBankFile(key, await this.#files.get(key), (fundId) => accountsOf(ledger, fundId))));
  }
}

const queueOf = <Message>(messages: Message[]) => ({
  send: async (more: readonly Message[]) => {
    messages.push(...more);
  },
});

const onceOnly = (files: MemoryFiles) => ({
  get: files.get,
  putOnce: async (key: string, bytes: Uint8Array) => {
    if (files.contents.has(key)) return false;
    await files.put(key, Buffer.from(bytes).toString());
    return true;
  },
});

const worklistsOf = (ledger: MemoryLedger): Worklists => {
  const inList = (list: string) =>
    [...ledger.state.values()].filter((item) => item['wl'] === list).map((item) => String(item['wlSort']));
  return {
    funds: async () => inList(worklists.funds),
    openLoans: async (fundId) => inList(worklists.loans(fundId)).sort(),
    openPayments: async (fundId) => inList(worklists.payments(fundId)).sort(),
    expiredCases: async (fundId, date) =>
      inList(worklists.cases(fundId))
        .filter((key) => key < date)
        .sort()
        .map((key) => key.slice(key.indexOf('#') + 1)),
  };
};
