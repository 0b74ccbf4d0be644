import type { PrintedPiece, ProgramFinder } from '../program-call.ts';
import type { ToolWorld } from '../tool.ts';
import { flavourOf, runText, sessionOf } from './shell.ts';
import { runLines } from './interpreter.ts';
import { Leave, shellLimits } from './session.ts';
import type { Io, Session } from './session.ts';

/** What one line of a session came to. */
export type LineOutput = {
  readonly pieces: readonly PrintedPiece[];
  /** The status the shell ends with, or `null` while it goes on. */
  readonly exited: number | null;
  /** Milliseconds the line would have taken; `null`: for ever, until it is interrupted. */
  readonly durationMs: number | null;
};

/**
 * A shell that a person types into. Variables and the directory stay from line to line; the world
 * is the one of the moment. Nothing of it outlives the session.
 */
export class InteractiveShell {
  #session: Session;

  constructor(world: ToolWorld, name: string, find: ProgramFinder) {
    const budget = { commands: 0, output: 0, durationMs: 0, isEndless: false };
    const call = { world, argv: [name], stdin: { text: '' }, budget, depth: 0, find };
    this.#session = sessionOf(call, { name, positional: [], origin: 'line', options: [] });
  }

  /** `/ # ` in BusyBox, `root@host:/# ` in bash, `# ` in dash. */
  get prompt(): string {
    const { world, directory, name } = this.#session;
    const sign = world.user === 'root' ? '#' : '$';
    const flavour = flavourOf(name, world.userland);
    const place = directory === '/root' ? '~' : directory;
    if (flavour === 'busybox') return `${place} ${sign} `;
    if (flavour === 'dash') return `${sign} `;
    return `${world.user}@${world.hostname}:${place}${sign} `;
  }

  runLine(world: ToolWorld, text: string): LineOutput {
    const budget = { commands: 0, output: 0, durationMs: 0, isEndless: false };
    // What was started beside an earlier line is not waited for: its time is over.
    this.#session = { ...this.#session, world, budget, jobs: [] };
    const session = this.#session;
    const pieces: PrintedPiece[] = [];
    const print: Io['print'] = (stream, piece, atMs = budget.durationMs) => {
      budget.output += piece.length;
      if (budget.output > shellLimits.outputMax) throw new Leave('stopped', 1);
      if (piece !== '') pieces.push({ stream, text: piece, atMs });
    };
    let exited: number | null = null;
    try {
      const io: Io = { input: { rest: '' }, print };
      const { status, hasExited } = runText(session, () => runLines(session, text, io), io);
      session.lastStatus = status;
      if (hasExited) exited = status;
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
    }
    return { pieces, exited, durationMs: budget.isEndless ? null : budget.durationMs };
  }
}
