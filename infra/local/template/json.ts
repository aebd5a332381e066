/** A JSON value as a template holds it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON array. */
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** True for a JSON object (not null, not an array). */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

/** The value as an array: itself, nothing for undefined. Throws when it is something else; `where` names it. */
export function arrayOf(value: Json | undefined, where: string): readonly Json[] {
  if (value === undefined) return [];
  if (isList(value)) return value;
  throw new Error(`${where} is not an array`);
}

/** The objects of an array; see {@link arrayOf}. */
export const objectsOf = (value: Json | undefined, where: string): readonly JsonObject[] =>
  arrayOf(value, where).map((item) => objectOf(item, where));

/** The value as an object, empty for undefined. Throws when it is something else. */
export function objectOf(value: Json | undefined, where: string): JsonObject {
  if (value === undefined) return {};
  if (isObject(value)) return value;
  throw new Error(`${where} is not an object`);
}

/** The value as a string, or undefined when absent. CloudFormation gives numbers and booleans where strings are meant. */
export function stringOf(value: Json | undefined, where: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} is not a string`);
}

/** As {@link stringOf}, and throws when absent. */
export function requiredString(value: Json | undefined, where: string): string {
  const text = stringOf(value, where);
  if (text === undefined) throw new Error(`${where} is missing`);
  return text;
}

/** The value as a number (CloudFormation also gives decimal strings), or `fallback` when absent. */
export function numberOf(value: Json | undefined, fallback: number, where: string): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (typeof value === 'boolean' || value === '' || !Number.isFinite(number))
    throw new Error(`${where} is not a number`);
  return number;
}

/** The value as a boolean (CloudFormation also gives "true" and "false"), false when absent. */
export const flagOf = (value: Json | undefined): boolean => value === true || value === 'true';
