import type { ClientCall } from '../client-call.ts';
import type { Engine } from './engine.ts';
import type { Flags } from './flags.ts';
import type { Printer } from './printer.ts';

/** A command whose line has been read. */
export type CommandCall = Pick<ClientCall, 'stdin' | 'environment' | 'now' | 'readFile'> & {
  /** As its help is found: `container ls`. */
  readonly name: string;
  readonly flags: Flags;
  /** What is left of the line: names, an image and its command. */
  readonly words: readonly string[];
  readonly engine: Engine;
  readonly out: Printer;
};

/** How many words a command takes. */
export type WordCount = { readonly min: number; readonly max: number };

export const exactly = (count: number): WordCount => ({ min: count, max: count });
export const atLeast = (min: number): WordCount => ({ min, max: Infinity });
export const atMost = (max: number): WordCount => ({ min: 0, max });
export const noWords = exactly(0);

export type Command = {
  readonly words: WordCount;
  /** Whether what follows its first word is left as it is: `docker run IMAGE -x`. */
  readonly stopsAtWord?: true;
  /** Lines as help has them, of flags that help does not show. */
  readonly hidden?: string;
  /** Why a value of a flag cannot be taken, by flag; `null`: it can. */
  readonly checks?: Readonly<Record<string, (value: string) => string | null>>;
  /** @returns the exit code; nothing: 0. @throws ClientError */
  readonly run: (call: CommandCall) => number | void;
};
