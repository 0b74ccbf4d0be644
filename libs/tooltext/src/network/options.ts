/** Options as getopt reads them: `-c 1`, `-c1`, `-zvw 2`, `--timeout=2`, `--timeout 2`. */
export type Options = {
  /** By letter or long name; a flag has an empty value, a repeated option keeps its last one. */
  readonly values: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
  /** The first option that the program does not have, as it was written. */
  readonly unknown: string | null;
};

type Known = {
  /** Letters without a value, and letters with one. */
  readonly flags: string;
  readonly valued: string;
  /** Long names: to the letter they stand for. */
  readonly long?: Readonly<Record<string, string>>;
};

/** Reads the words behind the program's name. */
export const readOptions = (words: readonly string[], known: Known): Options => {
  const values = new Map<string, string>();
  const rest: string[] = [];
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') return { values, rest: [...rest, ...waiting], unknown: null };
    const isRead = word.startsWith('--')
      ? readLong(word, waiting, { known, values })
      : readShort(word, waiting, { known, values });
    if (isRead === 'operand') rest.push(word);
    else if (isRead === 'unknown') return { values, rest, unknown: word };
  }
  return { values, rest, unknown: null };
};

type Reading = { readonly known: Known; readonly values: Map<string, string> };
type ReadAs = 'option' | 'operand' | 'unknown';

const readLong = (word: string, waiting: string[], { known, values }: Reading): ReadAs => {
  const [name = '', ...value] = word.slice(2).split('=');
  const letter = known.long?.[name];
  if (letter === undefined) return 'unknown';
  const isFlag = !known.valued.includes(letter) || letter.length > 1;
  if (value.length > 0) values.set(letter, value.join('='));
  else values.set(letter, isFlag ? '' : (waiting.shift() ?? ''));
  return 'option';
};

const readShort = (word: string, waiting: string[], { known, values }: Reading): ReadAs => {
  if (!word.startsWith('-') || word === '-') return 'operand';
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    if (known.valued.includes(letter)) {
      const attached = word.slice(at + 1);
      values.set(letter, attached === '' ? (waiting.shift() ?? '') : attached);
      return 'option';
    }
    if (!known.flags.includes(letter)) return 'unknown';
    values.set(letter, '');
  }
  return 'option';
};

/** A number given with an option, or what is usual. */
export const numberOf = (options: Options, letter: string, usual: number): number => {
  const text = options.values.get(letter);
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : usual;
};
