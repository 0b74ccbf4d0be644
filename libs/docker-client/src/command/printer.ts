import type { PrintedPiece } from '../engine-call.ts';

/** Where a command prints to, and how long it takes. */
export class Printer {
  readonly #pieces: PrintedPiece[] = [];
  #durationMs: number | null = 0;

  get pieces(): readonly PrintedPiece[] {
    return this.#pieces;
  }

  /** Milliseconds so far; `null`: it never ends. */
  get durationMs(): number | null {
    return this.#durationMs;
  }

  /** To stdout, as it is. */
  print(text: string): void {
    this.#add({ stream: 'stdout', text });
  }

  /** To stdout, with a newline behind it. */
  line(text: string): void {
    this.print(`${text}\n`);
  }

  /** To stderr, with a newline behind it. */
  warn(text: string): void {
    this.#add({ stream: 'stderr', text: `${text}\n` });
  }

  /** What a stream brought, at its times, and the time that it took. */
  pass(pieces: readonly PrintedPiece[], isOpen: boolean): void {
    const startedMs = this.#durationMs ?? 0;
    let lastMs = 0;
    for (const { stream, text, atMs = 0 } of pieces) {
      this.#add({ stream, text, atMs: startedMs + atMs });
      lastMs = Math.max(lastMs, atMs);
    }
    this.#durationMs = isOpen ? null : startedMs + lastMs;
  }

  #add(piece: PrintedPiece): void {
    if (piece.text === '') return;
    const atMs = piece.atMs ?? this.#durationMs ?? 0;
    this.#pieces.push(atMs === 0 ? piece : { ...piece, atMs });
  }
}
