import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parse } from 'yaml';

type Json = Readonly<Record<string, unknown>>;

type Operation = {
  readonly produces?: readonly string[];
  readonly responses: Readonly<Record<string, { readonly schema?: Json }>>;
};

type Definition = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Json>>;
};

const file = join(import.meta.dirname, '../../recordings/engine-api-v1.41.yaml');

/** Members that are pointers in the engine's source: `null` while nobody has set them. */
const pointers: readonly string[] = ['MemorySwappiness', 'OomKillDisable', 'StopTimeout'];

/**
 * The published definition of the advertised version, to hold answers against.
 *
 * Go writes a list or map that is nil as `null` whatever the definition says, and clients read it
 * as an empty one; so `null` fits every list and object here.
 */
export class OpenApi {
  readonly #definition = parse(readFileSync(file, 'utf8')) as Definition;
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const definitions = Object.fromEntries(
      Object.entries(this.#definition.definitions).map(([name, one]) => [
        name,
        nullable(one, name),
      ]),
    );
    this.#ajv.addSchema({ $id: 'engine', definitions });
  }

  /** The path as the definition has it, `/containers/{id}/json`; `null`: it knows no such route. */
  pathOf(method: string, path: string): string | null {
    const found = Object.entries(this.#definition.paths)
      .filter(([, operations]) => operations[method.toLowerCase()] !== undefined)
      .map(([pattern]) => pattern)
      .filter((pattern) => fits(pattern, path));
    return found.toSorted((a, b) => parametersIn(a) - parametersIn(b))[0] ?? null;
  }

  /**
   * What is wrong with an answer; empty: it is as defined.
   *
   * @param at  method, path of the definition and status
   */
  problems(at: readonly [string, string, number], body: unknown): readonly string[] {
    const [method, path, status] = at;
    const operation = this.#definition.paths[path]?.[method.toLowerCase()];
    const response = operation?.responses[String(status)];
    if (response === undefined) return [`status ${status} is not defined`];
    if (response.schema === undefined) return [];
    const validate = this.#validator(`${method} ${path} ${status}`, response.schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  #validator(key: string, schema: Json): ValidateFunction {
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const made = this.#ajv.compile(nullable(schema, key) as object);
    this.#compiled.set(key, made);
    return made;
  }
}

const parametersIn = (pattern: string): number => pattern.split('{').length;

const fits = (pattern: string, path: string): boolean => {
  const source = pattern
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? '(?:.+)' : part.replaceAll('.', '\\.')))
    .join('');
  return new RegExp(`^${source}$`).test(path);
};

const nullable = (value: unknown, place: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => nullable(one, place));
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value)
      // Words for people: an example may hold what looks like a schema.
      .filter(([key]) => key !== 'example' && key !== 'examples')
      .map(([key, one]) => [key, key === 'enum' ? one : nullable(one, `${place}.${key}`)]),
  );
  const { type, $ref } = schema;
  if (typeof $ref === 'string') {
    const target = { $ref: $ref.replace('#/', 'engine#/') };
    return { anyOf: [target, { type: 'null' }] };
  }
  const isList = type === 'array' || type === 'object';
  const isPointer = pointers.some((name) => place.endsWith(`.properties.${name}`));
  if (isList || isPointer || schema['x-nullable'] === true)
    return { ...schema, type: [type, 'null'] };
  return schema;
};
