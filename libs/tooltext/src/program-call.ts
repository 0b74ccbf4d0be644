import type { Input, ToolWorld } from './tool.ts';

/** One piece of output, in the order it was printed. */
export type PrintedPiece = {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** Milliseconds after the start of whoever prints; absent: at its start. */
  readonly atMs?: number;
};

/** What all shells of one line share: its budget. */
export type Budget = {
  commands: number;
  output: number;
  durationMs: number;
  isEndless: boolean;
};

/** A program started by a shell, by `exec`, or as a container's own. */
export type ProgramCall = {
  readonly world: ToolWorld;
  readonly argv: readonly string[];
  readonly stdin: Input;
  /** Shared by everything that one line starts. */
  readonly budget: Budget;
  readonly depth: number;
  /** How a program finds another one that it starts. */
  readonly find: ProgramFinder;
};

export type ProgramOutput = {
  /** In the order they were printed. */
  readonly pieces: readonly PrintedPiece[];
  readonly exitCode: number;
  /** Milliseconds it would have run; `null`: for ever. */
  readonly durationMs: number | null;
  /** When the part began that never ends, milliseconds; absent: at its start. */
  readonly endlessFromMs?: number;
  /** What it says when it is told to end before its time; absent: nothing. */
  readonly lastWords?: readonly PrintedPiece[];
};

export type Program = (call: ProgramCall) => ProgramOutput;

/** By name or a path in a usual place; `null` when the place has none. */
export type ProgramFinder = (world: ToolWorld, name: string) => Program | null;
