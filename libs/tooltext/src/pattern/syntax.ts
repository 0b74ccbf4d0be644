/** A parsed POSIX regular expression. */
export type Node =
  | { readonly kind: 'set'; readonly test: (code: number) => boolean }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number };

export type Assertion = 'lineStart' | 'lineEnd' | 'wordStart' | 'wordEnd' | 'boundary' | 'inside';

export type PatternFlavour = {
  /** Extended (`-E`) or basic syntax. */
  readonly isExtended: boolean;
  readonly ignoresCase: boolean;
};

/** A pattern that cannot be taken; `message` as grep prints it after its own name. */
export class BadPattern extends Error {}

/** `{m,n}` beyond this is refused, as RE_DUP_MAX does. */
const repeatsMax = 255;

const classes: Readonly<Record<string, (code: number) => boolean>> = {
  alpha: (code) => isLetter(code),
  digit: (code) => isDigit(code),
  alnum: (code) => isLetter(code) || isDigit(code),
  upper: (code) => code >= 65 && code <= 90,
  lower: (code) => code >= 97 && code <= 122,
  space: (code) => code === 32 || (code >= 9 && code <= 13),
  blank: (code) => code === 32 || code === 9,
  punct: (code) => code > 32 && code < 127 && !isLetter(code) && !isDigit(code),
  print: (code) => code >= 32 && code < 127,
  graph: (code) => code > 32 && code < 127,
  cntrl: (code) => code < 32 || code === 127,
  xdigit: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
};

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const isLetter = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

export const isWord = (code: number): boolean => isDigit(code) || isLetter(code) || code === 95;

const escapes: Readonly<Record<string, Node>> = {
  w: { kind: 'set', test: isWord },
  W: { kind: 'set', test: (code) => !isWord(code) },
  s: { kind: 'set', test: (code) => code === 32 || (code >= 9 && code <= 13) },
  S: { kind: 'set', test: (code) => !(code === 32 || (code >= 9 && code <= 13)) },
  b: { kind: 'assert', what: 'boundary' },
  B: { kind: 'assert', what: 'inside' },
  '<': { kind: 'assert', what: 'wordStart' },
  '>': { kind: 'assert', what: 'wordEnd' },
};

const swapCase = (code: number): number => {
  if (code >= 65 && code <= 90) return code + 32;
  return code >= 97 && code <= 122 ? code - 32 : code;
};

/** Parses one pattern; groups are numbered from 1 by their opening brackets. */
export class PatternParser {
  #at = 0;
  #groups = 0;
  readonly #text: string;
  readonly #flavour: PatternFlavour;

  constructor(text: string, flavour: PatternFlavour) {
    this.#text = text;
    this.#flavour = flavour;
  }

  get groupCount(): number {
    return this.#groups;
  }

  parse(): Node {
    const node = this.#either();
    if (this.#at < this.#text.length) throw new BadPattern('Unmatched ) or \\)');
    return node;
  }

  /** Whether the operator stands here: `|` in extended syntax is `\|` in basic syntax. */
  #isOperator(letter: string): boolean {
    const operator = this.#flavour.isExtended ? letter : `\\${letter}`;
    return this.#text.startsWith(operator, this.#at);
  }

  #takeOperator(letter: string): boolean {
    if (!this.#isOperator(letter)) return false;
    this.#at += this.#flavour.isExtended ? 1 : 2;
    return true;
  }

  #either(): Node {
    const options = [this.#sequence()];
    while (this.#takeOperator('|')) options.push(this.#sequence());
    const only = options.length === 1 ? options[0] : undefined;
    return only ?? { kind: 'either', options };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#text.length && !this.#isOperator('|') && !this.#isOperator(')')) {
      parts.push(this.#repeated(this.#atom(parts.length === 0)));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(atom: Node): Node {
    let node = atom;
    for (;;) {
      if (this.#text[this.#at] === '*') {
        this.#at += 1;
        node = { kind: 'repeat', body: node, min: 0, max: Number.POSITIVE_INFINITY };
      } else if (this.#takeOperator('+')) {
        node = { kind: 'repeat', body: node, min: 1, max: Number.POSITIVE_INFINITY };
      } else if (this.#takeOperator('?')) {
        node = { kind: 'repeat', body: node, min: 0, max: 1 };
      } else if (this.#isOperator('{')) {
        node = this.#interval(node);
      } else return node;
    }
  }

  #interval(body: Node): Node {
    this.#takeOperator('{');
    const found = /^(\d*)(,?)(\d*)/.exec(this.#text.slice(this.#at, this.#at + 16));
    const [whole, low = '', comma = '', high = ''] = found ?? [''];
    this.#at += whole.length;
    if (!this.#takeOperator('}')) throw new BadPattern('Unmatched { or \\{');
    const min = low === '' ? 0 : Number(low);
    const max = comma === '' ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (min > repeatsMax || (max !== Number.POSITIVE_INFINITY && max > repeatsMax)) {
      throw new BadPattern('Regular expression too big');
    }
    if (max < min) throw new BadPattern('Invalid content of \\{\\}');
    return { kind: 'repeat', body, min, max };
  }

  #atom(isFirst: boolean): Node {
    if (this.#takeOperator('(')) {
      this.#groups += 1;
      const index = this.#groups;
      const body = this.#either();
      if (!this.#takeOperator(')')) throw new BadPattern('Unmatched ( or \\(');
      return { kind: 'group', index, body };
    }
    const letter = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (letter === '[') return this.#bracket();
    if (letter === '.') return { kind: 'set', test: () => true };
    if (letter === '^' && (isFirst || this.#flavour.isExtended)) {
      return { kind: 'assert', what: 'lineStart' };
    }
    if (letter === '$' && (this.#isAtEnd() || this.#flavour.isExtended)) {
      return { kind: 'assert', what: 'lineEnd' };
    }
    return letter === '\\' ? this.#escaped() : this.#letter(letter);
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length || this.#isOperator('|') || this.#isOperator(')');
  }

  #escaped(): Node {
    const letter = this.#text[this.#at] ?? '';
    if (letter === '') throw new BadPattern('Trailing backslash');
    this.#at += 1;
    if (letter >= '1' && letter <= '9') throw new BadPattern('Invalid back reference');
    if (letter === 'n') return this.#letter('\n');
    if (letter === 't') return this.#letter('\t');
    return escapes[letter] ?? this.#letter(letter);
  }

  #letter(letter: string): Node {
    const code = letter.codePointAt(0) ?? 0;
    const other = this.#flavour.ignoresCase ? swapCase(code) : code;
    return { kind: 'set', test: (one) => one === code || one === other };
  }

  #bracket(): Node {
    const isNegated = this.#text[this.#at] === '^';
    if (isNegated) this.#at += 1;
    const tests: ((code: number) => boolean)[] = [];
    let isFirst = true;
    while (isFirst || this.#text[this.#at] !== ']') {
      if (this.#at >= this.#text.length) throw new BadPattern('Unmatched [, [^, [:, [., or [=');
      tests.push(this.#bracketItem());
      isFirst = false;
    }
    this.#at += 1;
    const { ignoresCase } = this.#flavour;
    const isIn = (code: number): boolean =>
      tests.some((test) => test(code) || (ignoresCase && test(swapCase(code))));
    return { kind: 'set', test: (code) => isIn(code) !== isNegated };
  }

  #bracketItem(): (code: number) => boolean {
    const named = /^\[:([a-z]+):\]/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (named !== null) {
      this.#at += named[0].length;
      const test = classes[named[1] ?? ''];
      if (test === undefined) throw new BadPattern('Invalid character class name');
      return test;
    }
    const low = this.#text.charCodeAt(this.#at);
    const isRange = this.#text[this.#at + 1] === '-' && (this.#text[this.#at + 2] ?? ']') !== ']';
    if (!isRange) {
      this.#at += 1;
      return (code) => code === low;
    }
    const high = this.#text.charCodeAt(this.#at + 2);
    this.#at += 3;
    if (high < low) throw new BadPattern('Invalid range end');
    return (code) => code >= low && code <= high;
  }
}
