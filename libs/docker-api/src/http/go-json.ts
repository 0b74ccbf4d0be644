/** A text that is no JSON, in the words of Go's `encoding/json`. */
export class JsonSyntaxFault extends Error {
  /** Whether the text ended too early. */
  readonly isEnd: boolean;

  constructor(message: string, isEnd = false) {
    super(message);
    this.isEnd = isEnd;
  }
}

/** Nesting of a body's objects and lists; Docker's own bodies need six. */
const depthMax = 64;

export class JsonTooDeep extends Error {}

const isSpace = (letter: string): boolean => ' \t\r\n'.includes(letter) && letter !== '';
const isDigit = (letter: string): boolean => letter >= '0' && letter <= '9';

/**
 * Where the first JSON value of a text begins and ends, with the errors of Go's scanner.
 * @source golang/go 1.19 encoding/json/scanner.go
 * @throws JsonSyntaxFault, JsonTooDeep
 */
export const firstValue = (text: string): { readonly start: number; readonly end: number } => {
  const scan = new Scan(text);
  scan.space();
  const start = scan.at;
  scan.value(0);
  return { start, end: scan.at };
};

/** @throws JsonSyntaxFault for anything but white space from there on */
export const demandNothingElse = (text: string, from: number): void => {
  const scan = new Scan(text, from);
  scan.space();
  if (scan.at < text.length) throw scan.fault('after top-level value');
};

/** What a string may hold as it stands; looked for at one place and no other. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const plainText = /[^"\\\u0000-\u001f]*/y;

class Scan {
  at: number;
  readonly #text: string;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.at = at;
  }

  space(): void {
    while (isSpace(this.#letter)) this.at += 1;
  }

  value(depth: number): void {
    if (depth > depthMax) throw new JsonTooDeep('the text is nested too deep');
    this.space();
    const letter = this.#letter;
    if (letter === '{') this.#object(depth);
    else if (letter === '[') this.#array(depth);
    else if (letter === '"') this.#string();
    else if (letter === '-' || isDigit(letter)) this.#number();
    else if (letter !== '' && 'tfn'.includes(letter)) this.#word();
    else throw this.fault('looking for beginning of value');
  }

  fault(context: string): JsonSyntaxFault {
    const letter = this.#letter;
    if (letter === '') return new JsonSyntaxFault('unexpected end of JSON input', true);
    return new JsonSyntaxFault(`invalid character ${quoted(letter)} ${context}`);
  }

  get #letter(): string {
    return this.#text.charAt(this.at);
  }

  #object(depth: number): void {
    this.at += 1;
    this.space();
    if (this.#takes('}')) return;
    for (;;) {
      this.space();
      if (this.#letter !== '"') throw this.fault('looking for beginning of object key string');
      this.#string();
      this.space();
      if (!this.#takes(':')) throw this.fault('after object key');
      this.value(depth + 1);
      this.space();
      if (this.#takes('}')) return;
      if (!this.#takes(',')) throw this.fault('after object key:value pair');
    }
  }

  #array(depth: number): void {
    this.at += 1;
    this.space();
    if (this.#takes(']')) return;
    for (;;) {
      this.value(depth + 1);
      this.space();
      if (this.#takes(']')) return;
      if (!this.#takes(',')) throw this.fault('after array element');
    }
  }

  #string(): void {
    this.at += 1;
    for (;;) {
      plainText.lastIndex = this.at;
      plainText.test(this.#text);
      this.at = plainText.lastIndex;
      if (this.#takes('"')) return;
      const letter = this.#letter;
      if (letter < ' ') throw this.fault('in string literal');
      this.at += 1;
      if (letter === '\\') this.#escape();
    }
  }

  #escape(): void {
    const letter = this.#letter;
    if (letter === '' || !'bfnrt\\/"u'.includes(letter)) throw this.fault('in string escape code');
    this.at += 1;
    for (let digits = letter === 'u' ? 4 : 0; digits > 0; digits -= 1) {
      if (!/^[0-9a-fA-F]$/.test(this.#letter)) {
        throw this.fault('in \\u hexadecimal character escape');
      }
      this.at += 1;
    }
  }

  #number(): void {
    this.#takes('-');
    if (!this.#takes('0')) this.#digits('in numeric literal');
    if (this.#takes('.')) this.#digits('after decimal point in numeric literal');
    if (!this.#takes('e') && !this.#takes('E')) return;
    if (!this.#takes('+')) this.#takes('-');
    this.#digits('in exponent of numeric literal');
  }

  #digits(context: string): void {
    if (!isDigit(this.#letter)) throw this.fault(context);
    while (isDigit(this.#letter)) this.at += 1;
  }

  #word(): void {
    const word = { t: 'true', f: 'false', n: 'null' }[this.#letter] ?? '';
    for (const expected of word) {
      if (!this.#takes(expected)) throw this.fault(`in literal ${word} (expecting '${expected}')`);
    }
  }

  #takes(letter: string): boolean {
    if (this.#letter !== letter) return false;
    this.at += 1;
    return true;
  }
}

/** One byte as Go shows it: what is behind ASCII is the first byte of its encoding. */
const quoted = (letter: string): string => {
  if (letter === "'") return "'\\''";
  if (letter === '"') return `'"'`;
  const byte = Buffer.from(letter)[0] ?? 0;
  const shown = JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
  return `'${shown.replace(/^\\u00([01])/, '\\x$1').replace('\u007f', '\\x7f')}'`;
};
