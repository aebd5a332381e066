import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseYuan } from '#shared/domain/money.ts';
import { addressOf, runCommand } from './running.ts';
import { CONTROL_PORT } from './start/control.ts';

/*
 * What the world outside does to the running office:
 *
 *   npm run -s world -- next-day
 *   npm run -s world -- pay-in --amount 1000.00 --payer 某公司 --remittance 'LN-… 还款'
 *   npm run -s world -- orders
 *   npm run -s world -- rule '{"id":"no","when":{},"behaviour":{"kind":"stays-silent"}}'
 */
const USAGE = 'next-day | pay-in --amount YUAN --payer NAME --remittance TEXT | orders | rule JSON';

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      directory: { type: 'string', default: '.local' },
      amount: { type: 'string' },
      payer: { type: 'string' },
      remittance: { type: 'string', default: '' },
    },
  });
  const address = addressOf(resolve(values.directory), CONTROL_PORT);
  const [what, rule] = positionals;
  switch (what) {
    case 'next-day':
      return await ask(address, 'POST', '/next-day');
    case 'pay-in': {
      if (values.amount === undefined || values.payer === undefined) throw new Error(USAGE);
      const { payer, remittance } = values;
      return await ask(address, 'POST', '/deposits', {
        amountFen: String(parseYuan(values.amount)),
        payer,
        remittance,
      });
    }
    case 'orders':
      return await ask(address, 'GET', '/orders');
    case 'rule':
      return await ask(address, 'POST', '/rules', JSON.parse(rule ?? '{}'));
    default:
      throw new Error(USAGE);
  }
});

async function ask(address: string, method: 'GET' | 'POST', path: string, body: unknown = {}): Promise<string> {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}
