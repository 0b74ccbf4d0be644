import { readKernelFile } from './kernel-files.ts';
import type { ToolWorld } from '../tool.ts';

/** What an `nsenter` line asks for: a program in another stack, or nothing at all. */
type Entered =
  | { readonly kind: 'program'; readonly world: ToolWorld; readonly argv: readonly string[] }
  | { readonly kind: 'refused'; readonly text: string };

type Options = {
  /** Whose namespaces are meant; absent: a file says which. */
  readonly target?: string;
  /** The namespace file, `''` for the one of the target; absent: not asked for. */
  readonly net?: string;
  readonly unknown?: string;
};

const longNames = ['target', 'net', 'no-fork', 'preserve-credentials'];

const refused = (text: string): Entered => ({ kind: 'refused', text: `nsenter: ${text}\n` });

/** Of `--net=FILE` and `--target PID`; how many words it took. */
const longOption = (word: string, next: string): [read: Options, count: number] => {
  const [given = '', ...rest] = word.slice(2).split('=');
  const name = longNames.filter((one) => one.startsWith(given));
  if (name.length !== 1) return [{ unknown: word }, 1];
  if (name[0] === 'target')
    return rest.length > 0 ? [{ target: rest.join('=') }, 1] : [{ target: next }, 2];
  return [name[0] === 'net' ? { net: rest.join('=') } : {}, 1];
};

/** Of `-n`, `-nFILE`, `-tPID`, `-t PID` and what is written together: `-nt PID`. */
const shortOptions = (word: string, next: string): [read: Options, count: number] => {
  let read: Options = {};
  for (let at = 1; at < word.length; at += 1) {
    const rest = word.slice(at + 1);
    if (word[at] === 'F') continue;
    if (word[at] === 't') {
      return rest === '' ? [{ ...read, target: next }, 2] : [{ ...read, target: rest }, 1];
    }
    if (word[at] !== 'n') return [{ ...read, unknown: `-${word[at] ?? ''}` }, 1];
    // Its argument may be left out: only what stands right behind it is one.
    if (rest.startsWith('/')) return [{ ...read, net: rest }, 1];
    read = { ...read, net: '' };
  }
  return [read, 1];
};

const readOptions = (words: readonly string[]): [options: Options, rest: readonly string[]] => {
  let options: Options = {};
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (word === '--') return [options, words.slice(at + 1)];
    if (!word.startsWith('-') || word === '-') break;
    const next = words[at + 1] ?? '';
    const [read, count] = word.startsWith('--') ? longOption(word, next) : shortOptions(word, next);
    options = { ...options, ...read };
    at += count;
  }
  return [options, words.slice(at)];
};

/**
 * Where an `nsenter` line runs: `nsenter --net=FILE CMD` and `nsenter -t PID -n CMD` run a program
 * in another stack. Files stay those of the host, so that `/sys` shows the host's devices, while
 * the kernel shows in `/proc/net` the stack of who reads it.
 *
 * @param words  behind `nsenter`
 * @source recorded with util-linux 2.38
 */
export const namespaceEntered = (world: ToolWorld, words: readonly string[]): Entered => {
  const [options, rest] = readOptions(words);
  const { target, net, unknown } = options;
  if (unknown !== undefined) {
    const simulated = '--net[=FILE] and --target PID';
    return { kind: 'refused', text: `netfold: \`nsenter\` is simulated with ${simulated} only\n` };
  }
  if (target !== undefined && !/^\d+$/.test(target)) {
    return refused(`failed to parse pid: '${target}'`);
  }
  const argv = rest.length === 0 ? ['sh'] : rest;
  if (net === undefined) return { kind: 'program', world, argv };
  if (net === '' && target === undefined) {
    return refused('neither filename nor target pid supplied for ns/net');
  }
  const file = net === '' ? `/proc/${target ?? ''}/ns/net` : net;
  const stack = world.findStack(file);
  if (stack === null) {
    const isFile = world.readFile(file) !== null;
    if (isFile) return refused("reassociate to namespace 'ns/net' failed: Invalid argument");
    return refused(`cannot open ${file}: No such file or directory`);
  }
  const inside: ToolWorld = {
    ...world,
    stack,
    devices: world.devices ?? world.stack,
    edits: null,
    readFile: (path) =>
      (path.startsWith('/proc/') ? readKernelFile(stack, path, world.now) : null) ??
      world.readFile(path),
  };
  return { kind: 'program', world: inside, argv };
};
