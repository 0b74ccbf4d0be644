import { readInteger } from './integer.ts';

/** A flag as it stands in a line. */
export type Given = { readonly name: string; readonly value: string };

/** The flags of a line: each with what it was given, in order. */
export class Flags {
  readonly #given: readonly Given[];

  constructor(given: readonly Given[]) {
    this.#given = given;
  }

  isSet(name: string): boolean {
    return this.#given.some((one) => one.name === name);
  }

  /** Of a flag without a value: the last one decides. */
  isOn(name: string): boolean {
    return isTrue(this.text(name, 'false'));
  }

  /** The last value given. */
  text(name: string, fallback = ''): string {
    return this.list(name).at(-1) ?? fallback;
  }

  number(name: string, fallback = 0): number {
    const text = this.list(name).at(-1);
    return text === undefined ? fallback : Number(readInteger(text) ?? text);
  }

  /** Every value given, of a flag that may have several names. */
  list(...names: readonly string[]): readonly string[] {
    return this.#given.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  }
}

const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falsehoods = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** @source Go strconv.ParseBool */
export const isBoolean = (text: string): boolean => truths.has(text) || falsehoods.has(text);
export const isTrue = (text: string): boolean => truths.has(text);
