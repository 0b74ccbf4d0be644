/** One message from a PostgreSQL client: its type letter (empty for start-up), its bytes. */
export type FrontendMessage = { readonly type: string; readonly bytes: Buffer };

/** Cuts the byte stream of a PostgreSQL client into its messages. */
export class FrontendMessages {
  #rest: Buffer = Buffer.alloc(0);
  #isStarted = false;

  /** Whole messages so far; what is incomplete waits for more bytes. */
  push(chunk: Buffer): readonly FrontendMessage[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const found: FrontendMessage[] = [];
    for (let message = this.#next(); message !== null; message = this.#next()) found.push(message);
    return found;
  }

  #next(): FrontendMessage | null {
    const head = this.#isStarted ? 1 : 0;
    if (this.#rest.length < head + 4) return null;
    const length = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < length) return null;
    const bytes = this.#rest.subarray(0, length);
    const type = this.#isStarted ? String.fromCharCode(bytes[0] ?? 0) : '';
    this.#rest = this.#rest.subarray(length);
    this.#isStarted = true;
    return { type, bytes };
  }
}

/** Text of a zero-ended string at `offset`, and where the next one begins. */
export function textAt(
  bytes: Buffer,
  offset: number,
): { readonly text: string; readonly end: number } {
  const end = bytes.indexOf(0, offset);
  return { text: bytes.subarray(offset, end).toString(), end: end + 1 };
}
