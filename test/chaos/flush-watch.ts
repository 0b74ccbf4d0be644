import { textAt } from './frontend-messages.ts';
import type { FrontendMessage } from './frontend-messages.ts';

/** The function that every write to the log goes through. */
const flushFunction = 'log.flush';

/** Tells which messages of one connection carry out a flush, prepared or not. */
export class FlushWatch {
  readonly #prepared = new Set<string>();
  #isBound = false;

  /** Whether this message makes the server run a flush: the moment of commit. */
  isFlush({ type, bytes }: FrontendMessage): boolean {
    if (type === 'Q') return bytes.includes(flushFunction);
    if (type === 'P') this.#parse(bytes);
    if (type === 'B') this.#isBound = this.#prepared.has(this.#statementOfBind(bytes));
    return type === 'S' && this.#takeBound();
  }

  #parse(bytes: Buffer): void {
    const { text: name, end } = textAt(bytes, 5);
    const { text: query } = textAt(bytes, end);
    if (query.includes(flushFunction)) this.#prepared.add(name);
    else this.#prepared.delete(name);
  }

  #statementOfBind(bytes: Buffer): string {
    return textAt(bytes, textAt(bytes, 5).end).text;
  }

  /** Bind comes first, then Execute, then Sync: with Sync the statement is carried out. */
  #takeBound(): boolean {
    const isBound = this.#isBound;
    this.#isBound = false;
    return isBound;
  }
}
