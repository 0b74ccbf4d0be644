import { canonicalAddress } from '@netfold/dataplane';
import type { Disposition, Trace } from '@netfold/dataplane';
import { failed, lines } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { lookUp } from './lookup.ts';
import { numberOf, readOptions } from './options.ts';
import type { Options } from './options.ts';
import { originOf, roundTripMs } from './origin.ts';
import { echoCounts, echoStatistics } from './echo.ts';
import { busyboxUsage, invalidOption } from '../busybox/usage.ts';

const usage = busyboxUsage(`Usage: ping [OPTIONS] HOST

Send ICMP ECHO_REQUESTs to HOST

	-4,-6		Force IP or IPv6 name resolution
	-c CNT		Send only CNT pings
	-s SIZE		Send SIZE data bytes in packets (default 56)
	-i SECS		Interval
	-A		Ping as soon as reply is received
	-t TTL		Set TTL
	-I IFACE/IP	Source interface or IP address
	-W SEC		Seconds to wait for the first response (default 10)
			(after all -c CNT packets are sent)
	-w SEC		Seconds until ping exits (default:infinite)
			(can exit earlier with -c CNT)
	-q		Quiet, only display output at start/finish
	-p HEXBYTE	Payload pattern
`);

/** @source busybox 1.35 networking/ping.c */
export const busyboxPing: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), { flags: '46qnA', valued: 'cstWwIip' });
  const [target] = options.rest;
  if (options.unknown !== null) return failed(1, invalidOption('ping', options.unknown) + usage);
  const wrong = ['c', 's', 't', 'w', 'W'].find((letter) => !isNumber(options, letter));
  if (wrong !== undefined) {
    return failed(1, `ping: invalid number '${options.values.get(wrong) ?? ''}'\n`);
  }
  if (target === undefined) return failed(1, usage);
  const bound = options.values.get('I') ?? null;
  // A word that names no device is taken for an address or a name of one.
  if (bound !== null && !isDevice(world, bound) && lookUp(world, bound, [4, 6]).kind !== 'found') {
    return failed(1, `ping: bad address '${bound}'\n`);
  }
  const found = lookUp(world, target, familiesOf(options, argv[0] ?? ''));
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return failed(1, `ping: bad address '${target}'\n`);
  return pingAddress(world, { target, address, options });
};

const isNumber = ({ values }: Options, letter: string): boolean =>
  /^\d+$/.test(values.get(letter) ?? '0');

const isDevice = (world: ToolWorld, word: string): boolean =>
  world.stack.interfaces.some(({ name }) => name === word);

const familiesOf = ({ values }: Options, name: string): (4 | 6)[] => {
  if (values.has('6') || name === 'ping6') return [6];
  return values.has('4') ? [4] : [4, 6];
};

type Ping = { readonly target: string; readonly address: string; readonly options: Options };

const usualSize = 56;
const headerSize = 8;

const pingAddress = (world: ToolWorld, { target, address, options }: Ping): ToolOutput => {
  const size = numberOf(options, 's', usualSize);
  const { count, isEndless, lineAtMs } = echoCounts(options);
  const bound = canonicalAddress(options.values.get('I') ?? '');
  const from = bound === null ? '' : ` from ${bound}`;
  const head = `PING ${target} (${address})${from}: ${size} data bytes`;
  if (world.lacksRawSockets === true) {
    return failed(1, 'ping: permission denied (are you root?)\n', lines([head]));
  }
  const trace = world.packets.walk({
    ...originOf(world),
    protocol: 'icmp',
    destination: address,
    port: 0,
    ttl: numberOf(options, 't', 64),
  });
  const problem = sendProblem(trace);
  if (problem !== null) return failed(1, `ping: sendto: ${problem}\n`, lines([head]));
  const { disposition } = trace;
  const isAnswered = disposition.kind === 'delivered';
  const replies = isAnswered
    ? Array.from({ length: count }, (_, sequence) => reply(disposition, sequence, size))
    : [];
  const shown = options.values.has('q') ? [] : replies;
  if (isEndless) {
    const stdout = lines([head, ...shown]);
    return { stdout, stderr: '', exitCode: 0, durationMs: null, lineAtMs };
  }
  const received = replies.length;
  const { loss, least, mean, most } = echoStatistics(count, received);
  const tail = [
    '',
    `--- ${target} ping statistics ---`,
    `${count} packets transmitted, ${received} packets received, ${loss}% packet loss`,
    ...(isAnswered ? [`round-trip min/avg/max = ${least}/${mean}/${most} ms`] : []),
  ];
  const stdout = lines([head, ...shown, ...tail]);
  return { stdout, stderr: '', exitCode: isAnswered ? 0 : 1, durationMs: 0 };
};

const reply = (
  { from, ttl }: Extract<Disposition, { kind: 'delivered' }>,
  sequence: number,
  size: number,
): string => {
  const time = roundTripMs(sequence);
  return `${size + headerSize} bytes from ${from}: seq=${sequence} ttl=${ttl} time=${time} ms`;
};

/** What the own kernel refuses to send. */
const sendProblem = ({ disposition }: Trace): string | null => {
  if (disposition.kind === 'netUnreachable' && disposition.from === null) {
    return 'Network is unreachable';
  }
  const isOwnRule = disposition.kind === 'dropped' && disposition.by.chain === 'OUTPUT';
  return isOwnRule ? 'Operation not permitted' : null;
};
