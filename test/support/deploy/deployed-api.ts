import { request } from 'node:http';
import { type Api, type ApiAnswer, type ApiRequest, bytesOf, headersOf } from '../api/client.ts';
import type { Issuer, TokenFlaw } from './issuer.ts';

/**
 * The API as it was deployed, called over HTTP with tokens of the issuer. The emulator knows an API by the host of its
 * address, which no resolver need know: the connection goes to this machine.
 */
export const createDeployedApi = (apiUrl: string, issuer: Issuer, flaw: TokenFlaw = {}): Api => {
  const { host, port } = new URL(apiUrl);
  return {
    send: async (asked) => {
      const token = asked.as === undefined ? undefined : await issuer.tokenFor(asked.as, flaw);
      const headers = {
        ...headersOf(asked),
        host,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      return await exchange(Number(port), asked, headers);
    },
  };
};

const exchange = (port: number, asked: ApiRequest, headers: Record<string, string>): Promise<ApiAnswer> =>
  new Promise((resolve, reject) => {
    const path = asked.query === undefined ? asked.path : `${asked.path}?${asked.query}`;
    const sent = request({ host: '127.0.0.1', port, method: asked.method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        const text = Buffer.concat(chunks).toString('utf8');
        try {
          const body = text === '' ? {} : JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(given), body });
        } catch (error) {
          reject(new Error(`${asked.method} ${path}: not JSON: ${text.slice(0, 200)}`, { cause: error }));
        }
      });
    });
    sent.on('error', reject);
    sent.end(bytesOf(asked.body));
  });
