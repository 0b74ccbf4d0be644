import { canonicalAddress, familyOf } from '@netfold/dataplane';
import type { InterfaceRow } from '@netfold/dataplane';
import { ipv4Number, splitAddress } from '../iproute/interface-text.ts';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { lookUp } from './lookup.ts';
import { numberOf, readOptions } from './options.ts';
import type { Options } from './options.ts';
import { originOf, roundTripMs } from './origin.ts';

const usage = `
Usage:
  arping [options] <destination>

Options:
  -f            quit on first reply
  -q            be quiet
  -b            keep on broadcasting, do not unicast
  -D            duplicate address detection mode
  -U            unsolicited ARP mode, update your neighbours
  -A            ARP answer mode, update your neighbours
  -V            print version and exit
  -c <count>    how many packets to send
  -w <timeout>  how long to wait for a reply
  -i <interval> set interval between packets (default: 1 second)
  -I <device>   which ethernet device to use
  -s <source>   source ip address
  <destination> dns name or ip address

For more details see arping(8).
`;
const problemCode = 2;
const secondMs = 1_000;
/** Without a count it asks until somebody stops it: so far it is played. */
const endlessMax = 100;

/** @source iputils 20221126 arping.c, as it printed between two namespaces */
export const arping: Tool = (world, argv) => {
  const options = readOptions(argv.slice(1), { flags: 'fqbDUAVh', valued: 'cwiIs' });
  const [target] = options.rest;
  if (options.unknown !== null || target === undefined) return failed(problemCode, usage);
  const found = lookUp(world, target, [4]);
  if (found.kind !== 'found') {
    const why =
      found.kind === 'noAnswer'
        ? 'Temporary failure in name resolution'
        : 'Name or service not known';
    return failed(problemCode, `arping: ${target}: ${why}\n`);
  }
  const address = found.addresses[0] ?? target;
  const device = deviceFor(world, address, options.values.get('I'));
  if (typeof device === 'string') return failed(problemCode, device);
  return ask(world, { address, device, options });
};

const isIPv4Here = ({ address, family }: InterfaceRow['addresses'][number]): boolean =>
  family === 4 && address !== '';

/** The NIC to ask on, or why there is none. */
const deviceFor = (
  world: ToolWorld,
  address: string,
  name: string | undefined,
): InterfaceRow | string => {
  const { interfaces } = world.stack;
  if (name !== undefined) {
    const named = interfaces.find((row) => row.name === name);
    if (named === undefined) return `arping: Device ${name} not available.\n`;
    return named.kind === 'loopback' ? `Interface "${name}" is not ARPable\n` : named;
  }
  const source = world.packets.walk({
    ...originOf(world),
    protocol: 'icmp',
    destination: address,
    port: 0,
  }).source;
  const found = interfaces.find((row) =>
    row.addresses.some((one) => splitAddress(one.address).address === source),
  );
  if (found !== undefined && found.kind !== 'loopback') return found;
  return 'arping: No suitable device found. Please use option -I.\n';
};

type Asked = {
  readonly address: string;
  readonly device: InterfaceRow;
  readonly options: Options;
};

const ask = (world: ToolWorld, { address, device, options }: Asked): ToolOutput => {
  const { values } = options;
  const own = device.addresses.find(isIPv4Here)?.address;
  const isDuplicate = values.has('D');
  const source = isDuplicate ? '0.0.0.0' : (values.get('s') ?? ownAddress(own));
  const mac = macOf(world, address, device);
  const isQuiet = values.has('q');
  const limit = values.has('f') || isDuplicate ? 1 : endlessMax;
  const asked = numberOf(options, 'c', values.has('w') ? numberOf(options, 'w', 1) : 0);
  const isEndless = asked === 0 && (mac === null || limit > 1);
  const count = asked === 0 ? (mac === null ? endlessMax : limit) : asked;
  const sent = mac !== null && limit === 1 ? 1 : count;
  const replies = Array.from({ length: mac === null ? 0 : sent }, (_, at) => {
    const answered = `${address} [${(mac ?? '').toUpperCase()}]`;
    return `Unicast reply from ${answered}  ${roundTripMs(at)}ms`;
  });
  const broadcasts = mac === null || values.has('b') ? sent : 1;
  const head = `ARPING ${address} from ${source} ${device.name}`;
  const end = isEndless
    ? []
    : [
        `Sent ${sent} probes (${broadcasts} broadcast(s))`,
        `Received ${replies.length} response(s)`,
      ];
  const isFailed = isDuplicate ? replies.length > 0 : replies.length === 0;
  const durationMs = isEndless ? null : (mac === null ? sent : sent - 1) * secondMs;
  const stdout = isQuiet ? '' : lines([head, ...replies, ...end]);
  return { ...printed(stdout), exitCode: isFailed ? 1 : 0, durationMs };
};

const ownAddress = (address: string | undefined): string =>
  address === undefined ? '0.0.0.0' : splitAddress(address).address;

const bitsMax = 32;

/** Whether the NIC has an address of the same segment: ARP does not leave it. */
const isOnSegment = (address: string, { addresses }: InterfaceRow): boolean =>
  addresses.filter(isIPv4Here).some((one) => {
    const own = splitAddress(one.address);
    const size = 2 ** (bitsMax - own.prefix);
    const of = (text: string): number => Math.floor(ipv4Number(text) / size);
    return of(own.address) === of(address);
  });

/** Who has the address on the segment of the NIC; `null`: nobody answers. */
const macOf = (world: ToolWorld, address: string, device: InterfaceRow): string | null => {
  const wanted = canonicalAddress(address);
  if (wanted === null || familyOf(wanted) !== 4 || !isOnSegment(wanted, device)) return null;
  world.packets.walk({ ...originOf(world), protocol: 'icmp', destination: wanted, port: 0 });
  const taught = world.packets.taught.neighbours.findLast(
    (one) => one.address === wanted && one.how === 'answered' && one.mac !== null,
  );
  const known = world.stack.neighbours.find(
    (one) => one.device === device.name && one.address === wanted && one.state !== 'INCOMPLETE',
  );
  return taught?.mac ?? known?.mac ?? null;
};
