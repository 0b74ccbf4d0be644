/** The type that a part of a body has in the engine's own code. */
export type GoType =
  | { readonly kind: 'string' | 'bool' | 'int' | 'words'; readonly name: string }
  | { readonly kind: 'list' | 'map'; readonly name: string; readonly of: GoType }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly fields: Readonly<Record<string, GoType>>;
    };

export const goString: GoType = { kind: 'string', name: 'string' };
export const goBool: GoType = { kind: 'bool', name: 'bool' };
export const goInt: GoType = { kind: 'int', name: 'int' };
/** A list of words, or one word in its place. */
export const goWords: GoType = { kind: 'words', name: 'string' };

export const goList = (of: GoType): GoType => ({ kind: 'list', name: `[]${of.name}`, of });
export const goMap = (of: GoType, name = `map[string]${of.name}`): GoType => ({
  kind: 'map',
  name,
  of,
});
export const goStruct = (name: string, fields: Readonly<Record<string, GoType>>): GoType => ({
  kind: 'struct',
  name,
  fields,
});

/** The text of a number as it was written, where it is not a plain small one. */
export type NumberTexts = WeakMap<object, Map<string, string>>;

type Place = { readonly struct: string; readonly path: string };

/**
 * What Go says of the first value whose type is not that of its field; `null`: all fit.
 * @source golang/go 1.19 encoding/json/decode.go (UnmarshalTypeError)
 */
export const typeMismatch = (value: unknown, type: GoType, numbers: NumberTexts): string | null =>
  new Mismatches(numbers).of(value, type, null, null);

class Mismatches {
  readonly #numbers: NumberTexts;

  constructor(numbers: NumberTexts) {
    this.#numbers = numbers;
  }

  of(value: unknown, type: GoType, place: Place | null, number: string | null): string | null {
    if (value === null) return null;
    if (type.kind === 'struct' && isObject(value)) return this.#inStruct(value, type, place);
    if (type.kind === 'map' && isObject(value)) return this.#inAll(value, type.of, place);
    if (type.kind === 'list' && Array.isArray(value)) return this.#inAll(value, type.of, place);
    if (fits(value, type, number)) return null;
    const word = typeof value === 'number' && type.kind === 'int' ? ` ${number ?? value}` : '';
    const where = place === null ? 'value' : `struct field ${place.struct}.${place.path}`;
    return `json: cannot unmarshal ${kindOf(value)}${word} into Go ${where} of type ${type.name}`;
  }

  #inAll(value: object, type: GoType, place: Place | null): string | null {
    const numbers = this.#numbers.get(value);
    for (const [key, one] of Object.entries(value)) {
      const found = this.of(one, type, place, numbers?.get(key) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  #inStruct(
    value: object,
    { name, fields }: Extract<GoType, { kind: 'struct' }>,
    place: Place | null,
  ): string | null {
    const numbers = this.#numbers.get(value);
    const struct = name.slice(name.indexOf('.') + 1);
    for (const [key, one] of Object.entries(value)) {
      const known = fieldNamed(fields, key);
      if (known === undefined) continue;
      const [field, type] = known;
      const path = place === null ? field : `${place.path}.${field}`;
      const found = this.of(one, type, { struct, path }, numbers?.get(key) ?? null);
      if (found !== null) return found;
    }
    return null;
  }
}

const fieldNamed = (
  fields: Readonly<Record<string, GoType>>,
  key: string,
): readonly [string, GoType] | undefined => {
  const own = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (own !== undefined) return [key, own];
  return Object.entries(fields).find(([name]) => name.toLowerCase() === key.toLowerCase());
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fits = (value: unknown, { kind }: GoType, number: string | null): boolean => {
  if (kind === 'string') return typeof value === 'string';
  if (kind === 'bool') return typeof value === 'boolean';
  if (kind === 'int') return typeof value === 'number' && isWhole(value, number);
  const areWords = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return kind === 'words' && (areWords || typeof value === 'string');
};

const isWhole = (value: number, text: string | null): boolean =>
  Number.isSafeInteger(value) && (text === null || /^-?\d+$/.test(text));

const kindOf = (value: unknown): string => {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
};
