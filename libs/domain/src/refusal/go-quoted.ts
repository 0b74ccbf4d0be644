/** Escapes that Go writes with a letter; the others are numbers. */
const letters: Readonly<Record<string, string>> = {
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\v': String.raw`\v`,
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
};

/** Letters, marks, numbers, punctuation, symbols and the ordinary space: Go's printable ones. */
const isPrintable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/**
 * A text as Go's `%q` prints it.
 *
 * @source golang/go strconv/quote.go Quote and IsPrint
 */
export function goQuoted(text: string): string {
  return `"${Array.from(text, escaped).join('')}"`;
}

function escaped(character: string): string {
  const letter = letters[character];
  if (letter !== undefined) return letter;
  if (isPrintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return String.raw`\x${hex.padStart(2, '0')}`;
  return code <= 0xffff
    ? String.raw`\u${hex.padStart(4, '0')}`
    : String.raw`\U${hex.padStart(8, '0')}`;
}
