import { failure } from '../failure/failure.ts';
import { limits } from '../limits/limits.ts';

export type GraphqlRequestBody = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
};

const namePattern = /^[_A-Za-z][_0-9A-Za-z]*$/;
/** A document that is JSON, not GraphQL: mercurius would take its syntax tree unparsed. */
const treePattern = /^[\s,\uFEFF]*(\[|\{[\s,]*")/;

/** Nothing is put in the place of bytes that are no text, and no mark before it is dropped. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws INVALID_REQUEST unless the bytes are UTF-8 */
export function textOfBody(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw invalid('the body is no UTF-8');
  }
}

/**
 * The parts of a request, from its JSON text.
 * @throws INVALID_REQUEST, BATCHING_DISABLED, VARIABLES_TOO_DEEP
 */
export function parseRequestBody(text: string): GraphqlRequestBody {
  const body = parseJson(text);
  if (Array.isArray(body))
    throw failure('BATCHING_DISABLED', 'a request holds one query, not a list');
  if (typeof body !== 'object' || body === null) throw invalid('the body is a JSON object');
  return demandRequest(body as Readonly<Record<string, unknown>>);
}

export function demandRequest(body: Readonly<Record<string, unknown>>): GraphqlRequestBody {
  const { query, variables, operationName } = body;
  if (typeof query !== 'string' || query === '') throw invalid('`query` is a text');
  if (treePattern.test(query)) throw invalid('`query` is GraphQL, not JSON');
  if (!isAbsent(variables) && !isObject(variables)) throw invalid('`variables` is an object');
  if (!isAbsent(operationName) && !isName(operationName))
    throw invalid('`operationName` is a name');
  demandShallow(variables);
  return {
    query,
    variables: isObject(variables) ? variables : {},
    operationName: isName(operationName) ? operationName : null,
  };
}

const invalid = (message: string): Error => failure('INVALID_REQUEST', message);
const isAbsent = (value: unknown): value is null | undefined =>
  value === null || value === undefined;
const isName = (value: unknown): value is string =>
  typeof value === 'string' && namePattern.test(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('the body is no JSON');
  }
}

/** Level by level, without recursion: what is behind walks inputs recursively. */
function demandShallow(variables: unknown): void {
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= limits.variablesDepth) {
      const most = limits.variablesDepth;
      throw failure('VARIABLES_TOO_DEEP', `variables have at most ${most} levels`);
    }
    level = level
      .filter((value): value is object => typeof value === 'object' && value !== null)
      .flatMap((value) => Object.values(value) as unknown[])
      .filter((value) => typeof value === 'object');
  }
}
