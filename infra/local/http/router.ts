/** A route key of API Gateway, such as `GET /funds/{fundId}`, `ANY /{proxy+}` or `$default`, and what it leads to. */
export interface Routed<Target> {
  readonly routeKey: string;
  readonly target: Target;
}

/** The route a request takes, and the path parameters, decoded. */
export interface Match<Target> extends Routed<Target> {
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type Router<Target> = (method: string, segments: readonly string[]) => Match<Target> | undefined;

interface Pattern<Target> extends Routed<Target> {
  readonly method: string;
  readonly parts: readonly string[];
  readonly rank: string;
}

const isGreedy = (part: string): boolean => part.startsWith('{') && part.endsWith('+}');
const isVariable = (part: string): boolean => part.startsWith('{') && part.endsWith('}');

/**
 * Chooses as API Gateway does: a literal segment before a variable, a variable before a greedy one, the method before
 * `ANY`, and `$default` when nothing else fits.
 */
export function createRouter<Target>(routes: readonly Routed<Target>[]): Router<Target> {
  const patterns = routes
    .filter(({ routeKey }) => routeKey !== '$default')
    .map(patternOf)
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return (method, segments) => {
    for (const pattern of patterns) {
      if (pattern.method !== method && pattern.method !== 'ANY') continue;
      const pathParameters = match(pattern.parts, segments);
      if (pathParameters !== undefined) return { ...pattern, pathParameters };
    }
    return fallback && { ...fallback, pathParameters: {} };
  };
}

/** The segments of a path as it came, decoded one by one. Throws URIError for a malformed escape. */
export const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((segment) => decodeURIComponent(segment));

function patternOf<Target>(route: Routed<Target>): Pattern<Target> {
  const [method = '', path = ''] = route.routeKey.split(' ');
  const parts = path.split('/').slice(1);
  const ranks = parts.map((part) => (isGreedy(part) ? 'c' : isVariable(part) ? 'b' : 'a'));
  return { ...route, method, parts, rank: `${ranks.join('')}${method === 'ANY' ? 'z' : 'm'}` };
}

function match(parts: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [position, part] of parts.entries()) {
    const segment = segments[position];
    if (segment === undefined) return undefined;
    if (isGreedy(part)) return { ...found, [part.slice(1, -2)]: segments.slice(position).join('/') };
    if (!isVariable(part)) {
      if (part !== segment) return undefined;
    } else if (segment === '') return undefined;
    else found[part.slice(1, -1)] = segment;
  }
  return parts.length === segments.length ? found : undefined;
}
