import { isList, isObject, type Json, type JsonObject } from './json.ts';
import type { Stack } from './stack.ts';

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Values of the pseudo parameters (`AWS::Region` and so on) on this machine. */
export interface Environment {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

type IntrinsicFunction = (argument: Json, stack: Stack) => Json | undefined;

/**
 * Evaluates the intrinsic functions of the given stacks. Resources become known one after the other while they are
 * provisioned ({@link Resolver.know}); asking for one that is not known yet is an error that names it.
 */
export class Resolver {
  readonly #stacks: readonly Stack[];
  readonly #environment: Environment;
  readonly #known = new Map<string, ResourceIdentity>();
  readonly #functions: Readonly<Record<string, IntrinsicFunction>>;

  constructor(stacks: readonly Stack[], environment: Environment) {
    this.#stacks = stacks;
    this.#environment = environment;
    this.#functions = {
      Ref: (argument, stack) => this.#ref(text(argument, 'Ref'), stack),
      'Fn::GetAtt': (argument, stack) => this.#attributeOf(argument, stack),
      'Fn::Sub': (argument, stack) => this.#substitute(argument, stack),
      'Fn::Join': (argument, stack) => {
        const [separator, parts] = this.#list(argument, stack, 'Fn::Join');
        return list(parts, 'Fn::Join')
          .map((part) => text(part, 'Fn::Join'))
          .join(text(separator, 'Fn::Join'));
      },
      'Fn::Select': (argument, stack) => {
        const [index, parts] = this.#list(argument, stack, 'Fn::Select');
        const chosen = list(parts, 'Fn::Select')[Number(index)];
        if (chosen === undefined) throw new Error('Fn::Select: index out of range');
        return chosen;
      },
      'Fn::Split': (argument, stack) => {
        const [separator, source] = this.#list(argument, stack, 'Fn::Split');
        return text(source, 'Fn::Split').split(text(separator, 'Fn::Split'));
      },
      'Fn::ImportValue': (argument, stack) => this.#imported(text(this.resolve(argument, stack), 'Fn::ImportValue')),
      'Fn::FindInMap': (argument, stack) => this.#mapped(this.#list(argument, stack, 'Fn::FindInMap'), stack),
      'Fn::If': (argument, stack) => {
        const [condition, yes, no] = list(argument, 'Fn::If');
        return this.resolve(this.holds(text(condition, 'Fn::If'), stack) ? yes : no, stack);
      },
      'Fn::Equals': (argument, stack) => {
        const [left, right] = this.#list(argument, stack, 'Fn::Equals');
        return JSON.stringify(left) === JSON.stringify(right);
      },
      'Fn::Not': (argument, stack) => this.#list(argument, stack, 'Fn::Not')[0] !== true,
      'Fn::And': (argument, stack) => this.#list(argument, stack, 'Fn::And').every((part) => part === true),
      'Fn::Or': (argument, stack) => this.#list(argument, stack, 'Fn::Or').some((part) => part === true),
      Condition: (argument, stack) => this.holds(text(argument, 'Condition'), stack),
    };
  }

  /** Makes a resource's `Ref` and attributes known. */
  know(stack: Stack, logicalId: string, identity: ResourceIdentity): void {
    this.#known.set(`${stack.name}/${logicalId}`, identity);
  }

  /** The identity of a resource provisioned earlier. Throws when it is not known. */
  identityOf(stack: Stack, logicalId: string): ResourceIdentity {
    const identity = this.#known.get(`${stack.name}/${logicalId}`);
    if (identity === undefined) throw new Error(`resource ${stack.name}/${logicalId} is not known`);
    return identity;
  }

  /** The value with every intrinsic function evaluated; undefined where it is `AWS::NoValue`. */
  resolve(value: Json | undefined, stack: Stack): Json | undefined {
    if (value === undefined) return undefined;
    if (isList(value)) return value.map((item) => this.resolve(item, stack)).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const [name, ...others] = Object.keys(value);
    if (name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const apply = this.#functions[name];
      if (apply === undefined) throw new Error(`stack ${stack.name}: the local cloud does not know ${name}`);
      return apply(value[name] ?? null, stack);
    }
    return this.resolveObject(value, stack);
  }

  /** As {@link resolve}, for the properties of a resource. */
  resolveObject(value: JsonObject, stack: Stack): JsonObject {
    const entries: [string, Json][] = [];
    for (const [key, item] of Object.entries(value)) {
      const resolved = this.resolve(item, stack);
      if (resolved !== undefined) entries.push([key, resolved]);
    }
    return Object.fromEntries(entries);
  }

  /** Whether a named condition of the stack holds. Throws when there is none of that name. */
  holds(condition: string, stack: Stack): boolean {
    const definition = stack.template.Conditions?.[condition];
    if (!isObject(definition)) throw new Error(`stack ${stack.name}: no condition ${condition}`);
    const [name] = Object.keys(definition);
    const apply = name === undefined ? undefined : this.#functions[name];
    if (name === undefined || apply === undefined)
      throw new Error(`stack ${stack.name}: condition ${condition} is unreadable`);
    return apply(definition[name] ?? null, stack) === true;
  }

  /** The outputs of a stack whose condition holds, by output name. */
  outputsOf(stack: Stack): Record<string, string> {
    const outputs = Object.entries(stack.template.Outputs ?? {});
    return Object.fromEntries(
      outputs
        .filter(([, output]) => output.Condition === undefined || this.holds(output.Condition, stack))
        .map(([name, output]) => [name, text(this.resolve(output.Value, stack), `output ${name}`)]),
    );
  }

  #list(argument: Json, stack: Stack, where: string): readonly Json[] {
    return list(
      list(argument, where).map((item) =>
        isCondition(item) ? this.holds(item.Condition, stack) : (this.resolve(item, stack) ?? null),
      ),
      where,
    );
  }

  #ref(name: string, stack: Stack): Json | undefined {
    switch (name) {
      case 'AWS::NoValue':
        return undefined;
      case 'AWS::Region':
        return this.#environment.region;
      case 'AWS::AccountId':
        return this.#environment.accountId;
      case 'AWS::Partition':
        return this.#environment.partition;
      case 'AWS::URLSuffix':
        return this.#environment.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      case 'AWS::StackName':
        return stack.name;
      case 'AWS::StackId':
        return this.#stackId(stack);
      case 'AWS::NotificationARNs':
        return [];
      default: {
        const parameter = stack.template.Parameters?.[name];
        if (parameter === undefined) return this.identityOf(stack, name).ref;
        if (parameter.Default === undefined) throw new Error(`stack ${stack.name}: parameter ${name} has no default`);
        return parameter.Default;
      }
    }
  }

  #stackId(stack: Stack): string {
    const { partition, region, accountId } = this.#environment;
    return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stack.name}/local`;
  }

  #attributeOf(argument: Json, stack: Stack): Json {
    const [logicalId, ...path] = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    const name = path.map((part) => text(part, 'Fn::GetAtt')).join('.');
    const id = text(logicalId, 'Fn::GetAtt');
    const value = this.identityOf(stack, id).attributes[name];
    if (value === undefined) throw new Error(`the local cloud does not know attribute ${name} of ${stack.name}/${id}`);
    return value;
  }

  #substitute(argument: Json, stack: Stack): Json {
    const [pattern, given] = typeof argument === 'string' ? [argument, undefined] : list(argument, 'Fn::Sub');
    const variables = isObject(given) ? given : {};
    return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const variable = variables[name];
      if (variable !== undefined) return text(this.resolve(variable, stack), 'Fn::Sub');
      return text(name.includes('.') ? this.#attributeOf(name, stack) : this.#ref(name, stack), 'Fn::Sub');
    });
  }

  #imported(name: string): Json | undefined {
    for (const stack of this.#stacks) {
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export !== undefined && this.resolve(output.Export.Name, stack) === name) {
          return this.resolve(output.Value, stack);
        }
      }
    }
    throw new Error(`no stack exports ${name}`);
  }

  #mapped([map, first, second]: readonly Json[], stack: Stack): Json {
    const table = stack.template.Mappings?.[text(map, 'Fn::FindInMap')];
    const row = isObject(table) ? table[text(first, 'Fn::FindInMap')] : undefined;
    const value = isObject(row) ? row[text(second, 'Fn::FindInMap')] : undefined;
    if (value === undefined) throw new Error(`stack ${stack.name}: nothing mapped at ${map}/${first}/${second}`);
    return value;
  }
}

const isCondition = (value: Json): value is { readonly Condition: string } =>
  isObject(value) && Object.keys(value).length === 1 && typeof value['Condition'] === 'string';

function text(value: Json | undefined, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where}: expected a string, found ${JSON.stringify(value)}`);
}

function list(value: Json | undefined, where: string): readonly Json[] {
  if (isList(value)) return value;
  throw new Error(`${where}: expected a list, found ${JSON.stringify(value)}`);
}
