import type { Disposition } from '@netfold/dataplane';
import { canonicalAddress } from '@netfold/dataplane';
import { splitAddress } from '../iproute/interface-text.ts';
import { failed, lines } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { echoCounts, echoStatistics } from './echo.ts';
import { lookUp, nameInHosts } from './lookup.ts';
import { numberOf, readOptions } from './options.ts';
import type { Options } from './options.ts';
import { originOf, roundTripMs } from './origin.ts';

const usageProblem = 2;
const usualSize = 56;
const headerSize = 8;
const ipHeaderSize = 20;
const ip6HeaderSize = 40;
const usualWaitS = 10;
/** A kernel gives up asking for a neighbour after three seconds. */
const neighbourWaitS = 3;

/** @source iputils 20221126 ping/ping.c, ping_common.c */
export const iputilsPing: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), { flags: '46qnOvDbfAaLRU', valued: 'cstWwIiMpQlm' });
  const [target] = options.rest;
  if (options.unknown !== null) {
    return failed(usageProblem, `ping: invalid option -- '${options.unknown.slice(1, 2)}'\n`);
  }
  if (target === undefined) {
    return failed(1, 'ping: usage error: Destination address required\n');
  }
  const families: (4 | 6)[] = options.values.has('6')
    ? [6]
    : options.values.has('4')
      ? [4]
      : [4, 6];
  const found = lookUp(world, target, families);
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) {
    const problem =
      found.kind === 'noAnswer'
        ? 'Temporary failure in name resolution'
        : 'Name or service not known';
    return failed(usageProblem, `ping: ${target}: ${problem}\n`);
  }
  return pingAddress(world, { target, address, options });
};

type Ping = { readonly target: string; readonly address: string; readonly options: Options };

const pingAddress = (world: ToolWorld, { target, address, options }: Ping): ToolOutput => {
  const size = numberOf(options, 's', usualSize);
  const trace = world.packets.walk({
    ...originOf(world),
    protocol: 'icmp',
    destination: address,
    port: 0,
    ttl: numberOf(options, 't', 64),
  });
  const { disposition } = trace;
  if (disposition.kind === 'netUnreachable' && disposition.from === null) {
    return failed(usageProblem, 'ping: connect: Network is unreachable\n');
  }
  const { count, isEndless, lineAtMs } = echoCounts(options);
  const headers = address.includes(':') ? '' : `(${size + headerSize + ipHeaderSize})`;
  const total = address.includes(':') ? ip6HeaderSize + headerSize + size : 0;
  const from = boundText(world, options, trace.source);
  const head = address.includes(':')
    ? `PING ${target}(${address}) ${from}${size} data bytes`
    : `PING ${target} (${address}) ${from}${size}${headers} bytes of data.`;
  const mtuBytes = options.values.get('M') === 'do' ? mtuOf(world, trace.source) : null;
  const needed = size + headerSize + (address.includes(':') ? ip6HeaderSize : ipHeaderSize);
  if (mtuBytes !== null && needed > mtuBytes && address !== trace.source && !isEndless) {
    const error = `ping: local error: message too long, mtu=${mtuBytes}`;
    const told = summary(target, count, { isAnswered: false, problem: error });
    return {
      ...failed(1, lines(Array.from({ length: count }, () => error))),
      stdout: lines([head, ...told]),
    };
  }
  const isAnswered = disposition.kind === 'delivered';
  const wait = numberOf(options, 'W', usualWaitS);
  const problem = problemLine(disposition, trace.source, wait);
  const perPacket = Array.from({ length: count }, (_, index) => {
    const from = isAnswered ? nameOf(world, { target, address: disposition.from, options }) : '';
    return isAnswered
      ? `${size + headerSize} bytes from ${from}: icmp_seq=${index + 1} ttl=${disposition.ttl} ` +
          `time=${roundTripMs(index)} ms`
      : problem?.replace('SEQ', String(index + 1));
  }).filter((line) => line !== undefined);
  const shown = options.values.has('q') || total < 0 ? [] : perPacket;
  if (isEndless) {
    const stdout = lines([head, ...shown]);
    return { stdout, stderr: '', exitCode: 0, durationMs: null, lineAtMs };
  }
  const stdout = lines([head, ...shown, ...summary(target, count, { isAnswered, problem })]);
  return { stdout, stderr: '', exitCode: isAnswered ? 0 : 1, durationMs: 0 };
};

/** `-I` names a device or an address of the own stack. */
const boundText = (world: ToolWorld, options: Options, source: string): string => {
  const bound = options.values.get('I');
  if (bound === undefined) return '';
  const row = world.stack.interfaces.find(({ name }) => name === bound);
  if (row === undefined) return `from ${bound} : `;
  const own = row.addresses.map(({ address }) => splitAddress(address).address);
  const isSameFamily = (one: string): boolean => one.includes(':') === source.includes(':');
  return `from ${own.find(isSameFamily) ?? source} ${bound}: `;
};

/** What fits into one packet of the link that packets leave by; `null`: not known. */
const mtuOf = (world: ToolWorld, source: string): number | null => {
  const link = world.stack.interfaces.find(({ addresses }) =>
    addresses.some(({ address }) => splitAddress(address).address === source),
  );
  return link?.mtuBytes ?? null;
};

const summary = (
  target: string,
  count: number,
  { isAnswered, problem }: { readonly isAnswered: boolean; readonly problem: string | null },
): string[] => {
  const received = isAnswered ? count : 0;
  const { loss, least, mean, most, deviation } = echoStatistics(count, received);
  const errors = problem === null ? '' : ` +${count} errors,`;
  const took = (count - 1) * 1_000;
  const head = `${count} packets transmitted, ${received} received,${errors}`;
  return [
    '',
    `--- ${target} ping statistics ---`,
    `${head} ${loss}% packet loss, time ${took}ms`,
    isAnswered ? `rtt min/avg/max/mdev = ${least}/${mean}/${most}/${deviation} ms` : '',
  ];
};

/** Who says that it cannot be delivered; `null` where nobody says anything in time. */
const problemLine = (disposition: Disposition, own: string, waitS: number): string | null => {
  const from = (address: string, words: string): string => `From ${address} icmp_seq=SEQ ${words}`;
  switch (disposition.kind) {
    case 'hostUnreachable':
      if (waitS <= neighbourWaitS) return null;
      return from(disposition.from ?? own, 'Destination Host Unreachable');
    case 'netUnreachable':
      return from(disposition.from ?? own, 'Destination Net Unreachable');
    case 'refused':
      return from(disposition.from, 'Destination Port Unreachable');
    case 'ttlExceeded':
      return from(disposition.from, 'Time to live exceeded');
    default:
      return null;
  }
};

/** A name was asked for, so a name is printed, or the address again where none is known. */
const nameOf = (world: ToolWorld, { target, address, options }: Ping): string => {
  if (options.values.has('n') || canonicalAddress(target) !== null) return address;
  const name = nameInHosts(world, address);
  return `${name ?? address} (${address})`;
};
