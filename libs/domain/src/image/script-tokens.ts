/** A word of a script, or what stands between words. */
export type ScriptToken =
  | {
      readonly kind: 'word';
      /** As the shell leaves it: none where a variable is empty, several where it holds blanks. */
      readonly values: readonly string[];
      /** Whether nothing of it was quoted: it may be a word of the shell's own. */
      readonly isPlain: boolean;
      /** Whether its text tells what it is; else `values` is a part of it. */
      readonly isTold: boolean;
    }
  | { readonly kind: 'operator'; readonly text: string }
  /** A redirection, its file left out. */
  | { readonly kind: 'redirection' };

/** More would not be a line that somebody typed, characters. */
const scriptMax = 4_096;

const separators = /^(?:\|\||&&|;;|[;&|()\n])/;
const redirections = /^\d*(?:>>|>&|<&|>\||<>|>|<(?!<))[ \t]*/;
const wordEnd = /^[ \t\n;&|()<>]/;
const plainText = /^[^ \t\n;&|()<>"'\\$`]+/;
const variable = /^\$(?:\{(\w+)\}|([A-Za-z_]\w*|\d))/;
/** Known to the running shell alone. */
const ownVariable = /^\$[?$!#@*-]/;

/** Reads a script word by word, as far as its text alone tells what the words are. */
export class ScriptTokens {
  /** As assigned so far. */
  readonly variables: Map<string, string>;
  #rest: string;
  #next: ScriptToken | null = null;
  #isTold = true;

  constructor(script: string, variables: ReadonlyMap<string, string>) {
    if (script.length > scriptMax) throw new Untold();
    this.#rest = script;
    this.variables = new Map(variables);
  }

  /** @returns `null` at the end */
  peek(): ScriptToken | null {
    this.#next ??= this.#read();
    return this.#next;
  }

  /** @returns `null` at the end */
  take(): ScriptToken | null {
    const token = this.peek();
    this.#next = null;
    return token;
  }

  #read(): ScriptToken | null {
    this.#skip(/^(?:[ \t]|\\\n)+/);
    this.#skip(/^#[^\n]*/);
    if (this.#rest === '') return null;
    if (this.#skip(redirections) !== null) {
      this.#word();
      return { kind: 'redirection' };
    }
    if (this.#rest.startsWith('<<')) throw new Untold();
    const text = this.#skip(separators);
    return text === null ? this.#word() : { kind: 'operator', text };
  }

  #word(): ScriptToken {
    const values: string[] = [];
    let isPlain = true;
    this.#isTold = true;
    let isOpen = false;
    const add = (text: string): void => {
      if (isOpen) values.push((values.pop() ?? '') + text);
      else values.push(text);
      isOpen = true;
    };
    while (this.#rest !== '' && !wordEnd.test(this.#rest)) {
      const plain = this.#skip(plainText);
      if (plain !== null) {
        add(plain);
        continue;
      }
      isPlain = false;
      const quoted = this.#quoted();
      if (quoted !== null) {
        add(quoted);
        continue;
      }
      const parts = this.#variable().split(/[ \t\n]+/);
      parts.forEach((part, at) => {
        if (at > 0) isOpen = false;
        if (part !== '') add(part);
      });
    }
    return { kind: 'word', values, isPlain, isTold: this.#isTold };
  }

  /** What stands in quotes or behind a backslash; `null`: nothing of that kind is next. */
  #quoted(): string | null {
    const escaped = this.#skip(/^\\./);
    if (escaped !== null) return escaped.slice(1);
    const single = this.#skip(/^'[^']*'/);
    if (single !== null) return single.slice(1, -1);
    if (this.#skip(/^"/) === null) return null;
    let text = '';
    while (this.#skip(/^"/) === null) {
      const piece = this.#skip(/^[^"$`\\]+/) ?? this.#skip(/^\\[\s\S]/);
      if (piece === null) text += this.#variable();
      else text += piece.startsWith('\\') ? piece.replace(/^\\(["$`\\])/, '$1') : piece;
    }
    return text;
  }

  /** What has no value is empty. */
  #variable(): string {
    if (this.#skip(ownVariable) !== null) {
      this.#isTold = false;
      return '';
    }
    const found = variable.exec(this.#rest);
    if (found === null) throw new Untold();
    this.#rest = this.#rest.slice(found[0].length);
    return this.variables.get(found[1] ?? found[2] ?? '') ?? '';
  }

  #skip(pattern: RegExp): string | null {
    const found = pattern.exec(this.#rest)?.[0] ?? null;
    if (found !== null) this.#rest = this.#rest.slice(found.length);
    return found;
  }
}

/** Thrown where a script's text alone does not tell what comes next. */
export class Untold extends Error {}
