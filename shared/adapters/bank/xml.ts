import { XMLParser } from 'fast-xml-parser';
import { FundError } from '#shared/errors/fund-error.ts';

/** Largest bank file taken. */
const BYTES_MAX = 5 * 1024 * 1024;

/** A parsed element: its text, its attributes (with `@`), its children by local name. */
export type Element = { readonly [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: false,
  trimValues: true,
});

const invalid = (reason: string, cause?: unknown): FundError =>
  new FundError('BANK_FILE_INVALID', { reason }, { cause });

/** Text of a bank file: UTF-8, or GBK/GB18030 where its declaration says so. @throws BANK_FILE_INVALID */
const decode = (bytes: Uint8Array): string => {
  const declaration = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const name = /encoding=["']([A-Za-z0-9_-]+)["']/.exec(declaration)?.[1]?.toLowerCase() ?? 'utf-8';
  const encoding = name === 'gbk' || name === 'gb2312' || name === 'gb18030' ? 'gb18030' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw invalid(`not ${encoding}`, error);
  }
};

/**
 * Reads a bank file. Document types and entity declarations are refused, so nothing can be expanded or fetched.
 * @throws BANK_FILE_INVALID
 */
export const parseXml = (bytes: Uint8Array): Element => {
  if (bytes.byteLength > BYTES_MAX) throw invalid('larger than 5 MB');
  const text = decode(bytes);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw invalid('document types are not taken');
  try {
    const root = elementOf(parser.parse(text, true), 'document');
    if (Object.keys(root).filter((name) => !name.startsWith('?')).length !== 1) throw invalid('not one root');
    return root;
  } catch (error) {
    throw error instanceof FundError ? error : invalid('not well-formed', error);
  }
};

/** A child that must be an element. @throws BANK_FILE_INVALID */
export const elementOf = (value: unknown, name: string): Element => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${name} is missing`);
  return value as Element;
};

/** Children of one name, in order. */
export const childrenOf = (parent: Element, name: string): readonly Element[] => {
  const value = parent[name];
  if (value === undefined || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map((child) => elementOf(child, name));
};

/** Follows a path of single children to a text; undefined where it ends early. */
export const textAt = (parent: Element, ...path: readonly string[]): string | undefined => {
  let at: unknown = parent;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || Array.isArray(at)) return undefined;
    at = Object.hasOwn(at, name) ? (at as Element)[name] : undefined;
  }
  if (typeof at === 'string') return at;
  if (typeof at === 'object' && at !== null && '#text' in at && typeof at['#text'] === 'string') return at['#text'];
  return undefined;
};

/** As {@link textAt}, and must be there. @throws BANK_FILE_INVALID */
export const requiredText = (parent: Element, ...path: readonly string[]): string => {
  const text = textAt(parent, ...path);
  if (text === undefined || text === '') throw invalid(`${path.join('/')} is missing`);
  return text;
};

/** Whether a text holds only characters an XML 1.0 document may have. */
export const isXmlText = (text: string): boolean =>
  /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text);

/** Text as it may stand in an element. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[c] ?? c);
