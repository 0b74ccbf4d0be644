import { canonicalAddress } from '@netfold/dataplane';
import type { DnsAnswer, Question } from '@netfold/dataplane';
import { busyboxUsage } from '../busybox/usage.ts';
import { failed, lines } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { askServers, lookUp, resolverSettings } from './lookup.ts';
import { originOf } from './origin.ts';
import { addressOfReverse, reverseName } from './reverse-name.ts';

/** How often BusyBox sends a question. */
const attempts = 2;

const noServer = ';; connection timed out; no servers could be reached\n\n';

/** Those that BusyBox knows and a lab's servers have no records of. */
const otherTypes = ['SOA', 'NS', 'CNAME', 'MX', 'TXT', 'SRV', 'ANY'];

/** `-type=aaaa`, `-query=ptr`: the type as written, or `null`. */
const typeWord = (words: readonly string[]): string | null =>
  words.findLast((word) => /^-(?:ty|q)[a-z]*=/.test(word))?.split('=')[1] ?? null;

const isKnownType = (type: string): boolean =>
  ['A', 'AAAA', 'PTR', ...otherTypes].includes(type.toUpperCase());

type Asked = { readonly question: Question; readonly shown: string };

/** What a server is asked of a type; a `PTR` of what is no address's name has no answer. */
const questionFor = (type: string, name: string): Question => {
  if (otherTypes.includes(type)) return { type: 'other', name };
  if (type === 'PTR') return { type: 'PTR', name: addressOfReverse(name) ?? '' };
  return { type: type === 'AAAA' ? 'AAAA' : 'A', name };
};

/** @param search  domains for names without a dot */
const questionsOf = (name: string, type: string | null, search: readonly string[]): Asked[] => {
  const address = canonicalAddress(name);
  if (address !== null && type === null) {
    return [{ question: { type: 'PTR', name: address }, shown: reverseName(address) }];
  }
  const isSearched = search.length > 0 && !name.includes('.');
  const names = isSearched ? search.map((domain) => `${name}.${domain}`) : [name];
  const types = type === null ? ['A', 'AAAA'] : [type.toUpperCase()];
  return names.flatMap((shown) =>
    types.map((one) => ({ question: questionFor(one, shown.replace(/\.$/, '')), shown })),
  );
};

const recordLines = ({ question, shown }: Asked, data: readonly string[]): string[] => {
  const name = shown.replace(/\.$/, '');
  return data.flatMap((one) =>
    question.type === 'PTR' ? [`${name}\tname = ${one}`] : [`Name:\t${name}`, `Address: ${one}`],
  );
};

type Answered = Asked & { readonly answer: Extract<DnsAnswer, { kind: 'answer' }> };

const answerLines = (answered: Answered): string[] => {
  const { answer, shown } = answered;
  if (answer.code !== 'NOERROR') return [`** server can't find ${shown}: ${answer.code}`, ''];
  const head = answer.isAuthoritative ? [] : ['Non-authoritative answer:'];
  return [...head, ...recordLines(answered, answer.data), ''];
};

/** Servers given by address or name, else those of `/etc/resolv.conf`. */
const serversOf = (world: ToolWorld, given: string | undefined): readonly string[] => {
  if (given === undefined) return resolverSettings(world).servers;
  const found = lookUp(world, given, [4, 6]);
  return found.kind === 'found' ? found.addresses.slice(0, 1) : [];
};

const serverPort = (server: string, mark: string): string =>
  mark === ':' && server.includes(':') ? `[${server}]:53` : `${server}${mark}53`;

type Session = { readonly server: string; readonly answered: readonly Answered[] };

/** Nobody listens there: what the kernel says of one question, the next attempt meets. */
type Refused = { readonly refusedBy: string; readonly asked: number };

const refusedLines = ({ refusedBy, asked }: Refused): string =>
  asked > 1
    ? `nslookup: write to '${refusedBy}': Connection refused\n`
    : 'nslookup: read: Connection refused\n'.repeat(attempts);

const ask = (
  world: ToolWorld,
  words: readonly string[],
  search: readonly string[],
): Session | Refused | 'noServer' | 'badServer' => {
  const [name = '', given] = words.filter((word) => !word.startsWith('-'));
  const servers = serversOf(world, given);
  if (servers.length === 0) return 'badServer';
  const questions = questionsOf(name, typeWord(words), search);
  const results = questions.map((asked) => ({
    ...asked,
    ...askServers(world, servers, asked.question),
  }));
  const answered = results.flatMap(({ answer, question, shown }) =>
    answer.kind === 'answer' ? [{ question, shown, answer }] : [],
  );
  if (answered.length === 0) {
    const isRefused = results.every(({ answer }) => answer.kind === 'refused');
    const [first] = results;
    return isRefused && first
      ? { refusedBy: given ?? first.server, asked: results.length }
      : 'noServer';
  }
  return { server: results[0]?.server ?? '', answered };
};

const busyboxNslookupUsage =
  busyboxUsage(`Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any
`);

/** Options may be cut short, but for `-t`, which could be two of them. */
const optionNames = ['type', 'querytype', 'port', 'retry', 'debug', 'timeout'];

const isOption = (word: string): boolean => {
  const name = word.slice(1).replace(/=.*$/, '');
  return name !== 't' && optionNames.some((one) => one.startsWith(name));
};

/** The first server, if no way leads there: BusyBox stops at once. */
const unreachableServer = (world: ToolWorld, given: string | undefined): string | null => {
  const [server] = serversOf(world, given);
  const isReachable = server === undefined || world.packets.canSendTo(originOf(world), server);
  return isReachable ? null : server;
};

/**
 * The search list is part of what `/etc/resolv.conf` says, which is not read for a server given.
 *
 * @source busybox 1.35 networking/nslookup.c (FEATURE_NSLOOKUP_BIG)
 */
export const busyboxNslookup: Tool = (world, argv) => {
  const words = argv.slice(1);
  const [name, given] = words.filter((word) => !word.startsWith('-'));
  const options = words.filter((word) => word.startsWith('-'));
  if (name === undefined || !options.every(isOption)) return failed(1, busyboxNslookupUsage);
  const type = typeWord(words);
  if (type !== null && !isKnownType(type)) {
    return failed(1, `nslookup: invalid query type "${type}"\n`);
  }
  const unreachable = unreachableServer(world, given);
  if (unreachable !== null) {
    const place = `remote host (${unreachable})`;
    return failed(1, `nslookup: can't connect to ${place}: Network is unreachable\n`);
  }
  const search = given === undefined ? resolverSettings(world).search : [];
  const session = ask(world, words, search);
  if (session === 'badServer') return failed(1, `nslookup: bad address '${given ?? ''}'\n`);
  if (session === 'noServer') return failed(1, '', noServer);
  if ('refusedBy' in session) return failed(1, refusedLines(session), noServer);
  const { server, answered } = session;
  const head = [`Server:\t\t${server}`, `Address:\t${serverPort(server, ':')}`, ''];
  const isFound = answered.every(({ answer }) => answer.code === 'NOERROR');
  const stdout = lines([...head, ...answered.flatMap(answerLines)]);
  return { stdout, stderr: '', exitCode: isFound ? 0 : 1, durationMs: 0 };
};

/** The program of BIND 9.18: it stops at the first name that exists. */
export const bindNslookup: Tool = (world, argv) => {
  const words = argv.slice(1);
  const [name, given] = words.filter((word) => !word.startsWith('-'));
  if (name === undefined) return failed(1, 'netfold: `nslookup` is simulated with a name only\n');
  const session = ask(world, words, resolverSettings(world).search);
  if (session === 'badServer') {
    return failed(1, `nslookup: couldn't get address for '${given ?? ''}': not found\n`);
  }
  if (session === 'noServer' || 'refusedBy' in session) return failed(1, '', noServer);
  const { server, answered } = session;
  const head = [`Server:\t\t${server}`, `Address:\t${serverPort(server, '#')}`, ''];
  const known = answered.filter(({ answer }) => answer.code === 'NOERROR');
  if (known.length === 0) {
    const missing = `** server can't find ${answered[0]?.shown ?? name}: NXDOMAIN`;
    return failed(1, '', lines([...head, missing, '']));
  }
  const mark = known.every(({ answer }) => answer.isAuthoritative)
    ? []
    : ['Non-authoritative answer:'];
  const records = known.flatMap((one) => recordLines(one, one.answer.data));
  return {
    stdout: lines([...head, ...mark, ...records, '']),
    stderr: '',
    exitCode: 0,
    durationMs: 0,
  };
};
