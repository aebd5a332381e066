import { isList, isObject, type Json, objectsOf, requiredString } from '../template/json.ts';

/** Whether an event passes an event source mapping's `FilterCriteria`. */
export type Filter = (event: Json) => boolean;

type Test = (value: Json | undefined) => boolean;

const FILTERS_MAX = 5;

/**
 * Compiles the filters of an event source mapping; an event passes when one of them matches, or when there are none.
 * Knows values, prefix, suffix, equals-ignore-case, exists, anything-but and numeric; throws for any other rule, so that
 * nothing is passed or dropped by a rule that is not understood.
 */
export function compileFilters(criteria: Json | undefined): Filter {
  const filters = isObject(criteria) ? objectsOf(criteria['Filters'], 'Filters') : [];
  if (filters.length > FILTERS_MAX) throw new Error(`an event source has ${FILTERS_MAX} filters at most`);
  const tests = filters.map((filter) => {
    const pattern: Json = JSON.parse(requiredString(filter['Pattern'], 'Pattern'));
    return compilePattern(pattern, 'filter');
  });
  return (event) => tests.length === 0 || tests.some((test) => test(event));
}

function compilePattern(pattern: Json, where: string): Test {
  if (isList(pattern)) {
    const rules = pattern.map((rule) => compileRule(rule, where));
    return (value) => rules.some((rule) => (isList(value) ? value.some(rule) : rule(value)));
  }
  if (!isObject(pattern)) throw new Error(`${where}: a filter holds objects and lists of rules`);
  const members = Object.entries(pattern).map(([name, member]) => {
    if (name.startsWith('$')) throw new Error(`${where}: the local cloud does not know ${name}`);
    return [name, compilePattern(member, `${where}.${name}`)] as const;
  });
  return (value) => members.every(([name, test]) => test(isObject(value) ? value[name] : undefined));
}

function compileRule(rule: Json, where: string): Test {
  if (!isObject(rule)) return (value) => value === rule;
  const [[name, argument] = ['nothing', null], ...others] = Object.entries(rule);
  const compile = others.length === 0 ? RULES[name] : undefined;
  if (compile === undefined) throw new Error(`${where}: the local cloud does not know the rule ${name}`);
  return compile(argument, where);
}

const onText =
  (test: (value: string, argument: string) => boolean) =>
  (argument: Json, where: string): Test => {
    const wanted = requiredString(argument, where);
    return (value) => typeof value === 'string' && test(value, wanted);
  };

const RULES: Readonly<Record<string, (argument: Json, where: string) => Test>> = {
  prefix: onText((value, prefix) => value.startsWith(prefix)),
  suffix: onText((value, suffix) => value.endsWith(suffix)),
  'equals-ignore-case': onText((value, other) => value.toLowerCase() === other.toLowerCase()),
  exists: (argument) => (value) => (value !== undefined) === argument,
  'anything-but': (argument, where) => {
    const unwanted = (isList(argument) ? argument : [argument]).map((rule) => compileRule(rule, where));
    return (value) => value !== undefined && !unwanted.some((rule) => rule(value));
  },
  numeric: (argument, where) => {
    const parts = isList(argument) ? argument : [];
    const tests = parts.flatMap((part, i) => (i % 2 === 0 ? [compare(part, parts[i + 1], where)] : []));
    return (value) => typeof value === 'number' && tests.every((test) => test(value));
  },
};

function compare(operator: Json, operand: Json | undefined, where: string): (value: number) => boolean {
  if (typeof operand !== 'number') throw new Error(`${where}: numeric needs a number`);
  switch (operator) {
    case '=':
      return (value) => value === operand;
    case '<':
      return (value) => value < operand;
    case '<=':
      return (value) => value <= operand;
    case '>':
      return (value) => value > operand;
    case '>=':
      return (value) => value >= operand;
    default:
      throw new Error(`${where}: no numeric operator ${JSON.stringify(operator)}`);
  }
}
