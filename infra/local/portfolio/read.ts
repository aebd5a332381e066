import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { charterDocument } from '#shared/contracts/documents.ts';
import { checkCharter } from '#shared/domain/charter/authority.ts';
import { isFundError } from '#shared/errors/fund-error.ts';
import { textOf } from '../error-text.ts';
import { USERS } from '../identity/users.ts';
import { type Json, mergePatch } from './merge-patch.ts';
import { key } from './parts.ts';
import { type Article, article, PORTFOLIO_FILES, type Portfolio } from './portfolio.ts';
import { usersOf } from './users.ts';

/*
 * A portfolio is a directory: a JSON file for each of its parts, `users.json`, and its charters in `charters/`.
 */

/** What is wrong with a file of a portfolio: which file, which field of it, and why. */
export class PortfolioError extends Error {
  override readonly name = 'PortfolioError';
}

const REFERENCE = fileURLToPath(new URL('.', import.meta.url));
const REFERENCE_CHARTERS = fileURLToPath(new URL('../../../shared/charters/', import.meta.url));

/** The portfolio of the article. */
export type ReferencePortfolio = Portfolio & { readonly article: Article };

/** Reads the reference portfolio. @throws PortfolioError */
export const readReferencePortfolio = (): ReferencePortfolio => ({
  ...filesOf(REFERENCE, REFERENCE_CHARTERS),
  article: read(join(REFERENCE, 'article.json'), article),
  users: USERS,
});

/**
 * Reads another zone's portfolio from its directory.
 * @throws PortfolioError naming file and field of what is missing or not as it should be, a free day for instance
 */
export const readPortfolio = (directory: string): Portfolio => {
  const files = filesOf(directory, join(directory, 'charters'));
  const about = join(directory, 'article.json');
  return {
    ...files,
    ...(existsSync(about) ? { article: read(about, article) } : {}),
    users: read(join(directory, 'users.json'), usersOf(files)),
  };
};

const filesOf = (directory: string, charters: string) => {
  const file = <Schema extends z.ZodType>(name: string, schema: Schema, prepared = (found: Json): unknown => found) =>
    read(join(directory, `${name}.json`), schema, prepared);
  const adopting = (fund: unknown): unknown => withDocuments(fund, charters);
  const funded = (found: Json): unknown =>
    eachWithFund.parse(found).map((one) => ({ ...one, fund: adopting(one.fund) }));
  return {
    fund: file('fund', PORTFOLIO_FILES.fund, adopting),
    loans: file('loans', PORTFOLIO_FILES.loans),
    zone: file('zone', PORTFOLIO_FILES.zone),
    covers: file('covers', PORTFOLIO_FILES.covers, funded),
    guidance: file('guidance', PORTFOLIO_FILES.guidance, funded),
    bank: file('bank', PORTFOLIO_FILES.bank),
  };
};

const eachWithFund = z.array(z.looseObject({ fund: z.json() }));
const adoption = z.looseObject({
  model: key,
  version: z.json(),
  effectiveFrom: z.json(),
  otherwise: z.record(z.string(), z.json()),
});
const withCharters = z.looseObject({ charters: z.array(adoption) });

/** A fund with the document of each charter it adopts. */
const withDocuments = (fund: unknown, charters: string): unknown => {
  const found = withCharters.parse(fund);
  return { ...found, charters: found.charters.map((c) => ({ ...c, document: documentOf(c, charters) })) };
};

/** The charter in wire form, as a fund adopts it; one that is no charter, or contradicts itself, is not taken. */
const documentOf = (adopted: z.output<typeof adoption>, charters: string): Json => {
  const path = join(charters, `${adopted.model}.json`);
  const { version, effectiveFrom, otherwise } = adopted;
  const document = mergePatch(mergePatch(jsonOf(path), otherwise), { version, effectiveFrom });
  const charter = parsed(path, charterDocument, document);
  try {
    checkCharter(charter);
  } catch (error) {
    if (isFundError(error)) throw new PortfolioError(`${shown(path)}: ${error.details['reason'] ?? error.message}`);
    throw error;
  }
  return document;
};

const read = <Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  prepared: (found: Json) => unknown = (found) => found,
): z.output<Schema> => {
  const found = jsonOf(path);
  try {
    return parsed(path, schema, prepared(found));
  } catch (error) {
    throw error instanceof z.ZodError ? new PortfolioError(`${shown(path)}: ${issuesOf(error)}`) : error;
  }
};

const jsonOf = (path: string): Json => {
  if (!existsSync(path)) throw new PortfolioError(`${shown(path)}: there is no such file`);
  try {
    return z.json().parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new PortfolioError(`${shown(path)}: ${textOf(error)}`);
  }
};

const parsed = <Schema extends z.ZodType>(path: string, schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (!result.success) throw new PortfolioError(`${shown(path)}: ${issuesOf(result.error)}`);
  return result.data;
};

/** Every issue with the field it is about. */
const issuesOf = ({ issues }: z.ZodError): string =>
  issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');

const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
};
