import type { IncomingMessage } from 'node:http';
import { engineLimits } from '../engine/engine-profile.ts';
import { EngineError } from './engine-error.ts';

/** Reads a whole body, or refuses one that is too big before it is taken in. */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const declared = Number(request.headers['content-length'] ?? '0');
  if (declared > engineLimits.bodyBytesMax) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > engineLimits.bodyBytesMax) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

const tooLarge = (): EngineError =>
  new EngineError(
    'invalidParameter',
    `netfold: the request body is larger than ${engineLimits.bodyBytesMax} bytes`,
  );

const contentTypeOf = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * The JSON body of a request, or `null` when it has none.
 * @source moby/moby v20.10 api/server/httputils/httputils.go (CheckForJSON)
 */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const body = await readBody(request);
  if (body.length === 0) return null;
  const type = contentTypeOf(request);
  if (type !== 'application/json') {
    const given = request.headers['content-type'] ?? '';
    throw new EngineError(
      'invalidParameter',
      `Content-Type specified (${given}) must be 'application/json'`,
    );
  }
  return parseJson(body.toString('utf8'));
};

/** Nesting of a body's objects and lists; Docker's own bodies need six. */
const depthMax = 64;

export const parseJson = (text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text, reviver);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('invalidParameter', jsonMessage(text));
  }
  if (depthOf(value, 0) > depthMax) {
    throw new EngineError('invalidParameter', 'netfold: the request body is nested too deep');
  }
  return value;
};

/** Text that no store takes; a name `__proto__` must not reach an object's prototype. */
const reviver = (key: string, value: unknown): unknown => {
  if (key === '__proto__') return undefined;
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed())) {
    throw new EngineError('invalidParameter', 'netfold: a text holds characters that are no text');
  }
  return value;
};

const depthOf = (value: unknown, depth: number): number => {
  if (depth > depthMax || typeof value !== 'object' || value === null) return depth;
  return Object.values(value).reduce<number>(
    (most, one) => Math.max(most, depthOf(one, depth + 1)),
    depth + 1,
  );
};

const jsonMessage = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '{' || trimmed === '[') return 'unexpected EOF';
  const letter = trimmed.startsWith('{') || trimmed.startsWith('[') ? null : trimmed.charAt(0);
  return letter === null
    ? 'unexpected EOF'
    : `invalid character '${letter}' looking for beginning of value`;
};

/**
 * A boolean of a query string as the engine reads it.
 * @source moby/moby v20.10 api/server/httputils/form.go (BoolValue)
 */
export const boolValue = (query: URLSearchParams, name: string): boolean => {
  const text = (query.get(name) ?? '').toLowerCase().trim();
  return !['', '0', 'no', 'false', 'none'].includes(text);
};

export const boolOrDefault = (query: URLSearchParams, name: string, usual: boolean): boolean =>
  query.has(name) ? boolValue(query, name) : usual;

/** Filters by name; each name has a list of values. */
export type Filters = Readonly<Record<string, readonly string[]>>;

const invalidFilters = (): EngineError => new EngineError('invalidParameter', 'invalid filter');

const valuesOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'object' || value === null) throw invalidFilters();
  // Go's client sends {"name":{"web":true}}.
  return Object.entries(value).flatMap(([key, isSet]) => (isSet === true ? [key] : []));
};

/** Reads `filters` in both encodings that clients use. */
export const filtersOf = (query: URLSearchParams): Filters => {
  const text = query.get('filters') ?? '';
  if (text === '') return {};
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidFilters();
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, valuesOf(one)]));
};

/** Refuses a filter that the route does not know. */
export const checkFilters = (filters: Filters, known: readonly string[]): void => {
  for (const name of Object.keys(filters)) {
    if (known.includes(name)) continue;
    throw new EngineError('invalidParameter', `Invalid filter '${name}'`);
  }
};
