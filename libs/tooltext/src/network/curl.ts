import { headLines, httpReply, replyTo } from '@netfold/dataplane';
import type { HttpReply } from '@netfold/dataplane';
import { baseName } from '../files/operands.ts';
import { resolvePath } from '../shell/session.ts';
import { failed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { connect, failureText } from './connect.ts';
import type { Connected, ConnectFailure } from './connect.ts';
import { readCurlOptions } from './curl-options.ts';
import { writeOut } from './curl-write-out.ts';
import type { Connection, Transferred } from './curl-write-out.ts';
import { answered, closing, methodOf, received, requested, tried } from './curl-verbose.ts';
import { lookUp } from './lookup.ts';
import type { Options } from './options.ts';
import { parseTarget } from './url.ts';
import type { Target } from './url.ts';

const tryHelp = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/** Exit codes of curl. @source curl 7.88.1 include/curl/curl.h (CURLcode) */
const codes = {
  unsupported: 1,
  badUrl: 3,
  unknownName: 6,
  notConnected: 7,
  httpError: 22,
  notWritten: 23,
  timedOut: 28,
  received: 56,
} as const;

const urlOf = ({ rest, values }: Options): string | undefined => rest[0] ?? values.get('U');

/** @source curl 7.88.1, its messages for what goes wrong on the way */
export const curl: Tool = (world, argv) => {
  const options = readCurlOptions(argv.slice(1));
  const text = urlOf(options);
  if (options.unknown !== null) {
    return failed(2, `curl: option ${options.unknown}: is unknown\n${tryHelp}`);
  }
  if (text === undefined) return failed(2, tryHelp);
  const target = parseTarget(text);
  if (target === null) {
    return problem(options, codes.badUrl, 'URL using bad/illegal format or missing URL');
  }
  if (target.scheme !== 'http') {
    const words = `Protocol "${target.scheme}" not supported or disabled in libcurl`;
    return problem(options, codes.unsupported, words);
  }
  return transfer(world, target, options);
};

/** Errors are told unless silent, with `-S` even then; `-w` is printed in any case. */
const problem = (options: Options, code: number, words: string, trace = ''): ToolOutput => {
  const { values } = options;
  const isTold = !values.has('s') || values.has('S');
  const said = values.has('v') ? `${trace}* ${words}\n${closing}` : '';
  const told = isTold ? `curl: (${code}) ${words}\n` : '';
  const stderr = values.has('s') ? said + told : `${meter(options, 0, said)}${told}`;
  const nothing = { reply: null, connection: null, exitCode: code, problem: words };
  return failed(code, stderr, written(options, nothing));
};

const written = (options: Options, told: Omit<Transferred, 'target' | 'method'>): string => {
  const target = parseTarget(urlOf(options) ?? '');
  return writeOut(options.values.get('w') ?? '', { target, method: methodOf(options), ...told });
};

const secondMs = 1_000;
/** How long the kernel tries, where the program does not limit it. */
const kernelWaitMs = 134_000;

const transfer = (world: ToolWorld, target: Target, options: Options): ToolOutput => {
  const { values } = options;
  const families: (4 | 6)[] = values.has('6') ? [6] : values.has('4') ? [4] : [4, 6];
  const found = lookUp(world, target.host, families);
  const addresses = preferred(target.host, found.kind === 'found' ? found.addresses : []);
  if (addresses.length === 0) {
    return problem(options, codes.unknownName, `Could not resolve host: ${target.host}`);
  }
  const waitS = Number(values.get('T') ?? values.get('m') ?? '') || null;
  const { connected, address, tries } = connectToAny(world, addresses, target.port, waitS);
  if (connected.failure !== null) {
    return notConnected(options, target, { failure: connected.failure, waitS, tries });
  }
  const trace = tries + requested(target, address, options);
  if (connected.isClosedBehind) {
    return problem(options, codes.received, 'Recv failure: Connection reset by peer', trace);
  }
  const reply = httpReply(connected.last, target.path);
  const connection = { local: connected.first.source, remote: address };
  if (reply !== null) return withReply(world, reply, { target, options, connection, trace });
  if (replyTo(connected.last, '').text !== '') {
    return problem(options, codes.unsupported, 'Received HTTP/0.9 when not allowed', trace);
  }
  const limitMs = Number(values.get('m') ?? '') * secondMs;
  if (!(limitMs > 0)) return { stdout: '', stderr: '', exitCode: 0, durationMs: null };
  const words = `Operation timed out after ${limitMs + 1} milliseconds with 0 bytes received`;
  return problem(options, codes.timedOut, words, trace);
};

/** Of the machine's own addresses curl takes the older one first. */
const preferred = (host: string, addresses: readonly string[]): readonly string[] => {
  const isLocal = /^(?:.*\.)?localhost$/i.test(host);
  return isLocal
    ? addresses.toSorted((one, other) => Number(one.includes(':')) - Number(other.includes(':')))
    : addresses;
};

type Tried = {
  readonly connected: Connected;
  readonly address: string;
  /** What `-v` tells of them all. */
  readonly tries: string;
};

/** Tries one address after the other until one answers; the last one's failure is told. */
const connectToAny = (
  world: ToolWorld,
  [address = '', ...others]: readonly string[],
  port: number,
  waitS: number | null,
): Tried => {
  const connected = connect(world, { protocol: 'tcp', address, port }, waitS);
  const { failure } = connected;
  const tries = tried(address, port, failure === null ? null : failureText[failure]);
  if (failure === null || others.length === 0) return { connected, address, tries };
  const last = connectToAny(world, others, port, waitS);
  return { ...last, tries: tries + last.tries };
};

type Failed = {
  readonly failure: ConnectFailure;
  readonly waitS: number | null;
  readonly tries: string;
};

const notConnected = (
  options: Options,
  { host, port }: Target,
  { failure, waitS, tries }: Failed,
): ToolOutput => {
  const isLimited = failure === 'timedOut' && waitS !== null;
  if (isLimited) {
    const afterMs = waitS * secondMs + 1;
    const words = options.values.has('T')
      ? `Failed to connect to ${host} port ${port} after ${afterMs} ms: Timeout was reached`
      : `Connection timed out after ${afterMs} milliseconds`;
    return problem(options, codes.timedOut, words, tries);
  }
  const afterMs = failure === 'timedOut' ? kernelWaitMs : failure === 'hostUnreachable' ? 3_060 : 0;
  const code = failure === 'timedOut' ? codes.timedOut : codes.notConnected;
  const words = `Failed to connect to ${host} port ${port} after ${afterMs} ms`;
  return problem(options, code, `${words}: Couldn't connect to server`, tries);
};

type Asked = {
  readonly target: Target;
  readonly options: Options;
  readonly connection: Connection;
  readonly trace: string;
};

const withReply = (world: ToolWorld, reply: HttpReply, asked: Asked): ToolOutput => {
  const { target, options, connection } = asked;
  const { values } = options;
  const trace = asked.trace + answered(reply, target, world.now);
  if (values.has('f') && reply.status >= 400) {
    const words = `The requested URL returned error: ${reply.status}`;
    return problem(options, codes.httpError, words, trace);
  }
  const isHead = values.has('I');
  const lines = headLines(reply, target.path, world.now);
  const head = isHead || values.has('i') ? [...lines, '', ''].join('\r\n') : '';
  const page = head + (isHead ? '' : reply.body);
  const ownName = baseName(target.path.split('?', 1)[0] ?? '');
  if (values.has('O') && ownName === '') {
    return problem(options, codes.notWritten, 'Remote file name has no length');
  }
  const file = values.get('o') ?? (values.has('O') ? ownName : '-');
  if (file !== '-' && file !== '/dev/null') {
    const place = resolvePath(world.workingDirectory, file);
    if (world.files === null) {
      return failed(codes.notWritten, 'netfold: `curl` keeps no files on a host\n');
    }
    const reason = world.files.write(place, page, false);
    if (reason !== null) return notSaved(options, file, reason);
  }
  const bytes = isHead ? 0 : reply.body.length;
  const said = values.has('v') ? trace + (bytes > 0 ? received(bytes) : '') : '';
  const end = values.has('v') ? closing : '';
  const stderr = values.has('s') ? said + end : meter(options, bytes, said) + end;
  const stdout =
    (file === '-' ? page : '') + written(options, { reply, connection, exitCode: 0, problem: '' });
  return { stdout, stderr, exitCode: 0, durationMs: 0, isErrorFirst: true };
};

const notSaved = (options: Options, file: string, reason: string): ToolOutput => {
  const { values } = options;
  const words = 'Failure writing output to destination';
  const { stderr, ...rest } = problem(options, codes.notWritten, words);
  const isTold = !values.has('s') || values.has('S');
  return {
    ...rest,
    stderr: (isTold ? `Warning: Failed to open the file ${file}: ${reason}\n` : '') + stderr,
  };
};

const meterHead =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';

/** The progress meter as it stands at the end; not for a transfer to a screen's own page. */
const meter = ({ values }: Options, bytes: number, said: string): string => {
  if (values.has('s') || values.has('no-progress-meter')) return said;
  const row = (percent: string, size: number): string => {
    const count = String(size).padStart(5);
    const times = '--:--:-- --:--:-- --:--:--';
    return `\r${percent} ${count}  ${percent} ${count}    0     0      0      0 ${times}     0`;
  };
  return `${meterHead}${row('  0', 0)}${said}${bytes === 0 ? '' : row('100', bytes)}\n`;
};
