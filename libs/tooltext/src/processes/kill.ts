import { busyboxUsage } from '../busybox/usage.ts';
import { failed, lines, printed } from '../tool.ts';
import type { SignalProblem, Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { sigterm } from '@netfold/domain';
import { signalList, signalName, signalNumber } from './signals.ts';

/**
 * Sends a signal to the process of that number, as the place counts.
 *
 * @returns `null`: it was sent; on a host nothing but the question after a process is simulated
 */
export const sendSignal = (
  { processEdits, processes }: ToolWorld,
  number: number,
  signal: number,
): SignalProblem | 'not simulated' | null => {
  if (processEdits !== undefined) return processEdits.send(number, signal);
  const isThere = number === 1 || processes.some(({ processId }) => processId === number);
  if (!isThere) return 'No such process';
  return signal === 0 ? null : 'not simulated';
};

/** What is to be done with which signal, or what there is to say at once. */
export type KillOrder =
  | { readonly signal: number; readonly targets: readonly string[]; readonly isQuiet: boolean }
  | ToolOutput;

const bad = (text: string): ToolOutput => failed(1, `${text}\n`);

/**
 * The words of BusyBox' `kill` and `killall`.
 *
 * @param speaker  who speaks: the program, or the shell whose own `kill` it is
 * @source BusyBox 1.35 procps/kill.c
 */
export const readKill = (words: readonly string[], speaker: string): KillOrder => {
  let rest = [...words];
  if (rest[0] === '-l') return listed(rest.slice(1), speaker);
  const isQuiet = rest[0] === '-q' && speaker === 'killall';
  if (isQuiet) rest = rest.slice(1);
  let signal: number | null = sigterm;
  if (rest[0]?.startsWith('-') === true) {
    const isNamed = rest[0] === '-s' && rest.length > 1;
    const name = isNamed ? (rest[1] ?? '') : rest[0].slice(1);
    signal = signalNumber(name);
    if (signal === null) return bad(`${speaker}: bad signal name '${name}'`);
    rest = rest.slice(isNamed ? 2 : 1);
  }
  if (rest.length === 0) return bad(`${speaker}: you need to specify whom to kill`);
  return { signal, targets: rest, isQuiet };
};

const listed = (words: readonly string[], speaker: string): ToolOutput => {
  if (words.length === 0) return printed(lines(signalList()));
  const texts: string[] = [];
  for (const word of words) {
    const number = signalNumber(word);
    if (/^\d+$/.test(word)) texts.push(signalName(Number(word)));
    else if (number === null) {
      return failed(1, `${speaker}: unknown signal '${word}'\n`, lines(texts));
    } else texts.push(String(number));
  }
  return printed(lines(texts));
};

const usage = busyboxUsage(`Usage: kill [-l] [-SIG] PID...

Send a signal (default: TERM) to given PIDs

	-l	List all signal names and numbers
`);

const busyboxKill: Tool = (world, argv) => {
  if (argv[1] === '--help') return failed(0, usage);
  const order = readKill(argv.slice(1), 'kill');
  if ('exitCode' in order) return order;
  const problems = order.targets.flatMap((target) => {
    const problem = /^-?\d+$/.test(target)
      ? sendSignal(world, Number(target), order.signal)
      : 'not a number';
    if (problem === null) return [];
    return [
      problem === 'not a number'
        ? `kill: invalid number '${target}'`
        : `kill: can't kill pid ${target}: ${problem}`,
    ];
  });
  return failed(problems.length, lines(problems));
};

/** @source procps-ng 4.0.2 src/skill.c kill_main */
const procpsKill: Tool = (world, argv) => {
  const words = argv.slice(1);
  const at = words[0]?.startsWith('-') === true ? (/^-[sn]$/.test(words[0]) ? 2 : 1) : 0;
  const name = at === 2 ? (words[1] ?? '') : (words[0] ?? '').slice(1);
  const signal = at === 0 ? sigterm : signalNumber(name);
  const targets = words.slice(at);
  if (signal === null || targets.length === 0) {
    return failed(1, `netfold: \`${argv.join(' ')}\` is not simulated\n`);
  }
  const said: string[] = [];
  for (const target of targets) {
    if (!/^-?\d+$/.test(target)) {
      return failed(1, lines([...said, `kill: failed to parse argument: '${target}'`]));
    }
    const problem = sendSignal(world, Number(target), signal);
    if (problem !== null) said.push(`kill: (${target}): ${problem}`);
  }
  return failed(said.length === 0 ? 0 : 1, lines(said));
};

/** `kill [-SIGNAL] PID...` */
export const kill: Tool = (world, argv, stdin) =>
  (world.userland === 'busybox' ? busyboxKill : procpsKill)(world, argv, stdin);
