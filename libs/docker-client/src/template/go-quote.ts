/** Bytes of a text in UTF-8. */
export const byteLength = (text: string): number => {
  let length = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return length;
};

/** Bytes of a text from one to another. What is left of a character cut in two is U+FFFD. */
export const byteSlice = (text: string, from: number, to: number): string => {
  let at = 0;
  let cut = '';
  for (const letter of text) {
    const end = at + byteLength(letter);
    const inside = Math.min(end, to) - Math.max(at, from);
    if (inside > 0) cut += inside === end - at ? letter : '\uFFFD'.repeat(inside);
    at = end;
  }
  return cut;
};

/** Orders texts as Go does: by their bytes, which is by code points. */
export const byBytes = (a: string, b: string): number => {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

const escapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** @source Go strconv.Quote, QuoteRune */
export const quoted = (text: string, quote = '"'): string =>
  `${quote}${Array.from(text, (letter) => escaped(letter, quote)).join('')}${quote}`;

const escaped = (letter: string, quote: string): string => {
  const known = escapes[letter];
  if (known !== undefined) return known;
  if (letter === quote) return `\\${letter}`;
  if (letter === ' ' || !/^[\p{C}\p{Z}]$/u.test(letter)) return letter;
  const code = letter.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x1_0000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
};

const sequence =
  /^\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/;

/** What stands for a letter behind a backslash, read from the start of a text; `null`: nothing. */
const readLetter = (text: string): { readonly letter: string; readonly length: number } | null => {
  const [found, simple, ...numbers] = sequence.exec(text) ?? [];
  if (found === undefined) return null;
  if (simple !== undefined) {
    const known = Object.entries(escapes).find(([, shown]) => shown === found);
    return { letter: known?.[0] ?? simple, length: found.length };
  }
  const octal = numbers[3];
  const code = parseInt(
    numbers.find((one) => one !== undefined) ?? '',
    octal === undefined ? 16 : 8,
  );
  return code > 0x10_ffff ? null : { letter: String.fromCodePoint(code), length: found.length };
};

/**
 * What a text in quotes stands for; `null`: it is none.
 *
 * @source Go strconv.Unquote
 */
export const unquoted = (text: string): string | null => {
  const quote = text.charAt(0);
  const inner = text.slice(1, -1);
  if (quote === '`') return inner.replaceAll('\r', '');
  let read = '';
  for (let at = 0; at < inner.length;) {
    if (inner[at] !== '\\') {
      read += inner[at] ?? '';
      at += 1;
      continue;
    }
    const found = readLetter(inner.slice(at));
    const wrongQuote = quote === '"' ? "'" : '"';
    if (found === null || inner[at + 1] === wrongQuote) return null;
    read += found.letter;
    at += found.length;
  }
  return read;
};
