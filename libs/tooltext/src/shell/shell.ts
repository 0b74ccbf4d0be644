import type { PrintedPiece, Program, ProgramCall, ProgramOutput } from '../program-call.ts';
import { ArithmeticError } from './arithmetic.ts';
import { runScript } from './interpreter.ts';
import { parseScript } from './parser.ts';
import { Leave, shellLimits, syntaxMessage, shellMessage } from './session.ts';
import type { Input } from '../tool.ts';
import type { Io, Session, ShellFlavour } from './session.ts';
import { ShellSyntaxError } from './syntax.ts';

export const flavourOf = (name: string, userland: 'debian' | 'busybox'): ShellFlavour => {
  if (userland === 'busybox') return 'busybox';
  return name === 'bash' ? 'bash' : 'dash';
};

export const sessionOf = (
  call: ProgramCall,
  name: string,
  positional: readonly string[],
): Session => {
  const { world } = call;
  return {
    world,
    flavour: flavourOf(name, world.userland),
    name,
    variables: new Map([['PWD', world.workingDirectory], ...world.environment]),
    exported: new Set(world.environment.map(([key]) => key)),
    positional,
    directory: world.workingDirectory,
    lastStatus: 0,
    budget: call.budget,
    startedMs: call.budget.durationMs,
    find: call.find,
    depth: call.depth + 1,
    isErrorExit: false,
  };
};

/** How a text ended: its status, and whether it was `exit` that ended it. */
export type TextEnd = { readonly status: number; readonly hasExited: boolean };

/** Runs the text; whatever stops it becomes an exit status and a message. */
export const runText = (session: Session, text: string, io: Io): TextEnd => {
  const goesOn = (status: number): TextEnd => ({ status, hasExited: false });
  try {
    if (session.depth > shellLimits.depthMax) throw new Leave('stopped', 1);
    return goesOn(runScript(session, parseScript(text), io));
  } catch (error) {
    if (error instanceof ShellSyntaxError) {
      io.print('stderr', syntaxMessage(session, error.message));
      return goesOn(2);
    }
    if (error instanceof ArithmeticError) {
      io.print('stderr', arithmeticMessage(session, error));
      return goesOn(2);
    }
    if (!(error instanceof Leave)) throw error;
    if (error.kind === 'exit') return { status: error.value, hasExited: true };
    if (error.kind !== 'stopped') return goesOn(0);
    // A loop that waits in each turn goes on for longer than it is played.
    if (session.budget.durationMs > 0) session.budget.isEndless = true;
    if (session.budget.isEndless) throw error;
    io.print('stderr', `netfold: stopped, a line may run ${shellLimits.commandsMax} commands\n`);
    return goesOn(137);
  }
};

const arithmeticMessage = (session: Session, { message, text }: ArithmeticError): string => {
  if (session.flavour === 'busybox') {
    const isDivision = message === 'division by zero';
    return shellMessage(session, isDivision ? 'divide by zero' : 'arithmetic syntax error');
  }
  return shellMessage(session, `arithmetic expression: ${message}: "${text}"`);
};

/** The input as the commands of a line share it: asked for when one of them reads. */
const lazily = (stdin: Input): Io['input'] => {
  let rest: string | null = null;
  return {
    get rest() {
      rest ??= stdin.text;
      return rest;
    },
    set rest(text: string) {
      rest = text;
    },
  };
};

/** The script and its parameters: `-c TEXT [NAME ARGS]`, or what stands on stdin. */
const textOf = (call: ProgramCall): { text: string | null; positional: readonly string[] } => {
  const words = call.argv.slice(1);
  let at = 0;
  while (/^-[a-z]+$/.test(words[at] ?? '')) {
    const letters = words[at] ?? '';
    at += 1;
    if (letters.includes('c')) {
      return { text: words[at] ?? null, positional: words.slice(at + 2) };
    }
  }
  return { text: call.stdin.text, positional: [] };
};

/**
 * `sh`, `bash` and `ash`: one line from `-c` or stdin, bounded in commands, output and nesting.
 * Programs that would run for ever end the line there; what was printed before stays.
 */
export const shell: Program = (call): ProgramOutput => {
  const name = (call.argv[0] ?? 'sh').replace(/^.*\//, '');
  const { text, positional } = textOf(call);
  const session = sessionOf(call, name, positional);
  const { budget } = call;
  const pieces: PrintedPiece[] = [];
  const print: Io['print'] = (stream, piece, atMs = budget.durationMs) => {
    if (piece === '') return;
    budget.output += piece.length;
    if (budget.output > shellLimits.outputMax) throw new Leave('stopped', 1);
    pieces.push({ stream, text: piece, atMs: atMs - session.startedMs });
  };
  if (text === null) {
    const message = `${name}: 0: -c requires an argument\n`;
    return { pieces: [{ stream: 'stderr', text: message }], exitCode: 2, durationMs: 0 };
  }
  let exitCode = 0;
  try {
    exitCode = runText(session, text, { input: lazily(call.stdin), print }).status;
  } catch (error) {
    // Only an endless program comes here: the line goes on for ever behind what it printed.
    if (!(error instanceof Leave)) throw error;
  }
  // The time of a line is in its budget: an inner shell must not tell it a second time.
  const durationMs = call.depth === 0 ? budget.durationMs : 0;
  return { pieces, exitCode, durationMs: budget.isEndless ? null : durationMs };
};
