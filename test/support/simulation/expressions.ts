import type { Item } from '#shared/storage/codecs/stored.ts';

/** An expression with its names and values, as DynamoDB takes it. */
export interface Condition {
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

/** The parts of a conjunction; BETWEEN has an AND of its own. */
export const clausesOf = (expression: string | undefined): readonly string[] =>
  expression === undefined ? [] : expression.split(/ AND (?!:to$)/);

const valueAt = (path: string, { ExpressionAttributeNames: names }: Condition, item: Item | undefined): unknown =>
  path.split('.').reduce<unknown>((at, part) => {
    if (typeof at !== 'object' || at === null) return undefined;
    return new Map<string, unknown>(Object.entries(at)).get(names?.[part] ?? part);
  }, item);

/** Whether one clause holds of an item. @throws for a clause of a form our adapters do not use */
export const holds = (clause: string, condition: Condition, item: Item | undefined): boolean => {
  const value = (name: string | undefined): unknown => condition.ExpressionAttributeValues?.[name ?? ''];
  const absent = /^attribute_not_exists\((\S+)\)$/.exec(clause);
  if (absent !== null) return valueAt(absent[1] ?? '', condition, item) === undefined;
  const among = /^(\S+) IN \((.+)\)$/.exec(clause);
  if (among !== null)
    return (among[2] ?? '').split(', ').some((name) => value(name) === valueAt(among[1] ?? '', condition, item));
  const between = /^(\S+) BETWEEN (:\w+) AND (:\w+)$/.exec(clause);
  if (between !== null) {
    const found = String(valueAt(between[1] ?? '', condition, item));
    return String(value(between[2])) <= found && found <= String(value(between[3]));
  }
  const compared = /^(\S+) (=|<|>) (:\w+)$/.exec(clause);
  if (compared === null) throw new Error(`a clause that is not known here: ${clause}`);
  const [, path = '', operator, name] = compared;
  const [found, wanted] = [valueAt(path, condition, item), value(name)];
  if (operator === '=') return found === wanted;
  if (found === undefined) return false;
  return operator === '<' ? String(found) < String(wanted) : String(found) > String(wanted);
};

/** An item after an update. @throws for an update of a form our adapters do not use */
export const changedBy = (update: Condition, before: Item): Item => {
  const { UpdateExpression = '', ExpressionAttributeNames: names, ExpressionAttributeValues: values } = update;
  const after = new Map(Object.entries(before));
  const body = UpdateExpression.slice('SET '.length).split(', ');
  if (UpdateExpression.startsWith('SET '))
    for (const part of body) {
      const [name = '', value = ''] = part.split(' = ');
      after.set(names?.[name] ?? name, values?.[value]);
    }
  else if (UpdateExpression.startsWith('ADD '))
    for (const part of body) {
      const [name = '', value = ''] = part.split(' ');
      after.set(name, BigInt(String(after.get(name) ?? 0)) + BigInt(String(values?.[value])));
    }
  else throw new Error(`an update that is not known here: ${UpdateExpression}`);
  return Object.fromEntries(after);
};
