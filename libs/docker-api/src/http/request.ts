import type { IncomingMessage } from 'node:http';
import { goQuoted } from '@netfold/domain';
import { engineLimits } from '../engine/engine-profile.ts';
import { EngineError } from './engine-error.ts';
import { goBool, goList, goMap, goString, typeMismatch } from './go-type.ts';
import { parseBody, parseWhole } from './json-body.ts';
import type { BodyForm } from './json-body.ts';

/** Reads a whole body, or refuses one that is too big before it is taken in. */
export const readBody = async (
  request: IncomingMessage,
  bytesMax: number = engineLimits.bodyBytesMax,
): Promise<Buffer> => {
  const declared = Number(request.headers['content-length'] ?? '0');
  if (declared > bytesMax) throw tooLarge(bytesMax);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > bytesMax) throw tooLarge(bytesMax);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

const tooLarge = (bytesMax: number): EngineError =>
  new EngineError('invalidParameter', `netfold: the request body is larger than ${bytesMax} bytes`);

const parameterPattern = /^\s*[\w!#$%&'*+.^`|~-]+\s*=\s*(?:[\w!#$%&'*+.^`|~-]+|"[^"]*")\s*$/;

/** A header that Go cannot parse is no JSON. @source golang/go mime.ParseMediaType */
const isJsonType = (header: string): boolean => {
  const [type = '', ...parameters] = header.split(';');
  if (parameters.at(-1)?.trim() === '') parameters.pop();
  const isWellFormed = parameters.every((parameter) => parameterPattern.test(parameter));
  return isWellFormed && type.trim().toLowerCase() === 'application/json';
};

/**
 * The JSON body of a request, of the form that the route has in the engine.
 * @source moby/moby v20.10 api/server/httputils/httputils.go (CheckForJSON)
 */
export const readJson = async (request: IncomingMessage, form: BodyForm): Promise<unknown> => {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (!isJsonType(type) && (type !== '' || body.length > 0)) {
    throw new EngineError(
      'invalidParameter',
      `Content-Type specified (${type}) must be 'application/json'`,
    );
  }
  return parseBody(body.toString('utf8'), form);
};

/**
 * A boolean of a query string as the engine reads it.
 * @source moby/moby v20.10 api/server/httputils/form.go (BoolValue)
 */
export const boolValue = (query: URLSearchParams, name: string): boolean => {
  const text = (query.get(name) ?? '').toLowerCase().trim();
  return !['', '0', 'no', 'false', 'none'].includes(text);
};

/** Why Go's `strconv.Atoi` does not take a text; `null`: it does. */
export const integerProblem = (text: string): string | null => {
  const isInteger = /^[+-]?\d+$/.test(text);
  if (
    isInteger &&
    BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))
  )
    return null;
  const reason = isInteger ? 'value out of range' : 'invalid syntax';
  return `strconv.Atoi: parsing ${goQuoted(text)}: ${reason}`;
};

/**
 * Height, then width.
 *
 * @source moby/moby v20.10 api/server/router/container/exec.go (postContainerExecResize)
 * @throws EngineError unless both are numbers
 */
export const checkTerminalSize = (query: URLSearchParams): void => {
  for (const name of ['h', 'w']) {
    const problem = integerProblem(query.get(name) ?? '');
    if (problem !== null) throw new EngineError('invalidParameter', problem);
  }
};

/** Filters by name; each name has a list of values. */
export type Filters = Readonly<Record<string, readonly string[]>>;

const flags = goMap(goBool);
const filtersType = goMap(flags, 'map[string]map[string]bool');
const olderFiltersType = goMap(goList(goString));

const valuesOf = (value: unknown): string[] =>
  // Go's client sends {"name":{"web":true}}, older ones and most libraries {"name":["web"]}.
  Array.isArray(value) ? value.map(String) : Object.keys(value ?? {});

/**
 * Reads `filters` in both encodings that clients use.
 * @source moby/moby v20.10 api/types/filters/parse.go (FromJSON)
 */
export const filtersOf = (query: URLSearchParams): Filters => {
  const text = query.get('filters') ?? '';
  if (text === '') return {};
  const value = parseWhole(text);
  const mismatch = typeMismatch(value, filtersType, new WeakMap());
  if (mismatch !== null && typeMismatch(value, olderFiltersType, new WeakMap()) !== null) {
    throw new EngineError('internal', mismatch);
  }
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, one]) => [key, valuesOf(one)]));
};

/** Refuses a filter that the route does not know. */
export const checkFilters = (filters: Filters, known: readonly string[]): void => {
  for (const name of Object.keys(filters)) {
    if (known.includes(name)) continue;
    throw new EngineError('invalidParameter', `Invalid filter '${name}'`);
  }
};
