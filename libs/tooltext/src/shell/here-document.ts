import type { WordPart } from './syntax.ts';
import { readHereText } from './word-parser.ts';
import type { Cursor, ScriptReader } from './word-parser.ts';

/** A `<<END` whose text begins on the next line. */
type Pending = {
  readonly end: string;
  /** An end in quotes: nothing in the text is expanded. */
  readonly isLiteral: boolean;
  /** `<<-`: tabs at the beginning of lines are no part of it. */
  readonly isIndented: boolean;
  /** Filled when the text is read. */
  readonly target: WordPart[];
};

/** The here-documents of one line, read where the line ends. */
export class HereDocuments {
  readonly #cursor: Cursor;
  readonly #read: ScriptReader;
  #pending: Pending[] = [];

  constructor(cursor: Cursor, read: ScriptReader) {
    this.#cursor = cursor;
    this.#read = read;
  }

  /** @returns the word that its text will stand in */
  expect(end: readonly WordPart[], isIndented: boolean): WordPart[] {
    const target: WordPart[] = [];
    const text = end.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const isLiteral = end.some(({ isQuoted }) => isQuoted);
    this.#pending.push({ end: text, isLiteral, isIndented, target });
    return target;
  }

  /** The cursor stands behind the end of the line. */
  readAll(): void {
    const all = this.#pending;
    this.#pending = [];
    for (const one of all) this.#readOne(one);
  }

  #readOne({ end, isLiteral, isIndented, target }: Pending): void {
    let body = '';
    while (this.#cursor.at < this.#cursor.text.length) {
      const line = this.#nextLine();
      const text = isIndented ? line.replace(/^\t+/, '') : line;
      if (text === end) break;
      body += `${text}\n`;
    }
    if (isLiteral) target.push({ kind: 'text', text: body, isQuoted: true });
    else target.push(...readHereText(body, this.#cursor.depth, this.#read));
  }

  #nextLine(): string {
    const { text, at } = this.#cursor;
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    this.#cursor.at = end + 1;
    return text.slice(at, end);
  }
}
