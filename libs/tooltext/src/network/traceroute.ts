import type { Trace } from '@netfold/dataplane';
import { failed, lines } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { askNames, lookUp } from './lookup.ts';
import { numberOf, readOptions } from './options.ts';
import { originOf, roundTripMs } from './origin.ts';

const usualHops = 30;
const hopsMax = 64;
const usualProbes = 3;
const probesMax = 10;
/** Nobody listens there: the port's refusal tells that the target was reached. */
const firstPort = 33_434;

type Form = { readonly name: 'busybox' | 'debian'; readonly size: number };

const traceroute =
  (form: Form): Tool =>
  (world, argv) => {
    const options = readOptions(argv.slice(1), { flags: '46nIFdrvlUTe', valued: 'wqmpsfitz' });
    const [target] = options.rest;
    if (options.unknown !== null || target === undefined) {
      return failed(1, 'Usage: traceroute [-nI] [-m MAXTTL] [-q PROBES] [-w SEC] HOST [BYTES]\n');
    }
    const found = lookUp(world, target, options.values.has('6') ? [6] : [4]);
    const address = found.kind === 'found' ? found.addresses[0] : undefined;
    if (address === undefined) {
      return form.name === 'busybox'
        ? failed(1, `traceroute: bad address '${target}'\n`)
        : failed(2, `${target}: Name or service not known\nCannot handle "host" cmdline arg\n`);
    }
    const hops = Math.min(numberOf(options, 'm', usualHops), hopsMax);
    const probes = Math.max(1, Math.min(numberOf(options, 'q', usualProbes), probesMax));
    const size = form.size;
    const head = `traceroute to ${target} (${address}), ${hops} hops max, ${size} byte packets`;
    const way = { address, hops, probes, isIcmp: options.values.has('I') };
    const isNumeric = options.values.has('n');
    const result = hopLines(world, way, isNumeric);
    return result === null
      ? unreachable(form, address, head)
      : { stdout: lines([head, ...result]), stderr: '', exitCode: 0, durationMs: 0 };
  };

const unreachable = (form: Form, address: string, head: string): ToolOutput =>
  form.name === 'busybox'
    ? failed(1, `traceroute: can't connect to remote host (${address}): Network is unreachable\n`)
    : failed(1, 'traceroute: sendto: Network is unreachable\n', lines([head]));

/** The applet of BusyBox 1.35, and the program of Debian's traceroute package. */
export const busyboxTraceroute = traceroute({ name: 'busybox', size: 46 });
export const debianTraceroute = traceroute({ name: 'debian', size: 60 });

type Way = {
  readonly address: string;
  readonly hops: number;
  readonly probes: number;
  readonly isIcmp: boolean;
};

const hopLines = (world: ToolWorld, way: Way, isNumeric: boolean): string[] | null => {
  const shown: string[] = [];
  for (let ttl = 1; ttl <= way.hops; ttl += 1) {
    const { disposition } = probe(world, way, ttl);
    if (disposition.kind === 'netUnreachable' && disposition.from === null) return null;
    const { from, mark, isLast } = hopOf(disposition);
    const number = String(ttl).padStart(2);
    if (from === null) {
      shown.push(`${number}  ${Array.from({ length: way.probes }, () => '*').join('  ')}`);
    } else {
      const name = isNumeric ? from : `${askNames(world, [from]).get(from) ?? from} (${from})`;
      const times = Array.from(
        { length: way.probes },
        (_, index) => `  ${roundTripMs(ttl + index)} ms${mark}`,
      );
      shown.push(`${number}  ${name}${times.join('')}`);
    }
    if (isLast) break;
  }
  return shown;
};

const probe = (world: ToolWorld, { address, isIcmp }: Way, ttl: number): Trace =>
  world.packets.walk({
    ...originOf(world),
    protocol: isIcmp ? 'icmp' : 'udp',
    destination: address,
    port: isIcmp ? 0 : firstPort,
    ttl,
  });

type Hop = { readonly from: string | null; readonly mark: string; readonly isLast: boolean };

const hopOf = (disposition: Trace['disposition']): Hop => {
  switch (disposition.kind) {
    case 'ttlExceeded':
      return { from: disposition.from, mark: '', isLast: false };
    case 'refused':
    case 'delivered':
      return { from: disposition.from, mark: '', isLast: true };
    case 'hostUnreachable':
      return { from: disposition.from, mark: ' !H', isLast: disposition.from !== null };
    case 'netUnreachable':
      return { from: disposition.from, mark: ' !N', isLast: true };
    default:
      return { from: null, mark: '', isLast: false };
  }
};
