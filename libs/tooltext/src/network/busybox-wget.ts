import { headLines, httpReply, replyTo } from '@netfold/dataplane';
import type { HttpReply } from '@netfold/dataplane';
import { baseName, below } from '../files/operands.ts';
import { resolvePath } from '../shell/session.ts';
import { failed, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { connect, failureText } from './connect.ts';
import { lookUp } from './lookup.ts';
import { readOptions } from './options.ts';
import type { Options } from './options.ts';
import { parseTarget } from './url.ts';
import { busyboxUsage, invalidOption } from '../busybox/usage.ts';
import type { Target } from './url.ts';

const usage = busyboxUsage(`Usage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[--no-check-certificate] [-P DIR] [-U AGENT] URL...

Retrieve files via HTTP or FTP

	--spider	Only check URL existence: $? is 0 if exists
	--header STR	Add STR (of form 'header: value') to headers
	--post-data STR	Send STR using POST method
	--post-file FILE	Send FILE using POST method
	--no-check-certificate	Don't validate the server's certificate
	-c		Continue retrieval of aborted transfer
	-q		Quiet
	-P DIR		Save to DIR (default .)
	-S    		Show server response
	-O FILE		Save to FILE ('-' for stdout)
	-o LOGFILE	Log messages to FILE
	-U STR		Use STR for User-Agent header
	-Y on/off	Use proxy
`);

const spider = 'spider';

/** @source busybox 1.35 networking/wget.c */
export const busyboxWget: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), {
    flags: 'cqS',
    valued: 'OoTUYPt',
    long: {
      spider,
      quiet: 'q',
      timeout: 'T',
      'output-document': 'O',
      'no-check-certificate': 'nocheck',
      header: 'U',
      'user-agent': 'U',
    },
  });
  const [text] = options.rest;
  if (options.unknown !== null) return failed(1, invalidOption('wget', options.unknown) + usage);
  if (text === undefined) return failed(1, usage);
  const target = parseTarget(text);
  if (target === null || target.scheme !== 'http') {
    return failed(1, `wget: not an http or ftp url: ${text}\n`);
  }
  return fetchPage(world, target, options);
};

const fetchPage = (world: ToolWorld, target: Target, options: Options): ToolOutput => {
  const found = lookUp(world, target.host, [4, 6]);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return failed(1, `wget: bad address '${target.host}'\n`);
  const isQuiet = options.values.has('q');
  const shown = address.includes(':') ? `[${address}]` : address;
  const to = `${target.authority} (${shown}:${target.port})`;
  const hello = isQuiet ? '' : `Connecting to ${to}\n`;
  // Of an IPv6 address it says nothing.
  const where = address.includes(':') ? '' : ` (${address})`;
  const waitS = Number(options.values.get('T') ?? '') || null;
  const connected = connect(world, { protocol: 'tcp', address, port: target.port }, waitS);
  if (connected.failure !== null) {
    const isTimeout = connected.failure === 'timedOut' && waitS !== null;
    const problem = isTimeout
      ? 'download timed out'
      : `can't connect to remote host${where}: ${failureText[connected.failure]}`;
    return failed(1, `${hello}wget: ${problem}\n`);
  }
  if (connected.isClosedBehind || replyTo(connected.last, '').hasEnded) {
    return failed(1, `${hello}wget: error getting response: Connection reset by peer\n`);
  }
  const reply = httpReply(connected.last, target.path);
  if (reply === null) return failed(1, `${hello}wget: ${noHttp(waitS)}\n`);
  const [line = '', ...headers] = headLines(reply, target.path, world.now);
  const isShown = options.values.has('S');
  if (reply.status !== 200) {
    const status = isShown ? `  ${line}\n` : '';
    return failed(1, `${hello}${status}wget: server returned error: ${line}\n`);
  }
  const head = isShown ? [line, ...headers, ''].map((one) => `  ${one}\n`).join('') : '';
  const output = withOptions(world, reply, { target, options, hello: hello + head, isQuiet });
  return isQuiet ? { ...output, stderr: head + output.stderr } : output;
};

const noHttp = (waitS: number | null): string =>
  waitS === null ? 'error getting response' : 'download timed out';

type Printing = {
  readonly target: Target;
  readonly options: Options;
  readonly hello: string;
  readonly isQuiet: boolean;
};

const withOptions = (
  world: ToolWorld,
  reply: HttpReply,
  { target, options, hello, isQuiet }: Printing,
): ToolOutput => {
  if (options.values.has(spider)) {
    return { ...printed(''), stderr: isQuiet ? '' : `${hello}remote file exists\n` };
  }
  const asked = options.values.get('O');
  const folder = options.values.get('P');
  const ownName = target.path.split('/').at(-1) || 'index.html';
  const file = asked ?? (folder === undefined ? ownName : below(folder, ownName));
  if (file === '-') {
    const bar = progress('-', reply.body.length);
    const stderr = isQuiet ? '' : `${hello}writing to stdout\n${bar}written to stdout\n`;
    return { ...printed(reply.body), stderr };
  }
  const place = resolvePath(world.workingDirectory, file);
  if (world.files === null && file !== '/dev/null') {
    return failed(1, `${hello}netfold: \`wget\` keeps no files on a host (-O -)\n`);
  }
  const isTaken = asked === undefined && (world.files?.find(place) ?? null) !== null;
  const isKept = file !== '/dev/null' && !isTaken;
  const problem = isKept ? (world.files?.write(place, reply.body, false) ?? null) : null;
  const reason = isTaken ? 'File exists' : problem;
  const start = isQuiet ? '' : hello;
  if (reason !== null) return failed(1, `${start}wget: can't open '${file}': ${reason}\n`);
  const bar = progress(baseName(file), reply.body.length);
  const end = `saving to '${file}'\n${bar}'${file}' saved\n`;
  return { ...printed(''), stderr: isQuiet ? '' : start + end };
};

/** The last line of the progress meter. */
const progress = (name: string, bytes: number): string => {
  const bar = `|${'*'.repeat(32)}|`;
  return `${name.padEnd(20)} 100% ${bar} ${String(bytes).padStart(5)}  0:00:00 ETA\n`;
};
