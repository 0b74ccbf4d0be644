import { httpReply, reasonOf, replyTo } from '@netfold/dataplane';
import type { HttpReply } from '@netfold/dataplane';
import { resolvePath } from '../shell/session.ts';
import { failed, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { connect, failureText } from './connect.ts';
import type { Connected } from './connect.ts';
import { lookUp } from './lookup.ts';
import { numberOf, readOptions } from './options.ts';
import type { Options } from './options.ts';
import { parseTarget } from './url.ts';
import type { Target } from './url.ts';

/** Exit codes of wget. */
const codes = { generic: 1, usage: 2, file: 3, network: 4, server: 8 } as const;

const usualTries = 20;
const pauseMaxS = 10;
const kernelWaitS = 134;
const secondMs = 1_000;
/** What a transfer in memory comes to: rates are not simulated. */
const rate = { short: '10.2M', long: '10.2 MB/s' } as const;

const usage = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n";

const spider = 'spider';
const long: Readonly<Record<string, string>> = {
  spider,
  quiet: 'q',
  'no-verbose': 'nv',
  timeout: 'T',
  'connect-timeout': 'T',
  tries: 't',
  'output-document': 'O',
  'directory-prefix': 'P',
  'no-check-certificate': 'nocheck',
  'server-response': 'S',
  header: 'h',
  'user-agent': 'U',
  'inet4-only': '4',
  'inet6-only': '6',
};

/** @source GNU Wget 1.21.3, as it printed on Debian 12 without a terminal */
export const gnuWget: Tool = (world, argv) => {
  const words = argv.slice(1).map((word) => (word === '-nv' ? '--no-verbose' : word));
  const options = readOptions(words, { flags: 'qSc46kN', valued: 'OTtPUhoe', long });
  const [text] = options.rest;
  if (options.unknown !== null) {
    const { unknown } = options;
    const problem = unknown.startsWith('--')
      ? `unrecognized option '${unknown}'`
      : `invalid option -- '${unknown.slice(1, 2)}'`;
    return failed(codes.usage, `wget: ${problem}\n${usage}`);
  }
  if (text === undefined) return failed(codes.generic, `wget: missing URL\n${usage}`);
  const target = parseTarget(text);
  if (target === null) return failed(codes.generic, `${text}: Invalid host name.\n`);
  if (target.scheme !== 'http' && target.scheme !== 'https') {
    return failed(codes.generic, `${text}: Unsupported scheme ‘${target.scheme}’.\n`);
  }
  return new Transfer(world, target, options).run();
};

/** `2026-11-21 17:16:05` */
const stamp = (now: number): string => new Date(now).toISOString().slice(0, 19).replace('T', ' ');

class Transfer {
  readonly #world: ToolWorld;
  readonly #target: Target;
  readonly #options: Options;
  /** What it tells of itself, unless it is quiet. */
  #log = '';
  #passedS = 0;

  constructor(world: ToolWorld, target: Target, options: Options) {
    this.#world = world;
    this.#target = target;
    this.#options = options;
  }

  run(): ToolOutput {
    if (this.#isSpider) this.#say('Spider mode enabled. Check if remote file exists.\n');
    const tries = numberOf(this.#options, 't', usualTries) || usualTries;
    for (let at = 1; ; at += 1) {
      const output = this.#try(at);
      if (output !== 'again') return output;
      if (at >= tries) break;
      this.#passedS += Math.min(at, pauseMaxS);
      this.#say('Retrying.\n\n');
    }
    this.#say('Giving up.\n\n');
    return this.#end(codes.network);
  }

  get #isSpider(): boolean {
    return this.#options.values.has(spider);
  }

  get #url(): string {
    const { scheme, authority, path } = this.#target;
    return `${scheme}://${authority}${path}`;
  }

  get #time(): string {
    return stamp(this.#world.now + this.#passedS * secondMs);
  }

  #say(text: string): void {
    const { values } = this.#options;
    if (!values.has('q') && !values.has('nv')) this.#log += text;
  }

  /** A problem is told by `-nv`, too. */
  #complain(text: string): void {
    if (!this.#options.values.has('q')) this.#log += text;
  }

  #end(exitCode: number, stdout = ''): ToolOutput {
    const durationMs = this.#passedS * secondMs;
    return { ...printed(stdout), stderr: this.#log, exitCode, durationMs };
  }

  #try(number: number): ToolOutput | 'again' {
    const { host, authority, port } = this.#target;
    const again = number === 1 ? '  ' : `  (try:${String(number).padStart(2)})  `;
    this.#say(`--${this.#time}--${again}${this.#url}\n`);
    const addresses = this.#addresses();
    if (addresses === null) return this.#end(codes.network);
    const waitS = Number(this.#options.values.get('T') ?? '') || null;
    let connected: Connected | null = null;
    for (const address of addresses) {
      const isNumber = address === host;
      const shown = authority.includes(':') ? authority : `${host}:${port}`;
      const named = `${host} (${host})|${address}|:${port}`;
      this.#say(`Connecting to ${isNumber ? shown : named}... `);
      connected = connect(this.#world, { protocol: 'tcp', address, port }, waitS);
      const { failure } = connected;
      if (failure === null) break;
      this.#say(`failed: ${failureText[failure]}.\n`);
      if (failure === 'timedOut') this.#passedS += waitS ?? kernelWaitS;
    }
    if (connected === null) return this.#end(codes.network);
    if (connected.failure === 'timedOut') return 'again';
    return connected.failure === null ? this.#ask(connected, waitS) : this.#end(codes.network);
  }

  /** `null`: nobody knows the name. */
  #addresses(): readonly string[] | null {
    const { host } = this.#target;
    const { values } = this.#options;
    const families: (4 | 6)[] = values.has('6') ? [6] : values.has('4') ? [4] : [4, 6];
    const found = lookUp(this.#world, host, families);
    const isNumber = found.kind === 'found' && found.addresses[0] === host;
    if (found.kind === 'found') {
      if (!isNumber) {
        const shown = found.addresses.slice(0, 3).join(', ');
        const more = found.addresses.length > 3 ? ', ...' : '';
        this.#say(`Resolving ${host} (${host})... ${shown}${more}\n`);
      }
      return found.addresses;
    }
    const why =
      found.kind === 'noAnswer'
        ? 'Temporary failure in name resolution'
        : 'Name or service not known';
    this.#say(`Resolving ${host} (${host})... failed: ${why}.\n`);
    this.#complain(`wget: unable to resolve host address ‘${host}’\n`);
    return null;
  }

  #ask(connected: Connected, waitS: number | null): ToolOutput | 'again' {
    this.#say('connected.\n');
    if (this.#target.scheme === 'https') {
      this.#complain('Unable to establish SSL connection.\n');
      return this.#end(codes.network);
    }
    this.#say('HTTP request sent, awaiting response... ');
    if (connected.isClosedBehind || replyTo(connected.last, '').hasEnded) {
      this.#say('Read error (Connection reset by peer) in headers.\n');
      return 'again';
    }
    const reply = httpReply(connected.last, this.#target.path);
    if (reply === null) {
      if (waitS === null) return { ...this.#end(0), durationMs: null };
      this.#passedS += waitS;
      this.#say('Read error (Connection timed out) in headers.\n');
      return 'again';
    }
    return this.#answered(reply);
  }

  #answered(reply: HttpReply): ToolOutput {
    const { status, body } = reply;
    this.#say(`${status} ${reasonOf(status)}\n`);
    if (status >= 400) {
      if (this.#isSpider) this.#say('Remote file does not exist -- broken link!!!\n\n');
      else this.#complain(`${this.#time} ERROR ${status}: ${reasonOf(status)}.\n\n`);
      return this.#end(codes.server);
    }
    this.#say(`Length: ${body.length} [text/html]\n`);
    if (this.#isSpider) {
      this.#say(
        'Remote file exists and could contain further links,\n' +
          'but recursion is disabled -- not retrieving.\n\n',
      );
      return this.#end(0);
    }
    return this.#keep(body);
  }

  #keep(body: string): ToolOutput {
    const { values } = this.#options;
    const name = values.get('O') ?? this.#freeName();
    const length = `[${body.length}/${body.length}]`;
    if (values.has('nv') && !values.has('q')) {
      this.#log += `${this.#time} URL:${this.#url} ${length} -> "${name}" [1]\n`;
    }
    const written = `${this.#time} (${rate.long}) - `;
    if (name === '-') {
      this.#say(`Saving to: ‘STDOUT’\n\n${progress(body.length)}\n`);
      this.#say(`${written}written to stdout ${length}\n\n`);
      return this.#end(0, body);
    }
    const problem = name === '/dev/null' ? null : this.#write(name, body);
    if (problem !== null) return failed(codes.generic, problem);
    this.#say(`Saving to: ‘${name}’\n\n${progress(body.length)}\n`);
    this.#say(`${written}‘${name}’ saved ${length}\n\n`);
    return this.#end(0);
  }

  /** Nothing that is there is overwritten: `index.html.1`. */
  #freeName(): string {
    const folder = this.#options.values.get('P');
    const [bare = ''] = this.#target.path.split('?', 1);
    const name = bare.split('/').at(-1) || 'index.html';
    const path = folder === undefined ? name : `${folder.replace(/\/$/, '')}/${name}`;
    const isTaken = (one: string): boolean => this.#world.readFile(one) !== null;
    if (!isTaken(path)) return path;
    for (let number = 1; ; number += 1) {
      if (!isTaken(`${path}.${number}`)) return `${path}.${number}`;
    }
  }

  /** @returns why it cannot be, or `null` */
  #write(name: string, body: string): string | null {
    const { files, workingDirectory } = this.#world;
    if (files === null) return 'netfold: `wget` on a lab host writes to standard output only\n';
    const path = resolvePath(workingDirectory, name);
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    if (this.#options.values.has('P') && !files.isFolder(folder)) files.makeFolder(folder);
    const problem = files.write(path, body, false);
    return problem === null ? null : `${name}: ${problem}\n`;
  }
}

const dotBytes = 1_024;
const dotsPerGroup = 10;
const dotsPerRow = 50;
const dotsWidth = 55;

/** A dot for each KiB, fifty to a row. */
const progress = (bytes: number): string => {
  const dots = Math.floor(bytes / dotBytes);
  const rows = Math.max(1, Math.ceil(dots / dotsPerRow));
  return Array.from({ length: rows }, (_, row) => {
    const here = Math.min(dotsPerRow, dots - row * dotsPerRow);
    const groups = Array.from({ length: Math.ceil(here / dotsPerGroup) }, (_none, group) =>
      '.'.repeat(Math.min(dotsPerGroup, here - group * dotsPerGroup)),
    );
    const isLast = row === rows - 1;
    const done = Math.min(bytes, (row + 1) * dotsPerRow * dotBytes);
    const percent = isLast ? 100 : Math.floor((done * 100) / bytes);
    const text = groups.map((group) => ` ${group}`).join('');
    const start = `${String(row * dotsPerRow).padStart(6)}K${text.padEnd(dotsWidth)}`;
    return `${start}${String(percent).padStart(3)}% ${rate.short}${isLast ? '=0s' : ' 0s'}\n`;
  }).join('');
};
