import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBank, type SandboxBank } from '#infra/local/bank/bank.ts';
import { accountOf } from '#infra/local/portfolio/charters.ts';
import { readReferencePortfolio } from '#infra/local/portfolio/read.ts';
import { CONTROL_PORT, serveControl } from '#infra/local/start/control.ts';
import { type LocalState, openState } from '#infra/local/state.ts';
import { parseDate } from '#shared/domain/calendar.ts';
import { memoryFiles } from '../../support/shared-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'control-'));
const portfolio = readReferencePortfolio();
const { number, name } = accountOf(portfolio.fund);
let bank: SandboxBank;
let state: LocalState;
let server: Awaited<ReturnType<typeof serveControl>>;
let today = parseDate('2018-04-26');

beforeAll(async () => {
  bank = openBank({ directory, files: memoryFiles(), today: () => today, rules: [] });
  bank.openAccount({ number, name, folder: 'seed' });
  state = openState(directory, 'office');
  const nextDay = async () => {
    today = parseDate('2018-04-27');
  };
  server = await serveControl({ bank, state, today: () => today, nextDay }, portfolio);
});
afterAll(() => {
  server.close();
  bank.close();
  state.close();
  rmSync(directory, { recursive: true });
});

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const JSON_TYPE = { 'content-type': 'application/json' };

const ask = ({ method = 'POST', path, headers = JSON_TYPE, body = {} }: Asked) =>
  new Promise<{ status: number | undefined; said: string }>((resolve, reject) => {
    const port = Number(state.get(CONTROL_PORT));
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      text(response).then((said) => resolve({ status: response.statusCode, said }), reject);
    });
    sent.on('error', reject);
    sent.end(method === 'GET' ? undefined : JSON.stringify(body));
  });

describe('the control of an office', () => {
  test('given money somebody pays in, then the bank books it on the day, in fen', async () => {
    const { status } = await ask({
      path: '/deposits',
      body: { amountFen: '100050', payer: '某公司', remittance: '往来' },
    });
    expect(status).toBe(200);
    await bank.endDay();
    expect(bank.balanceFen(number)).toBe(100_050n);
  });

  test('given a day to end, then it says which day it is now', async () => {
    expect(await ask({ path: '/next-day' })).toEqual({ status: 200, said: '{"date":"2018-04-27"}' });
  });

  test('given what it does not know or cannot read, then it says so', async () => {
    expect(await ask({ path: '/unheard-of' })).toMatchObject({
      status: 400,
      said: expect.stringContaining('POST /next-day'),
    });
    const { status, said } = await ask({ path: '/deposits', body: { amountFen: '1.5' } });
    expect({ status, said }).toMatchObject({ status: 400, said: expect.stringContaining('amountFen') });
  });

  test('given a page of the web, by its form or by a name that points here, then it is turned away', async () => {
    expect((await ask({ path: '/next-day', headers: { 'content-type': 'text/plain' } })).status).toBe(400);
    const misdirected = { ...JSON_TYPE, host: 'evil.example:80' };
    expect((await ask({ path: '/next-day', headers: misdirected })).status).toBe(421);
    expect((await ask({ method: 'GET', path: '/orders', headers: { host: 'evil.example' } })).status).toBe(421);
    expect(await ask({ method: 'GET', path: '/orders', headers: {} })).toEqual({ status: 200, said: '{"orders":[]}' });
  });
});
