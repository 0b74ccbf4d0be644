import { replyTo } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { Input, Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { connect, failureText } from './connect.ts';
import type { Connected } from './connect.ts';
import { lookUp } from './lookup.ts';
import { numberOf, readOptions } from './options.ts';
import { serve } from './server.ts';
import type { Options } from './options.ts';

/** What the two netcats say differently. */
type Words = {
  readonly usage: string;
  badName(host: string): string;
  opened(to: Destination): string;
  failed(to: Destination, problem: string): string;
  readonly timedOut: string;
};

type Destination = {
  readonly host: string;
  readonly address: string;
  readonly port: string;
  readonly isUdp: boolean;
};

const portMax = 65_535;

const netcat =
  (words: Words, letters: { readonly flags: string; readonly valued: string }): Tool =>
  (world, argv, stdin) => {
    const options = readOptions(argv.slice(1), letters);
    const [host, port] = options.rest;
    if (options.values.has('l')) return serve(world, argv);
    if (options.unknown !== null || host === undefined || port === undefined) {
      return failed(1, words.usage);
    }
    const number = Number(port);
    if (!Number.isInteger(number) || number < 1 || number > portMax) {
      return failed(1, words.badName(host));
    }
    const found = lookUp(world, host, options.values.has('6') ? [6] : [4]);
    const address = found.kind === 'found' ? found.addresses[0] : undefined;
    if (address === undefined) return failed(1, words.badName(host));
    const to = { host, address, port, isUdp: options.values.has('u') };
    return converse(world, { to, options, words, stdin });
  };

type Call = {
  readonly to: Destination;
  readonly options: Options;
  readonly words: Words;
  readonly stdin: Input;
};

const converse = (world: ToolWorld, call: Call): ToolOutput => {
  const { to, options, words } = call;
  const waitS = numberOf(options, 'w', 0) || null;
  const protocol = to.isUdp ? 'udp' : 'tcp';
  const connected = connect(world, { protocol, address: to.address, port: Number(to.port) }, waitS);
  return to.isUdp ? sendDatagram(call, connected) : openStream(call, connected, words, waitS);
};

const openStream = (
  { to, options, stdin }: Call,
  connected: Connected,
  words: Words,
  waitS: number | null,
): ToolOutput => {
  const { failure } = connected;
  if (failure !== null) {
    const isOwnTimeout = failure === 'timedOut' && waitS !== null;
    const problem = isOwnTimeout ? words.timedOut : failureText[failure];
    return failed(1, words.failed(to, problem));
  }
  const stderr = options.values.has('v') ? words.opened(to) : '';
  if (options.values.has('z')) return { ...printed(''), stderr };
  if (connected.isClosedBehind) return { ...printed(''), stderr };
  return { ...printed(exchange(connected, stdin)), stderr };
};

/** A server that closes at once is not typed to. */
const exchange = ({ last }: Connected, stdin: Input): string => {
  const greeting = replyTo(last, '');
  return greeting.hasEnded ? greeting.text : replyTo(last, stdin.text).text;
};

/** UDP opens always; only something sent tells whether the port is refused. */
const sendDatagram = ({ to, options, words, stdin }: Call, connected: Connected): ToolOutput => {
  const { failure } = connected;
  const isRefused = failure === 'refused';
  if (failure === 'netUnreachable' && connected.first.arrivedAt === null) {
    return failed(1, words.failed(to, failureText.netUnreachable));
  }
  const stderr = options.values.has('v') ? words.opened(to) : '';
  if (options.values.has('z')) {
    return isRefused
      ? failed(1, words.failed(to, failureText.refused))
      : { ...printed(''), stderr };
  }
  const sent = stdin.text;
  if (sent === '') return { ...printed(''), stderr };
  if (isRefused) return failed(1, `${stderr}nc: read error: ${failureText.refused}\n`);
  if (failure !== null || connected.isClosedBehind) return { ...printed(''), stderr };
  return { ...printed(replyTo(connected.last, sent).text), stderr };
};

/** @source busybox 1.35 networking/nc_bloaty.c, as its messages were recorded */
export const busyboxNetcat: Tool = netcat(
  {
    usage:
      'BusyBox v1.35.0 () multi-call binary.\n\n' +
      'Usage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]\n',
    badName: (host) => `nc: bad address '${host}'\n`,
    opened: ({ host, address, port }) => `${host} (${address}:${port}) open\n`,
    failed: ({ host, address, port }, problem) => `nc: ${host} (${address}:${port}): ${problem}\n`,
    timedOut: 'Operation timed out',
  },
  { flags: 'zvulnk46', valued: 'wpsieo' },
);

const serviceNames: Readonly<Record<string, string>> = {
  '22': 'ssh',
  '53': 'domain',
  '80': 'http',
  '443': 'https',
  '3306': 'mysql',
  '5432': 'postgresql',
  '6379': 'redis',
  '8080': 'http-alt',
};

/** @source netcat-openbsd 1.219 netcat.c */
export const openbsdNetcat: Tool = netcat(
  {
    usage: 'usage: nc [-46CDdFhklNnrStUuvZz] [-p source_port] [-w timeout] [destination] [port]\n',
    badName: (host) => `nc: getaddrinfo for host "${host}" port: Name or service not known\n`,
    opened: ({ host, address, port, isUdp }) => {
      const who = host === address ? host : `${host} (${address})`;
      const service = `${isUdp ? 'udp' : 'tcp'}/${serviceNames[port] ?? '*'}`;
      return `Connection to ${who} ${port} port [${service}] succeeded!\n`;
    },
    failed: ({ host, address, port, isUdp }, problem) => {
      const who = host === address ? host : `${host} (${address})`;
      const protocol = isUdp ? 'udp' : 'tcp';
      return problem === nowInProgress
        ? `nc: connect to ${who} port ${port} (${protocol}) timed out: ${problem}\n`
        : `nc: connect to ${who} port ${port} (${protocol}) failed: ${problem}\n`;
    },
    timedOut: 'Operation now in progress',
  },
  { flags: 'zvulnkN46dhDtUrSFC', valued: 'wpsiqIMmOPTVWXx' },
);

const nowInProgress = 'Operation now in progress';
