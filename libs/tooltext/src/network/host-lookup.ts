import { canonicalAddress } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { askOne, recordData, reverseQuery } from './dns-query.ts';
import type { DnsQuery } from './dns-query.ts';
import { lookUp, resolverSettings } from './lookup.ts';
import { readOptions } from './options.ts';

const usage = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
`;
const usualTries = 2;
const usualWaitS = 5;
const secondMs = 1_000;

/** `host NAME|ADDRESS [SERVER]`. @source BIND 9.18 bin/dig/host.c, as it printed on Debian 12 */
export const host: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), { flags: 'aCdilrTUvVw46', valued: 'cNtWRmp' });
  if (options.unknown !== null) {
    return failed(1, `host: illegal option -- ${options.unknown.slice(1, 2)}\n${usage}`);
  }
  const [name, server] = options.rest;
  if (name === undefined) return failed(1, usage);
  const servers = serversOf(world, server);
  if (servers === null) {
    return failed(1, `host: couldn't get address for '${server ?? ''}': not found\n`);
  }
  const head = server === undefined ? '' : usedServer(server, servers[0] ?? server);
  const waitS = Number(options.values.get('W') ?? '') || usualWaitS;
  const type = options.values.get('t')?.toUpperCase();
  const queries = queriesOf(world, name, type);
  const output = ask(world, queries, { servers, waitS, isAskedType: type !== undefined });
  return { ...output, stdout: head + output.stdout };
};

const usedServer = (name: string, address: string): string =>
  `Using domain server:\nName: ${name}\nAddress: ${address}#53\nAliases: \n\n`;

const serversOf = (world: ToolWorld, given: string | undefined): readonly string[] | null => {
  if (given === undefined) {
    const { servers } = resolverSettings(world);
    return servers.length === 0 ? ['127.0.0.1'] : servers;
  }
  const found = lookUp(world, given, [4, 6]);
  return found.kind === 'found' ? found.addresses.slice(0, 1) : null;
};

/** The ways to write a name out, each with what is asked of it. */
const queriesOf = (
  world: ToolWorld,
  name: string,
  type: string | undefined,
): readonly (readonly DnsQuery[])[] => {
  if (canonicalAddress(name) !== null) return [[reverseQuery(name)]];
  const { search, ndots } = resolverSettings(world);
  const whole = name.endsWith('.') ? name : `${name}.`;
  const searched = search.filter((one) => one !== '.').map((domain) => `${name}.${domain}.`);
  const dots = name.split('.').length - 1;
  const isWholeFirst = name.endsWith('.') || dots >= ndots;
  const names = isWholeFirst ? [whole, ...searched] : [...searched, whole];
  const types = type === undefined ? ['A', 'AAAA', 'MX'] : [type];
  return names.map((one) => types.map((asked) => ({ name: one, type: asked })));
};

type Run = {
  readonly servers: readonly string[];
  readonly waitS: number;
  readonly isAskedType: boolean;
};

/** Asks for each name in turn until one is known; of that one all that was asked for is told. */
const ask = (world: ToolWorld, names: readonly (readonly DnsQuery[])[], run: Run): ToolOutput => {
  let last: ToolOutput = printed('');
  for (const queries of names) {
    const [first, ...more] = queries;
    if (first === undefined) continue;
    last = askQuery(world, first, run);
    if (last.exitCode !== 0) {
      if (last.durationMs === 0 && last.stdout.startsWith('Host ')) continue;
      return last;
    }
    const rest = more.map((query) => askQuery(world, query, run));
    return {
      ...printed([last, ...rest].map(({ stdout }) => stdout).join('')),
      exitCode: rest.some(({ exitCode }) => exitCode !== 0) ? 1 : 0,
    };
  }
  return last;
};

const askQuery = (
  world: ToolWorld,
  query: DnsQuery,
  { servers, waitS, isAskedType }: Run,
): ToolOutput => {
  const shown = query.type === 'PTR' ? query.name : query.name.replace(/\.$/, '');
  const problems: string[] = [];
  let waitedS = 0;
  for (const server of servers) {
    const answer = askOne(world, server, query);
    if (answer.kind !== 'answer') {
      const why = answer.kind === 'refused' ? 'connection refused' : 'timed out';
      problems.push(`;; communications error to ${server}#53: ${why}\n`.repeat(usualTries));
      if (answer.kind !== 'refused') waitedS += waitS * usualTries;
      continue;
    }
    if (answer.code !== 'NOERROR') {
      return failed(1, '', `${problems.join('')}Host ${shown} not found: 3(NXDOMAIN)\n`);
    }
    const own = query.name.replace(/\.$/, '');
    const told = answer.data.map(
      (one) => `${own} ${words(query.type)} ${recordData(query.type, one)}\n`,
    );
    const none = isAskedType && told.length === 0 ? [`${own} has no ${query.type} record\n`] : [];
    return printed([...problems, ...told, ...none].join(''));
  }
  const stdout = `${problems.join('')};; no servers could be reached\n`;
  return { ...failed(1, '', stdout), durationMs: waitedS * secondMs };
};

const words = (type: string): string => {
  if (type === 'PTR') return 'domain name pointer';
  return type === 'AAAA' ? 'has IPv6 address' : 'has address';
};
