/** The flags of a line: each with what it was given, in order. */
export class Flags {
  readonly #given: ReadonlyMap<string, readonly string[]>;

  constructor(given: ReadonlyMap<string, readonly string[]>) {
    this.#given = given;
  }

  isSet(name: string): boolean {
    return this.#given.has(name);
  }

  /** Of a flag without a value: the last one decides. */
  isOn(name: string): boolean {
    return isTrue(this.text(name, 'false'));
  }

  /** The last value given. */
  text(name: string, fallback = ''): string {
    return this.#given.get(name)?.at(-1) ?? fallback;
  }

  number(name: string, fallback = 0): number {
    const text = this.#given.get(name)?.at(-1);
    return text === undefined ? fallback : Number(text);
  }

  /** Every value given. */
  list(name: string): readonly string[] {
    return this.#given.get(name) ?? [];
  }
}

const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falsehoods = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** @source Go strconv.ParseBool */
export const isBoolean = (text: string): boolean => truths.has(text) || falsehoods.has(text);
export const isTrue = (text: string): boolean => truths.has(text);
