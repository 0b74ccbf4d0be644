/** JSON as it was written: numbers as their text, members in their order, also twice the same. */
export type JsonNode =
  | null
  | boolean
  | string
  | { readonly number: string }
  | { readonly elements: readonly JsonNode[] }
  | { readonly members: readonly (readonly [name: string, value: JsonNode])[] };

/** @param text  what an engine answered; text that is no JSON is a mistake of ours */
export const readJson = (text: string): JsonNode => new JsonReader(text).read();

const token = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[-+.\w]+|[[\]{},:])/sy;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonNode {
    const first = this.#next();
    if (first === '[') return { elements: this.#several(']', () => this.read()) };
    if (first === '{') return { members: this.#several('}', () => this.#member()) };
    if (first.startsWith('"')) return JSON.parse(first) as string;
    if (first === 'null') return null;
    if (first === 'true' || first === 'false') return first === 'true';
    return { number: first };
  }

  #next(): string {
    token.lastIndex = this.#at;
    const [, found] = token.exec(this.#text) ?? [];
    if (found === undefined) throw new Error(`no JSON at ${this.#at}: ${this.#text}`);
    this.#at = token.lastIndex;
    return found;
  }

  #several<T>(end: string, one: () => T): readonly T[] {
    const all: T[] = [];
    for (;;) {
      const kept = this.#at;
      const next = this.#next();
      if (next === end) return all;
      if (next !== ',') this.#at = kept;
      all.push(one());
    }
  }

  #member(): readonly [string, JsonNode] {
    const name = JSON.parse(this.#next()) as string;
    this.#next();
    return [name, this.read()];
  }
}

const indentedToken = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[^\s"[\]{},:]+|[[\]{},:])/gs;

/** The same JSON with a member a line. @source Go encoding/json Indent */
export const indented = (text: string, indent = '    '): string => {
  let depth = 0;
  let written = '';
  let isOpened = false;
  const newline = (): string => `\n${indent.repeat(depth)}`;
  for (const [, one = ''] of text.matchAll(indentedToken)) {
    const isEnd = one === ']' || one === '}';
    if (isEnd) depth -= 1;
    if (isEnd ? !isOpened : isOpened) written += newline();
    isOpened = one === '[' || one === '{';
    written += one;
    if (isOpened) depth += 1;
    if (one === ',') written += newline();
    if (one === ':') written += ' ';
  }
  return written;
};

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** @param isHtmlSafe  `<`, `>` and `&` as numbers. @source Go encoding/json encode.go */
export const jsonString = (text: string, isHtmlSafe: boolean): string => {
  const special = isHtmlSafe ? /["\\\p{Cc}<>&\u2028\u2029]/gu : /["\\\p{Cc}\u2028\u2029]/gu;
  const body = text.replaceAll(special, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x7f && code < 0xa0) return letter;
    return escapes[letter] ?? `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${body}"`;
};
