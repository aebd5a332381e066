import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { dateText, fenText, lineText } from '#shared/contracts/scalars.ts';
import { toWire } from '#shared/domain/wire.ts';
import { ruleSchema } from '../bank/scenarios.ts';
import { textOf } from '../error-text.ts';
import { isMisdirected } from '../http/loopback.ts';
import { accountOf } from '../portfolio/charters.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import { listenOnLoopback, stablePort } from '../ports.ts';
import type { LocalOffice } from './office.ts';

/*
 * What the world outside does to the office, to be asked for from another terminal: that a day passes, that somebody pays at
 * the bank, that the bank behaves otherwise. Listens on the loopback interface only.
 */

/** Name under which the office remembers the control's port. */
export const CONTROL_PORT = 'port/control';

const deposit = z.strictObject({
  id: z.string().max(64).default(randomUUID),
  amountFen: fenText,
  payer: lineText(60),
  payerAccount: z.string().max(34).default('6222000000099999'),
  remittance: z.string().max(140),
  on: dateText.optional(),
});

/** What of an office the control reaches. */
type Controlled = Pick<LocalOffice, 'bank' | 'nextDay' | 'state' | 'today'>;

type Answer = Readonly<Record<string, unknown>>;
type Handlers = Readonly<Record<string, (body: unknown) => Promise<Answer>>>;

const handlersOf = (office: Controlled, { fund }: Pick<Portfolio, 'fund'>): Handlers => ({
  'POST /next-day': async () => {
    await office.nextDay();
    return { date: office.today() };
  },
  'POST /deposits': async (body) => {
    const { on, ...given } = deposit.parse(body);
    office.bank.deposit({ ...given, account: accountOf(fund).number, dueOn: on ?? office.today() });
    return { id: given.id };
  },
  'POST /rules': async (body) => {
    office.bank.addRule(ruleSchema.parse(body));
    return {};
  },
  'GET /orders': async () => ({ orders: office.bank.orders() }),
});

/** Serves the control; resolves to its server once it listens. */
export const serveControl = async (office: Controlled, portfolio: Pick<Portfolio, 'fund'>): Promise<Server> => {
  const handlers = handlersOf(office, portfolio);
  const server = createServer((request, response) => {
    if (isMisdirected(request, response)) return;
    answer(handlers, request).then(
      (result) => response.writeHead(200, JSON_TYPE).end(JSON.stringify(toWire(result))),
      (error: unknown) => response.writeHead(400, JSON_TYPE).end(JSON.stringify({ error: messageOf(error) })),
    );
  });
  const port = await stablePort(office.state, CONTROL_PORT);
  await listenOnLoopback(server, port);
  return server;
};

const JSON_TYPE = { 'content-type': 'application/json' };

/** Asks for JSON, so that no web page can reach it through somebody's browser. */
const answer = async (handlers: Handlers, request: IncomingMessage): Promise<Answer> => {
  const { method, url, headers } = request;
  const handler = handlers[`${method} ${url}`];
  if (handler === undefined) throw new Error(`there is: ${Object.keys(handlers).join(', ')}`);
  if (method === 'GET') return await handler({});
  if (headers['content-type'] !== 'application/json') throw new Error('content-type: application/json');
  return await handler(JSON.parse((await text(request)) || '{}'));
};

const messageOf = (error: unknown): string => (error instanceof z.ZodError ? z.prettifyError(error) : textOf(error));
