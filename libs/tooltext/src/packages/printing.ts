import type { PrintedPiece, ProgramOutput } from '../program-call.ts';

/** Output in the order in which it is printed. */
export class Printing {
  readonly #pieces: PrintedPiece[] = [];

  out(text: string): void {
    if (text !== '') this.#pieces.push({ stream: 'stdout', text });
  }

  error(text: string): void {
    if (text !== '') this.#pieces.push({ stream: 'stderr', text });
  }

  end(exitCode: number): ProgramOutput {
    return { pieces: this.#pieces, exitCode, durationMs: 0 };
  }
}
