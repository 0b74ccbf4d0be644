import type { Program, ProgramCall, ProgramOutput } from '../program-call.ts';
import { busyboxUsage, invalidOption } from './usage.ts';

const usage = busyboxUsage(`Usage: time [-vpa] [-o FILE] PROG ARGS

Run PROG, display resource usage when it exits

	-v	Verbose
	-p	POSIX output format
	-f FMT	Custom format
	-o FILE	Write result to FILE
	-a	Append (else overwrite)
`);

const defaultFormat = 'real\t%E\nuser\t%u\nsys\t%s';
const posixFormat = 'real %e\nuser %U\nsys %S';
const hourSeconds = 3_600;

type Run = { readonly argv: readonly string[]; readonly ms: number; readonly exitCode: number };

/** `0m 1.00s`, from an hour on `1h 0m 01s`. */
const clock = (ms: number): string => {
  const seconds = ms / 1_000;
  const minutes = Math.floor(seconds / 60);
  if (seconds < hourSeconds) return `${minutes}m ${(seconds - minutes * 60).toFixed(2)}s`;
  const rest = String(Math.floor(seconds % 60)).padStart(2, '0');
  return `${Math.floor(seconds / hourSeconds)}h ${minutes % 60}m ${rest}s`;
};

/** Programs of a lab take no time of a processor. */
const filled = (format: string, { argv, ms, exitCode }: Run): string => {
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    C: argv.join(' '),
    E: clock(ms),
    e: (ms / 1_000).toFixed(2),
    u: clock(0),
    s: clock(0),
    U: '0.00',
    S: '0.00',
    P: '0%',
    x: String(exitCode),
  };
  const text = format.replaceAll(/%([%CEeusUSPx])/g, (_, letter: string) => values[letter] ?? '');
  return `${text.replaceAll('\\n', '\n').replaceAll('\\t', '\t')}\n`;
};

type Asked = {
  readonly format: string;
  readonly file: string | null;
  readonly isAppended: boolean;
  readonly argv: readonly string[];
};

/** @returns why it cannot be, where it is a text */
const askedOf = (words: readonly string[]): Asked | string => {
  let format = defaultFormat;
  let file: string | null = null;
  let isAppended = false;
  let at = 0;
  for (; /^-./.test(words[at] ?? ''); at += 1) {
    const word = words[at] ?? '';
    if (word === '-p') format = posixFormat;
    else if (word === '-a') isAppended = true;
    else if (word === '-f' || word === '-o') {
      at += 1;
      if (word === '-f') format = words[at] ?? '';
      else file = words[at] ?? '';
    } else if (word === '-v') return 'netfold: `time -v` is not simulated\n';
    else return invalidOption('time', word) + usage;
  }
  return at >= words.length ? usage : { format, file, isAppended, argv: words.slice(at) };
};

const refusal = (text: string, exitCode = 1): ProgramOutput => ({
  pieces: [{ stream: 'stderr', text }],
  exitCode,
  durationMs: 0,
});

/** BusyBox `time PROG ARGS`. @source recorded with BusyBox 1.35; miscutils/time.c */
export const busyboxTime: Program = (call) => {
  const asked = askedOf(call.argv.slice(1));
  if (typeof asked === 'string') return refusal(asked);
  const { argv, file, format, isAppended } = asked;
  const startedMs = call.budget.durationMs;
  const output = timed(call, argv);
  if (output.durationMs === null) return output;
  // An inner shell keeps its time in the budget of the line.
  const ms = output.durationMs + call.budget.durationMs - startedMs;
  const { exitCode } = output;
  const failure = exitCode === 0 ? '' : `Command exited with non-zero status ${exitCode}\n`;
  const text = failure + filled(format, { argv, ms, exitCode });
  const { files } = call.world;
  if (file !== null && files !== null && files.write(file, text, isAppended) === null)
    return output;
  const last = { stream: 'stderr', text, atMs: ms } as const;
  return { ...output, pieces: [...output.pieces, last] };
};

const timed = (call: ProgramCall, argv: readonly string[]): ProgramOutput => {
  const name = argv[0] ?? '';
  const program = call.find(call.world, name);
  if (program !== null) return program({ ...call, argv });
  return refusal(`time: can't execute '${name}': No such file or directory\n`, 127);
};
