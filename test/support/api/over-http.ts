import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import * as z from 'zod';
import { readReferencePortfolio } from '#infra/local/portfolio/read.ts';
import { type LocalOffice, startOffice } from '#infra/local/start/office.ts';
import { type Api, bytesOf, headersOf } from './client.ts';
import { answerOf } from './in-process.ts';

/** The whole application on this machine, its API and its identity provider reached over HTTP. */
export interface HttpOffice {
  readonly api: Api;
  readonly apiUrl: string;
  readonly issuer: string;
  readonly tokenFor: (userId: string) => Promise<string>;
  readonly bank: LocalOffice['bank'];
  /** A token with these claims, signed with the provider's own key. */
  readonly sign: (claims: JWTPayload) => Promise<string>;
  /** Everything in the tables of books and entities, as text: equal exactly when no byte differs. */
  readonly contents: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts an office that has not been founded yet, in a directory of its own. */
export const startHttpOffice = async (): Promise<HttpOffice> => {
  const directory = mkdtempSync(join(tmpdir(), 'jinqu-api-'));
  const portfolio = readReferencePortfolio();
  const office = await startOffice({
    directory,
    port: undefined,
    language: 'zh',
    portfolio,
    starting: () => undefined,
  });
  const { apiUrl, issuer, tokenFor } = office;
  return {
    api: {
      send: async (request) => {
        const token = request.as === undefined ? undefined : await tokenFor(request.as.subject);
        const body = bytesOf(request.body);
        const query = request.query === undefined || request.query === '' ? '' : `?${request.query}`;
        const answer = await fetch(`${apiUrl}${request.path}${query}`, {
          method: request.method,
          headers: { ...headersOf(request), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
          ...(body === undefined ? {} : { body: Buffer.from(body) }),
        });
        return answerOf(answer.status, Object.fromEntries(answer.headers), await answer.text());
      },
    },
    apiUrl,
    issuer,
    tokenFor,
    bank: office.bank,
    sign: (claims) => signAsProvider(join(directory, 'office.db'), claims),
    contents: () => contentsOf(join(directory, 'dynamodb.db')),
    stop: async () => {
      await office.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** Reads the engine's own file, past everything that could tell us what we want to hear. */
const contentsOf = (file: string): string => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const tables =
      "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE '%Journal%' OR name LIKE '%State%')";
    const names = db.prepare(tables).all();
    return JSON.stringify(names.map(({ name }) => db.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`).all()));
  } finally {
    db.close();
  }
};

/** What the provider keeps of its keys. */
const keys = z.tuple([z.looseObject({ kty: z.literal('RSA') })]).rest(z.unknown());

const signAsProvider = async (file: string, claims: JWTPayload): Promise<string> => {
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db.prepare("SELECT value FROM entry WHERE key LIKE '%keys'").get();
  db.close();
  const [jwk] = keys.parse(JSON.parse(String(row?.['value'])));
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(await importJWK(jwk, 'RS256'));
};
