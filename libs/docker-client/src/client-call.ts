import type { AskEngine, PrintedPiece } from './engine-call.ts';

/** The client as a shell starts it. */
export type ClientCall = {
  /** Without the word `docker` itself. */
  readonly argv: readonly string[];
  readonly stdin: { readonly text: string };
  readonly environment: ReadonlyMap<string, string>;
  /** The lab's clock, milliseconds since the epoch: what ages are counted from. */
  readonly now: number;
  readonly ask: AskEngine;
  /** `null`: there is no such file. Relative to where the client was started. */
  readonly readFile: (path: string) => string | null;
};

export type ClientOutput = {
  readonly pieces: readonly PrintedPiece[];
  readonly exitCode: number;
  /** Milliseconds that it would have run; `null`: for ever. */
  readonly durationMs: number | null;
};
