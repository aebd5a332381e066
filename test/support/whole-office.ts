import { capabilityRoutes } from '#functions/docs/routes.ts';
import { openBank } from '#infra/local/bank/bank.ts';
import { createApi, type Transport } from '#infra/local/client/api.ts';
import { userById } from '#infra/local/identity/users.ts';
import type { Office } from '#infra/local/load/load.ts';
import type { Portfolio } from '#infra/local/portfolio/portfolio.ts';
import { readReferencePortfolio } from '#infra/local/portfolio/read.ts';
import { openState } from '#infra/local/state.ts';
import { createFileBank, readBankFile } from '#shared/adapters/bank/channel.ts';
import { accountsOf } from '#shared/application/accounts.ts';
import { askForClose } from '#shared/application/close.ts';
import { type ImportFiles, importStep } from '#shared/application/imports/step.ts';
import { machineKinds } from '#shared/application/kinds/machine.ts';
import { sendPayments } from '#shared/application/pay.ts';
import { relay } from '#shared/application/queue.ts';
import { carryOut } from '#shared/application/work.ts';
import type { Envelope, ImportMessage, PaymentMessage } from '#shared/contracts/messages.ts';
import type { Entry } from '#shared/domain/book/entry.ts';
import { decodeEntry } from '#shared/storage/codecs/entry.ts';
import type { Api } from './api/client.ts';
import { createInProcessApi } from './api/in-process.ts';
import { createMemoryFiles } from './import-files.ts';
import { createMemoryReader } from './memory-reader.ts';
import { type MemoryFiles, memoryFiles } from './shared-files.ts';
import { worklistsOf } from './worklists.ts';
import { createWorld, type World } from './world.ts';

/** A whole fund office in this process: the API's routes, the workers, the bank, on the ledger in memory. */
export interface WholeOffice extends Office {
  readonly entries: () => readonly Entry[];
  /** Closes the files of bank and loader, as the end of a process does; the book stays, as it would in the cloud. */
  readonly leave: () => void;
  /** Comes back to the same book as a new process. */
  readonly enter: () => WholeOffice;
}

/** What an office has to know of the portfolio that will be played in it. */
type Opening = Pick<Portfolio, 'bank' | 'users'>;

/** @param directory where bank and loader keep what they must remember */
export const openOffice = (directory: string, portfolio: Opening = readReferencePortfolio()): WholeOffice =>
  enter({
    directory,
    portfolio,
    world: createWorld('2017-01-03'),
    bankFiles: memoryFiles(),
    files: createMemoryFiles(),
  });

/** What stays when a process ends. */
interface Place {
  readonly directory: string;
  readonly portfolio: Opening;
  readonly world: World;
  readonly bankFiles: MemoryFiles;
  readonly files: ImportFiles;
}

const enter = (place: Place): WholeOffice => {
  const { directory, portfolio, world, bankFiles, files } = place;
  const { ledger, kernel, clock } = world;
  const reader = createMemoryReader(ledger);
  const api = createInProcessApi(capabilityRoutes({ kernel, ledger, reader, files }));
  const queues = new Queues(world, bankFiles, files);
  const { rules } = portfolio.bank;
  const bank = openBank({ directory, files: bankFiles, today: clock.today, rules });
  const state = openState(directory, 'load');
  return {
    bank,
    state,
    as: createApi({ transport: transportTo(api, portfolio.users), tokenFor: async (userId) => userId, language: 'zh' }),
    entries: world.entries,
    goTo: (date) => {
      if (date > clock.today()) clock.set(date);
    },
    closeDays: () => queues.closeDays(),
    idle: () => queues.idle(),
    leave: () => {
      bank.close();
      state.close();
    },
    enter: () => enter(place),
  };
};

/** Carries requests straight to the routes; a token is the user's id. */
const transportTo =
  (api: Api, users: Opening['users']): Transport =>
  async ({ method, path, headers, body }) => {
    const [, subject = ''] = (headers['authorization'] ?? '').split(' ');
    const { roles, funds, bank } = userById(subject, users);
    const [route = '', query = ''] = path.split('?');
    const answer = await api.send({
      method,
      path: route,
      query,
      as: { subject, roles, funds, ...(bank === undefined ? {} : { bank }) },
      key: headers['idempotency-key'] ?? null,
      contentType: headers['content-type'] ?? null,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, body: JSON.stringify(answer.body) };
  };

/** Streams, queues and schedule, one round after the other. */
class Queues {
  readonly #world: World;
  readonly #files: MemoryFiles;
  readonly #importFiles: ImportFiles;
  readonly #fund: Envelope[] = [];
  readonly #payments: PaymentMessage[] = [];
  readonly #taken = new Set<string>();
  #relayed = 0;

  constructor(world: World, files: MemoryFiles, importFiles: ImportFiles) {
    this.#world = world;
    this.#files = files;
    this.#importFiles = importFiles;
  }

  async idle(): Promise<void> {
    const { kernel, ledger } = this.#world;
    for (;;) {
      const entries = [...ledger.journal.values()].slice(this.#relayed).map(decodeEntry);
      const inbox = [...this.#files.contents.keys()].filter((k) => k.startsWith('inbox/') && !this.#taken.has(k));
      if (entries.length + inbox.length + this.#fund.length + this.#payments.length === 0) return;
      const imports: ImportMessage[] = [];
      await relay(entries, {
        fund: queueOf(this.#fund),
        payments: queueOf(this.#payments),
        imports: queueOf(imports),
      });
      this.#relayed += entries.length;
      for (const key of inbox) await this.#take(key);
      for (const [fundId, some] of byFund(this.#fund.splice(0))) await carryOut(kernel, machineKinds, fundId, some);
      for (const [fundId, some] of byFund(this.#payments.splice(0)))
        await sendPayments(ledger, createFileBank(onceOnly(this.#files)), fundId, some);
      for (const { fundId, payload } of imports)
        await importStep({ ledger, kernel, files: this.#importFiles }, fundId, payload.jobId, payload.fromRow);
    }
  }

  async closeDays(): Promise<void> {
    const { ledger, clock } = this.#world;
    const queue = queueOf(this.#fund);
    const worklists = worklistsOf(ledger);
    for (const fundId of await worklists.funds())
      await askForClose({ ledger, worklists, queue }, fundId, clock.today());
  }

  async #take(key: string): Promise<void> {
    this.#taken.add(key);
    const { ledger } = this.#world;
    this.#fund.push(...(await readBankFile(key, await this.#files.get(key), (fundId) => accountsOf(ledger, fundId))));
  }
}

const byFund = <Message extends { readonly fundId: string }>(messages: readonly Message[]) =>
  Map.groupBy(messages, (message) => message.fundId);

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
