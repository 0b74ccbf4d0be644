/** Reading of JSON bodies: what is absent or of another type counts as Go's zero value. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** Docker's own clients spell names exactly; Go takes any case, and so does this. */
export const member = (value: JsonObject, name: string): unknown => {
  if (Object.hasOwn(value, name)) return value[name];
  const lower = name.toLowerCase();
  const found = Object.keys(value).find((key) => key.toLowerCase() === lower);
  return found === undefined ? undefined : value[found];
};

export const textOf = (value: JsonObject, name: string): string => {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
};

export const flagOf = (value: JsonObject, name: string): boolean => member(value, name) === true;

export const numberOf = (value: JsonObject, name: string): number => {
  const found = member(value, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
};

export const childOf = (value: JsonObject, name: string): JsonObject =>
  objectOf(member(value, name));

export const listOf = (value: JsonObject, name: string): readonly unknown[] => {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
};

export const textsOf = (value: JsonObject, name: string): string[] =>
  listOf(value, name).filter((one) => typeof one === 'string');

/** A list of words, or one word in place of the list (`Cmd`, `Entrypoint`). */
export const wordsOf = (value: JsonObject, name: string): readonly string[] | null => {
  const found = member(value, name);
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : null;
};

/** A map of texts. */
export const mapOf = (value: JsonObject, name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(childOf(value, name)).flatMap(([key, one]) =>
      typeof one === 'string' ? [[key, one]] : [],
    ),
  );

/** Keys in bytewise order, as Go writes maps. */
export const sortedMap = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
