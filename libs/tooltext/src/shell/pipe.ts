import { Leave } from './session.ts';
import type { Io, Session } from './session.ts';

/** What one part of a pipeline prints for the next one, and when. */
export class Pipe {
  #text = '';
  readonly #marks: { readonly end: number; readonly atMs: number }[] = [];
  #needed: number | null = null;

  /** @param atMs  of the line's time */
  add(text: string, atMs: number): void {
    this.#text += text;
    this.#marks.push({ end: this.#text.length, atMs });
  }

  /** What the next part reads. It may say that it needs no more than it has. */
  get input(): Io['input'] {
    return {
      rest: this.#text,
      enough: (characters) => {
        this.#needed = characters;
      },
    };
  }

  /** When the next part had all it needs, of the line's time; `null`: it reads on. */
  get enoughAtMs(): number | null {
    const needed = this.#needed;
    if (needed === null) return null;
    return this.#marks.find(({ end }) => end >= needed)?.atMs ?? null;
  }
}

/**
 * A pipeline of which a part may go on for ever. It ends with the part that reads it, where that
 * needs no more; else the line goes on for ever there, and what is behind it prints nothing.
 */
export class OpenPipes {
  readonly #session: Session;
  readonly #io: Io;
  readonly #open: { readonly pipe: Pipe; readonly end: Leave }[] = [];
  readonly #held: Parameters<Io['print']>[] = [];

  constructor(session: Session, io: Io) {
    this.#session = session;
    this.#io = io;
  }

  print(...piece: Parameters<Io['print']>): void {
    if (this.#open.length === 0) this.#io.print(...piece);
    else this.#held.push(piece);
  }

  /** @param pipe  where the part prints to; `null`: it is the last one */
  run(pipe: Pipe | null, part: () => number): number {
    const { budget } = this.#session;
    const startedMs = budget.durationMs;
    try {
      return part();
    } catch (error) {
      const isEndless = error instanceof Leave && error.kind === 'stopped' && budget.isEndless;
      if (!isEndless || pipe === null) throw error;
      this.#open.push({ pipe, end: error });
      budget.isEndless = false;
      budget.durationMs = startedMs;
      return brokenPipeStatus;
    }
  }

  /** @throws Leave when a part goes on that somebody still reads */
  close(): void {
    const { budget } = this.#session;
    for (const { pipe, end } of this.#open) {
      const { enoughAtMs } = pipe;
      if (enoughAtMs === null) {
        budget.isEndless = true;
        throw end;
      }
      budget.durationMs = Math.max(budget.durationMs, enoughAtMs);
    }
    for (const [stream, text] of this.#held) this.#io.print(stream, text);
  }
}

/** Of a program that writes where nobody reads any more: 128 and SIGPIPE. */
const brokenPipeStatus = 141;
