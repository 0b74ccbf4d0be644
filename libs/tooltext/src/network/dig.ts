import { canonicalAddress } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import {
  askOne,
  bindVersion,
  recordData,
  recordTypes,
  reverseQuery,
  ttlSeconds,
} from './dns-query.ts';
import type { Answered, DnsQuery } from './dns-query.ts';
import { lookUp, resolverSettings } from './lookup.ts';

/** Exit codes of dig. */
const usageProblem = 1;
const noServer = 9;
const unknownServer = 10;

const usualTries = 3;
const usualWaitS = 5;
const secondMs = 1_000;

/** What is printed, by the names of `+` options. */
const sections = ['cmd', 'comments', 'question', 'answer', 'stats'] as const;
type Section = (typeof sections)[number];
const isSection = (name: string): name is Section => sections.some((one) => one === name);

type Asking = {
  /** As it was typed. */
  readonly words: readonly string[];
  readonly queries: readonly DnsQuery[];
  /** The server that was named, and whether that was before the first name. */
  readonly server: string | null;
  readonly isServerFirst: boolean;
  readonly shown: ReadonlySet<Section>;
  readonly isShort: boolean;
  readonly tries: number;
  readonly waitS: number;
};

const usage = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;

const withoutEffect: ReadonlySet<string> = new Set(
  (
    'recurse rec edns dnssec adflag cdflag cookie tcp vc search defname ttlid class multiline ' +
    'additional authority ignore fail besteffort onesoa identify unknownformat crypto'
  ).split(' '),
);

/** Reads the words; the name of an option that dig does not have is the answer instead. */
const readAsking = (words: readonly string[]): Asking | { readonly unknown: string } => {
  const queries: { name: string; type: string }[] = [];
  const shown = new Set<Section>(sections);
  let type: string | null = null;
  const asking = { server: null as string | null, isServerFirst: false, isShort: false };
  const numbers = { tries: usualTries, waitS: usualWaitS };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = (): string => words[(at += 1)] ?? '';
    if (word.startsWith('@')) {
      asking.server = word.slice(1);
      asking.isServerFirst = queries.length === 0;
    } else if (word.startsWith('+')) {
      const isKnown = applyOption(word.slice(1), { shown, asking, numbers });
      if (!isKnown) return { unknown: word };
    } else if (word === '-x') queries.push(reverseQuery(value()));
    else if (word === '-t') type = value().toUpperCase();
    else if (word === '-q') queries.push(named(value(), type));
    else if (/^-[cpbky]$/.test(word)) value();
    else if (word.startsWith('-')) continue;
    else if (recordTypes.has(word.toUpperCase())) {
      type = word.toUpperCase();
      const last = queries.at(-1);
      if (last !== undefined && last.type !== 'PTR') last.type = type;
    } else if (word.toUpperCase() !== 'IN') queries.push(named(word, type));
  }
  const all = queries.length === 0 ? [{ name: '.', type: type ?? 'NS' }] : queries;
  return { words, queries: all, shown, ...asking, ...numbers };
};

const named = (name: string, type: string | null): { name: string; type: string } => ({
  name: name.endsWith('.') ? name : `${name}.`,
  type: type ?? 'A',
});

type Settings = {
  readonly shown: Set<Section>;
  readonly asking: { isShort: boolean };
  readonly numbers: { tries: number; waitS: number };
};

/** @returns whether dig has the option */
const applyOption = (option: string, { shown, asking, numbers }: Settings): boolean => {
  const [key = '', value = ''] = option.split('=');
  const isOn = !key.startsWith('no');
  const name = isOn ? key : key.slice(2);
  if (isSection(name)) {
    if (isOn) shown.add(name);
    else shown.delete(name);
  } else if (name === 'all') {
    shown.clear();
    if (isOn) for (const section of sections) shown.add(section);
  } else if (name === 'short') asking.isShort = isOn;
  else if (name === 'time' || name === 'timeout') numbers.waitS = Number(value) || usualWaitS;
  else if (name === 'tries') numbers.tries = Math.max(1, Number(value) || usualTries);
  else if (name === 'retry') numbers.tries = Math.max(1, Number(value) + 1 || usualTries);
  else return withoutEffect.has(name) || ['ndots', 'bufsize', 'domain'].includes(name);
  return true;
};

/** @source BIND 9.18 bin/dig/dig.c, dighost.c, as it printed on Debian 12 */
export const dig: Tool = (world, argv) => {
  if (argv.includes('-v')) return failed(0, `DiG ${bindVersion(world)}\n`);
  if (argv.some((word) => word === '+trace')) {
    return failed(1, 'netfold: `dig +trace` is not simulated: a lab has no root servers\n');
  }
  const asking = readAsking(argv.slice(1));
  if ('unknown' in asking)
    return failed(usageProblem, `Invalid option: ${asking.unknown}\n${usage}`);
  const servers = serversOf(world, asking.server);
  if (servers === null) {
    const words = `dig: couldn't get address for '${asking.server ?? ''}': not found\n`;
    return failed(unknownServer, words);
  }
  const outputs = asking.queries.map((query, at) =>
    lookedUp(world, query, { asking, servers, isFirst: at === 0 }),
  );
  return {
    ...printed(outputs.map(({ stdout }) => stdout).join('')),
    exitCode: outputs.some(({ exitCode }) => exitCode !== 0) ? noServer : 0,
    durationMs: outputs.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
  };
};

/** `null`: the server's own name is unknown. */
const serversOf = (world: ToolWorld, given: string | null): readonly string[] | null => {
  if (given === null) return resolverSettings(world).servers;
  const found = lookUp(world, given, [4, 6]);
  return found.kind === 'found' ? found.addresses : null;
};

type Run = {
  readonly asking: Asking;
  readonly servers: readonly string[];
  readonly isFirst: boolean;
};

const lookedUp = (world: ToolWorld, query: DnsQuery, run: Run): ToolOutput => {
  const { asking, servers } = run;
  const problems: string[] = [];
  let waitedS = 0;
  // Without a server of its own a resolver asks the loopback.
  const asked = servers.length === 0 ? ['127.0.0.1'] : servers;
  for (const server of asked) {
    const answer = askOne(world, server, query);
    if (answer.kind === 'answer') {
      const at = { query, server, now: world.now };
      const stdout = asking.isShort
        ? lines(answer.data.map((one) => recordData(query.type, one)))
        : problems.join('') + heading(world, run) + message(asking, answer, at);
      return { ...printed(stdout), durationMs: waitedS * secondMs };
    }
    const why = answer.kind === 'refused' ? 'connection refused' : 'timed out';
    const line = `;; communications error to ${server}#53: ${why}\n`;
    problems.push(line.repeat(asking.tries));
    if (answer.kind !== 'refused') waitedS += asking.waitS * asking.tries;
  }
  const head = asking.isShort ? '' : heading(world, run);
  const stdout = `${problems.join('')}${head};; no servers could be reached\n`;
  return { ...printed(stdout), exitCode: noServer, durationMs: waitedS * secondMs };
};

const heading = (world: ToolWorld, { asking, servers, isFirst }: Run): string => {
  if (!isFirst || !asking.shown.has('cmd')) return '';
  const count = `${servers.length} server${servers.length === 1 ? '' : 's'} found`;
  const words = asking.words.length === 0 ? '' : ` ${asking.words.join(' ')}`;
  return (
    `\n; <<>> DiG ${bindVersion(world)} <<>>${words}\n` +
    (asking.server !== null && asking.isServerFirst ? `; (${count})\n` : '') +
    ';; global options: +cmd\n'
  );
};

type At = { readonly query: DnsQuery; readonly server: string; readonly now: number };

const message = ({ shown }: Asking, answer: Answered, at: At): string => {
  const { query } = at;
  const withComments = shown.has('comments');
  const title = (text: string): string => (withComments ? `;; ${text} SECTION:\n` : '');
  // With all titles a blank line stands between sections.
  const gap = withComments ? '\n' : '';
  const question = `;${padded([query.name, '', 'IN', query.type])}\n`;
  const records = answer.data.map((one) =>
    padded([query.name, String(ttlSeconds(answer)), 'IN', query.type, recordData(query.type, one)]),
  );
  const head = withComments ? headLines(answer, at) : '';
  const asked = shown.has('question') ? `${title('QUESTION')}${question}${gap}` : '';
  const told =
    shown.has('answer') && records.length > 0 ? `${title('ANSWER')}${lines(records)}${gap}` : '';
  return `${head}${asked}${told}${shown.has('stats') ? statistics(answer, at) : ''}`;
};

const headLines = (answer: Answered, at: At): string => {
  const flags = answer.isAuthoritative ? 'qr aa rd ra' : 'qr rd ra';
  return (
    ';; Got answer:\n' +
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.code}, id: ${messageId(at)}\n` +
    `;; flags: ${flags}; QUERY: 1, ANSWER: ${answer.data.length}, ` +
    'AUTHORITY: 0, ADDITIONAL: 0\n\n'
  );
};

/** Drawn by the real program: here of the question and the instant. */
const messageId = ({ query, server, now }: At): number => {
  let id = Math.trunc(now / 100) % 65_521;
  for (const letter of `${query.name}${query.type}${server}`) {
    id = (id * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  }
  return id;
};

/** Columns of name, TTL, class, type and data. @source BIND lib/dns/masterdump.c */
const columns = [0, 24, 32, 40, 48];
const tabWidth = 8;

/** Puts words at their columns with tabs, or one blank behind the last where there is no room. */
const padded = (words: readonly string[]): string => {
  let text = '';
  let column = 0;
  for (const [at, word] of words.entries()) {
    if (word === '') continue;
    const to = at === 0 ? 0 : Math.max(columns[at] ?? 0, column + 1);
    const tabs = Math.floor(to / tabWidth) - Math.floor(column / tabWidth);
    const from = tabs > 0 ? Math.floor(to / tabWidth) * tabWidth : column;
    text += '\t'.repeat(tabs) + ' '.repeat(to - from) + word;
    column = to + word.length;
  }
  return text;
};

const headerBytes = 12;
const questionBytes = 4;
const recordBytes = 10;

const nameBytes = (name: string): number => (name === '.' ? 1 : name.length + 1);

/** The engine's server writes each name in full; so does the outside's. */
const messageBytes = ({ data }: Answered, { name, type }: DnsQuery): number => {
  const each = data.map((one) => {
    const own = type === 'PTR' ? nameBytes(recordData(type, one)) : type === 'AAAA' ? 16 : 4;
    return nameBytes(name) + recordBytes + own;
  });
  return headerBytes + nameBytes(name) + questionBytes + each.reduce((sum, one) => sum + one, 0);
};

/** `Sat Nov 21 16:57:34 UTC 2026` */
const dateText = (now: number): string => {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(now)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${day} ${month} ${date} ${time} UTC ${year}`;
};

const statistics = (answer: Answered, { query, server, now }: At): string => {
  const shown = canonicalAddress(server) ?? server;
  return (
    ';; Query time: 0 msec\n' +
    `;; SERVER: ${shown}#53(${server}) (UDP)\n` +
    `;; WHEN: ${dateText(now)}\n` +
    `;; MSG SIZE  rcvd: ${messageBytes(answer, query)}\n\n`
  );
};
