import { canonicalAddress } from '@netfold/dataplane';
import type { DnsAnswer, Question } from '@netfold/dataplane';
import { busyboxUsage } from '../busybox/usage.ts';
import { failed, lines } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { askServers, lookUp, resolverSettings } from './lookup.ts';
import { reverseName } from './reverse-name.ts';

/** How often BusyBox sends a question. */
const attempts = 2;

const noServer = ';; connection timed out; no servers could be reached\n\n';

/** Those that BusyBox knows and a lab's servers have no records of. */
const otherTypes = ['SOA', 'NS', 'CNAME', 'MX', 'TXT', 'SRV', 'ANY'];

/** `-type=aaaa`, `-query=ptr`: what to ask for. */
const askedType = (words: readonly string[]): Question['type'] | null => {
  const option = words.findLast((word) => /^-(?:type|query|q|t)=/.test(word));
  const type = option?.split('=')[1]?.toUpperCase();
  if (otherTypes.includes(type ?? '')) return 'other';
  return type === 'A' || type === 'AAAA' || type === 'PTR' ? type : null;
};

type Asked = { readonly question: Question; readonly shown: string };

const questionsOf = (world: ToolWorld, name: string, type: Question['type'] | null): Asked[] => {
  const address = canonicalAddress(name);
  if (address !== null) {
    return [{ question: { type: 'PTR', name: address }, shown: reverseName(address) }];
  }
  const { search } = resolverSettings(world);
  const isSearched = search.length > 0 && !name.includes('.');
  const names = isSearched ? search.map((domain) => `${name}.${domain}`) : [name];
  const bare = names.map((one) => one.replace(/\.$/, ''));
  const types = type === null ? (['A', 'AAAA'] as const) : [type];
  return bare.flatMap((one) =>
    types.map((asked) => ({ question: { type: asked, name: one }, shown: one })),
  );
};

const recordLines = ({ question, shown }: Asked, data: readonly string[]): string[] =>
  data.flatMap((one) =>
    question.type === 'PTR' ? [`${shown}\tname = ${one}`] : [`Name:\t${shown}`, `Address: ${one}`],
  );

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
): Session | Refused | 'noServer' | 'badServer' => {
  const [name = '', given] = words.filter((word) => !word.startsWith('-'));
  const servers = serversOf(world, given);
  if (servers.length === 0) return 'badServer';
  const questions = questionsOf(world, name, askedType(words));
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
    return isRefused && first ? { refusedBy: first.server, asked: results.length } : 'noServer';
  }
  return { server: results[0]?.server ?? '', answered };
};

const busyboxNslookupUsage =
  busyboxUsage(`Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any
`);

/** @source busybox 1.35 networking/nslookup.c (FEATURE_NSLOOKUP_BIG) */
export const busyboxNslookup: Tool = (world, argv) => {
  const words = argv.slice(1);
  const [name, given] = words.filter((word) => !word.startsWith('-'));
  if (name === undefined) return failed(1, busyboxNslookupUsage);
  const session = ask(world, words);
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
  const session = ask(world, words);
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
