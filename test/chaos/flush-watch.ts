import { textAt } from './frontend-messages.ts';
import type { FrontendMessage } from './frontend-messages.ts';

/** The function that every write to the log goes through. */
const flushFunction = 'log.flush';

/** The parameter of the flush that counts its commits, from 0. */
const commitsParameter = 3;

/** Tells which messages of one connection carry out a flush, and how many commits it holds. */
export class FlushWatch {
  readonly #prepared = new Set<string>();
  #commits = 0;

  /**
   * How many commits this message makes durable: 0 for all others.
   * Bind comes first, then Execute, then Sync: with Sync the statement is carried out.
   */
  commitsOf({ type, bytes }: FrontendMessage): number {
    if (type === 'P') this.#parse(bytes);
    if (type === 'B') this.#commits = this.#bind(bytes);
    if (type !== 'S') return 0;
    const commits = this.#commits;
    this.#commits = 0;
    return commits;
  }

  #parse(bytes: Buffer): void {
    const { text: name, end } = textAt(bytes, 5);
    const { text: query } = textAt(bytes, end);
    if (query.includes(flushFunction)) this.#prepared.add(name);
    else this.#prepared.delete(name);
  }

  #bind(bytes: Buffer): number {
    const { text: name, end } = textAt(bytes, textAt(bytes, 5).end);
    return this.#prepared.has(name) ? Number(parameterAt(bytes, end, commitsParameter)) : 0;
  }
}

/** A parameter of a Bind message, in text form; `start` is where its format codes begin. */
function parameterAt(bytes: Buffer, start: number, index: number): string {
  const formats = bytes.readInt16BE(start);
  let at = start + 2 + 2 * formats + 2;
  for (let before = 0; before < index; before += 1) at += 4 + Math.max(0, bytes.readInt32BE(at));
  return bytes.toString('utf8', at + 4, at + 4 + bytes.readInt32BE(at));
}
