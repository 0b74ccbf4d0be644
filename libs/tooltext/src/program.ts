import { docker } from '@netfold/docker-client';
import { busyboxFunctions, listenersOfCommand, packageFamily, packageOf } from '@netfold/domain';
import { busyboxOwn } from './busybox/functions.ts';
import { busyboxTime } from './busybox/time.ts';
import { apk } from './packages/apk.ts';
import { apt } from './packages/apt.ts';
import { commandName } from './command-name.ts';
import { findScript } from './shell/script-file.ts';
import { shell } from './shell/shell.ts';
import { piecesOf } from './pieces-of.ts';
import { findApplet, findTool } from './tool-table.ts';
import { asEdited, timeIn } from './world/edited-world.ts';
import { EngineClosed } from './world/engine-line.ts';
import { namespaceEntered } from './world/entered-namespace.ts';
import { nodeScript } from './network/node-script.ts';
import { redisCli } from './network/redis-cli.ts';
import { serve, servers } from './network/server.ts';
import { tcpdump } from './network/tcpdump.ts';
import { packageManager, packageManagers } from './files/package-manager.ts';
import { find } from './files/find.ts';
import { programPath } from './files/program-place.ts';
import { namespaceAsked } from './iproute/ip-netns.ts';
import { ip } from './iproute/ip.ts';
import type { Input, LineEngine, Tool, ToolOutput, ToolWorld } from './tool.ts';
import type {
  Budget,
  PrintedPiece,
  Program,
  ProgramCall,
  ProgramFinder,
  ProgramOutput,
} from './program-call.ts';
import { fileReader } from './packages/reader.ts';

const shells = ['sh', 'bash', 'ash', 'dash'];

/** A program by its name or a path in a usual place; `null` when the place has none. */
export const findProgram: ProgramFinder = (world, name) =>
  // A script is never read by another one: two that name each other must not go in a circle.
  findScript(world, name, (other) => findSimulated(world, other) !== null) ??
  findSimulated(world, name);

const findSimulated: ProgramFinder = (world, name) => {
  const bare = commandName(name);
  if (bare === null || world.files?.hasLost(bare) === true) return null;
  if (shells.includes(bare)) {
    const isThere = bare === 'sh' || (world.userland === 'busybox') === (bare === 'ash');
    return isThere || packageOf(bare, fileReader(world)) !== null ? shell : null;
  }
  if (isAbsent(world, bare)) return null;
  if (bare === 'busybox' && world.userland === 'busybox') return busybox;
  if (bare === 'docker' && world.engine !== undefined) return dockerClient(world.engine);
  if (bare === 'time' && world.userland === 'busybox') return busyboxTime;
  const nested = wrappers.get(bare);
  if (nested !== undefined) return nested;
  if (bare === 'ip' && findTool(world, bare) === ip) return ipProgram;
  const family = packageFamily(fileReader(world));
  const hasApt = family === 'debian' || world.place === 'host';
  if (hasApt && aptNames.has(bare)) return apt;
  if (family === 'alpine' && bare === 'apk') return apk;
  if (unplayed.has(packageOf(bare, fileReader(world)) ?? '')) return notSimulated;
  const manager = packageManagers.get(bare);
  if (manager !== undefined) return world.isInstalled(manager) ? played(packageManager) : null;
  if (bare === 'tcpdump') return world.isInstalled(bare) ? tcpdump : null;
  if (bare === 'node') return world.isInstalled(bare) ? played(nodeScript) : null;
  if (bare === 'redis-cli') return world.isInstalled(bare) ? played(redisCli) : null;
  const isServer = servers.get(bare);
  if (isServer !== undefined) return world.isInstalled(bare) ? playedServer(isServer) : null;
  const tool = findTool(world, bare);
  // What sends is a package of its own in most images; the rest of a userland is always there.
  if (senders.has(bare) && !world.isInstalled(bare)) return null;
  if (tool === null) return senders.has(bare) ? notSimulated : null;
  return played(tool);
};

const aptNames: ReadonlySet<string> = new Set(['apt', 'apt-get']);

/** Packages whose tools have the names of others and print other words. */
const unplayed: ReadonlySet<string> = new Set(
  'netcat-traditional inetutils-ping inetutils-traceroute arping'.split(' '),
);

/** Words of a shell's own that are programs here. */
const shellWords: ReadonlySet<string> = new Set(['exec', 'time']);

/** Whether the packages of a place, or its image, tell that it lacks the program. */
const isAbsent = (world: ToolWorld, name: string): boolean => {
  if (shellWords.has(name) || world.isInstalled(name)) return false;
  if (packageFamily(fileReader(world)) !== null) return true;
  const isTool = wrappers.has(name) || findTool(world, name) !== null;
  return isTool && world.userland === 'busybox' && world.isInstalled('busybox');
};

const played =
  (tool: Tool): Program =>
  ({ world, argv, stdin }) =>
    printedBy(tool(asEdited(world), [commandName(argv[0] ?? '') ?? '', ...argv.slice(1)], stdin));

const playedServer =
  (isServer: (argv: readonly string[]) => boolean): Program =>
  (call) => {
    const { world, argv } = call;
    const isPlayed = isServer(argv) && listenersOfCommand(argv).length > 0;
    return isPlayed ? printedBy(serve(asEdited(world), argv)) : notSimulated(call);
  };

const printedBy = (output: ToolOutput): ProgramOutput => ({
  pieces: piecesOf(output),
  exitCode: output.exitCode,
  durationMs: output.durationMs,
});

/** iproute2's `ip`; `ip netns exec` starts another program in another stack. */
const ipProgram: Program = (call) => {
  const world = asEdited(call.world);
  const asked = namespaceAsked(world, call.argv);
  if (asked.kind === 'tool') return printedBy(ip(asked.world, asked.argv, call.stdin));
  if (asked.kind === 'refused') return refusal(asked.exitCode, asked.text);
  const missing = `exec of "${asked.argv[0] ?? ''}" failed: No such file or directory\n`;
  const output = runOther({ ...call, world: asked.world }, asked.argv, missing);
  return output.exitCode === 127 ? { ...output, exitCode: 1 } : output;
};

/** Programs that send packets or resolve names; those without a tool say so. */
const senders: ReadonlySet<string> = new Set(
  (
    'ping ping6 wget curl nc ncat netcat nslookup dig host traceroute traceroute6 tracepath ' +
    'arping telnet tcpdump nmap'
  ).split(' '),
);

/** Says that a program is there and that nobody plays it yet. */
const notSimulated: Program = ({ argv }) =>
  refusal(1, `netfold: \`${argv[0] ?? ''}\` is not simulated yet\n`);

/** A text that can be looked at again: what stands on stdin is gone when it was read. */
const readOnce = (stdin: Input): Input => {
  let read: string | null = null;
  return {
    get text() {
      read ??= stdin.text;
      return read;
    },
  };
};

/** The client of the engine that the host has. */
const dockerClient =
  (engine: LineEngine): Program =>
  ({ world, argv, stdin, budget }) => {
    try {
      return docker({
        argv: argv.slice(1),
        stdin: readOnce(stdin),
        environment: new Map(world.environment),
        now: timeIn(world),
        ask: (call) => engine.ask(call, budget.durationMs),
        readFile: (path) => world.readFile(path),
      });
    } catch (error) {
      if (!(error instanceof EngineClosed)) throw error;
      return { ...refusal(timedOutStatus.debian, `netfold: ${error.message}\n`), durationMs: null };
    }
  };

/**
 * A stand-in for a program that a shell or `exec` finds installed and that is not simulated.
 *
 * @returns `null` when the place has no such program
 */
export const findInstalled: ProgramFinder = (world, name) => {
  const found = findProgram(world, name);
  if (found !== null) return found;
  const bare = commandName(name);
  return bare !== null && world.isInstalled(bare) ? notSimulated : null;
};

const refusal = (exitCode: number, text: string): ProgramOutput => ({
  pieces: [{ stream: 'stderr', text }],
  exitCode,
  durationMs: 0,
});

/** Runs another program in place of the one called. */
const runOther = (call: ProgramCall, argv: readonly string[], missing: string): ProgramOutput => {
  const program = findProgram(call.world, argv[0] ?? '');
  if (program === null) return refusal(127, missing);
  return program({ ...call, argv });
};

const applets: ReadonlySet<string> = new Set([
  'busybox',
  ...busyboxFunctions.map(({ name }) => name),
]);

/** `busybox ip link` */
const busybox: Program = (call) => {
  const words = call.argv.slice(1);
  const own = busyboxOwn(words);
  if (own !== null) return printedBy(own);
  const isHelp = words[0] === '--help';
  const name = words[isHelp ? 1 : 0] ?? '';
  const rest = isHelp ? ['--help'] : words.slice(1);
  const { world } = call;
  // Alpine builds more of them.
  const hasMore = packageFamily(fileReader(world)) !== null && world.isInstalled(name);
  if (!applets.has(name) && !hasMore) return refusal(127, `${name}: applet not found\n`);
  const applet = findApplet(name);
  const program = applet === null ? (findProgram(world, name) ?? notSimulated) : played(applet);
  return program({ ...call, argv: [name, ...rest] });
};

/** `nsenter --net=FILE CMD`, `nsenter -t PID -n CMD`: another stack, the same files. */
const nsenter: Program = (call) => {
  const entered = namespaceEntered(asEdited(call.world), call.argv.slice(1));
  if (entered.kind === 'refused') return refusal(1, entered.text);
  const { world, argv } = entered;
  const missing = `nsenter: failed to execute ${argv[0] ?? ''}: No such file or directory\n`;
  return runOther({ ...call, world }, argv, missing);
};

/** `timeout 5 CMD`, `time CMD`, `nohup CMD`: the program behind, run for as long as it takes. */
const wrap =
  (skipped: number): Program =>
  (call) => {
    const name = call.argv[0] ?? '';
    const rest = call.argv.slice(1).filter((word, index) => index > 0 || !word.startsWith('-'));
    const argv = rest.slice(skipped);
    const problem = 'No such file or directory';
    const missing = `${name}: failed to run command '${argv[0] ?? ''}': ${problem}\n`;
    if (argv.length === 0) return refusal(125, `${name}: missing operand\n`);
    return runOther(call, argv, missing);
  };

/** Exit status of GNU's `timeout` when it had to end the program, and of BusyBox'. */
const timedOutStatus = { debian: 124, busybox: 143 } as const;
const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };
const secondMs = 1_000;

/** `timeout 5 CMD`: what it printed by then, and what it says when it is told to end. */
const timeout: Program = (call) => {
  const words = call.argv.slice(1);
  const valued = /^-[ks]$/;
  const at = words.findIndex(
    (word, index) => !word.startsWith('-') && !valued.test(words[index - 1] ?? ''),
  );
  const [time = '', ...argv] = at < 0 ? [] : words.slice(at);
  if (argv.length === 0) return refusal(125, 'timeout: missing operand\n');
  const [, number, unit = ''] = /^(\d+(?:\.\d*)?)([smhd]?)$/.exec(time) ?? [];
  if (number === undefined) return refusal(125, `timeout: invalid time interval ‘${time}’\n`);
  const limitMs = Number(number) * (secondsOf[unit] ?? 1) * secondMs;
  const missing = `timeout: failed to run command ‘${argv[0] ?? ''}’: No such file or directory\n`;
  const output = runOther(call, argv, missing);
  const isInTime = output.durationMs !== null && output.durationMs <= limitMs;
  if (isInTime || limitMs === 0) return output;
  const printed = output.pieces.filter(({ atMs = 0 }) => atMs <= limitMs);
  const last = (output.lastWords ?? []).map((piece) => ({ ...piece, atMs: limitMs }));
  const exitCode = timedOutStatus[call.world.userland];
  return { pieces: [...printed, ...last], exitCode, durationMs: limitMs };
};

const isAssignment = (word: string): boolean => /^[A-Za-z_]\w*=/.test(word);

/** `env [NAME=VALUE...] [CMD]` */
const env: Program = (call) => {
  const words = call.argv.slice(1);
  const end = words.findIndex((word) => !isAssignment(word));
  const set = (end < 0 ? words : words.slice(0, end)).map((word) => {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  const names = new Set(set.map(([name]) => name));
  const kept = call.world.environment.filter(([name]) => !names.has(name));
  const world = { ...call.world, environment: [...kept, ...set] };
  const argv = end < 0 ? [] : words.slice(end);
  if (argv.length === 0) {
    const text = world.environment.map(([name, value]) => `${name}=${value}\n`).join('');
    return { pieces: [{ stream: 'stdout', text }], exitCode: 0, durationMs: 0 };
  }
  const isBusybox = call.world.userland === 'busybox';
  const name = argv[0] ?? '';
  const missing = isBusybox
    ? `env: can't execute '${name}': No such file or directory\n`
    : `env: ‘${name}’: No such file or directory\n`;
  return runOther({ ...call, world }, argv, missing);
};

/** `which NAME...`: where the programs would be found. */
const which: Program = ({ world, argv }) => {
  const names = argv.slice(1).filter((word) => !word.startsWith('-'));
  const found = names.filter((name) => findProgram(world, name) !== null);
  const text = found
    .map((name) => `${name.startsWith('/') ? name : programPath(world, name)}\n`)
    .join('');
  const exitCode = found.length < names.length ? 1 : 0;
  return { pieces: [{ stream: 'stdout', text }], exitCode, durationMs: 0 };
};

const wordsMax = 1_000;

/** `xargs [-n N] [-I X] CMD`: the words of stdin as arguments. */
const xargs: Program = (call) => {
  const words = call.argv.slice(1);
  let at = 0;
  let perCall = wordsMax;
  let place: string | null = null;
  for (; (words[at] ?? '').startsWith('-'); at += 1) {
    const option = words[at] ?? '';
    const attached = option.slice(2);
    const value = (): string => {
      if (attached !== '') return attached;
      at += 1;
      return words[at] ?? '';
    };
    if (option.startsWith('-n')) perCall = Number(value()) || 1;
    else if (option.startsWith('-I')) place = value();
  }
  const base = words.slice(at).length === 0 ? ['echo'] : words.slice(at);
  const items =
    place === null
      ? call.stdin.text.split(/\s+/).filter((word) => word !== '')
      : call.stdin.text.split('\n').filter((line) => line !== '');
  const calls: string[][] = [];
  if (place !== null) {
    for (const item of items) calls.push(base.map((word) => word.replaceAll(place ?? '', item)));
  } else {
    for (let from = 0; from === 0 || from < items.length; from += perCall) {
      calls.push([...base, ...items.slice(from, from + perCall)]);
    }
  }
  return runAll(call, calls.slice(0, wordsMax));
};

const runAll = (call: ProgramCall, calls: readonly (readonly string[])[]): ProgramOutput => {
  const pieces: PrintedPiece[] = [];
  let exitCode = 0;
  let durationMs: number | null = 0;
  for (const argv of calls) {
    const missing = `xargs: ${argv[0] ?? ''}: No such file or directory\n`;
    const output = runOther({ ...call, stdin: noInput }, argv, missing);
    pieces.push(...output.pieces);
    if (output.exitCode !== 0) exitCode = output.exitCode === 127 ? 127 : 123;
    if (output.durationMs === null || durationMs === null) durationMs = null;
    else durationMs += output.durationMs;
  }
  return { pieces, exitCode, durationMs };
};

/** Programs that start programs; the tools proper only print. */
const wrappers: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['which', which],
  ['find', find],
  ['env', env],
  ['xargs', xargs],
  ['nsenter', nsenter],
  ['timeout', timeout],
  ['time', wrap(0)],
  ['nohup', wrap(0)],
  ['sudo', wrap(0)],
  ['exec', wrap(0)],
]);

/** Nobody is there to type. */
export const noInput: Input = { text: '' };

/** A stand-in for input that has not come: it tells whether a program asked for it. */
export class WatchedInput implements Input {
  #wasRead = false;

  get text(): string {
    this.#wasRead = true;
    return '';
  }

  get wasRead(): boolean {
    return this.#wasRead;
  }
}

export const newBudget = (): Budget => ({
  commands: 0,
  output: 0,
  durationMs: 0,
  isEndless: false,
});
