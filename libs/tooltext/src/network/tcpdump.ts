import type { InterfaceRow } from '@netfold/dataplane';
import type { PrintedPiece, Program, ProgramOutput } from '../program-call.ts';
import { readOptions } from './options.ts';

const anyDevice = 'any';

const stderr = (text: string): PrintedPiece => ({ stream: 'stderr', text });

const ended = (exitCode: number, text: string): ProgramOutput => ({
  pieces: [stderr(text)],
  exitCode,
  durationMs: 0,
});

/** The first NIC that is up, as libpcap takes it where none is named. */
const firstDevice = (interfaces: readonly InterfaceRow[]): string =>
  interfaces.find((row) => row.isUp && row.kind !== 'loopback')?.name ?? 'lo';

const counts = '\n0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n';

/** Real wires are seldom idle: who waits for a packet is told that none will come. */
const deaf = 'netfold: what is sent meanwhile is not simulated: nothing will be heard\n';

const versionText = `tcpdump version 4.99.3
libpcap version 1.10.3 (with TPACKET_V3)
OpenSSL 3.0.22 1 Sep 2026
`;

/**
 * `tcpdump` listens and hears nothing, which is said: a program of a lab is played ahead, when what
 * others send has not been sent. It waits until it is told to end, and then counts none.
 *
 * @source tcpdump 4.99.3, as it printed on Debian 12
 */
export const tcpdump: Program = ({ world, argv }) => {
  const options = readOptions(argv.slice(1), {
    flags: 'AbdDefhHIJKlLnNOpqSStuUvxX#',
    valued: 'BcCEFGijmMPrQsTVwWyzZ',
    long: { version: 'version', help: 'h', 'list-interfaces': 'D', interface: 'i', count: 'c' },
  });
  if (options.unknown !== null) {
    return ended(1, `tcpdump: invalid option -- '${options.unknown.slice(1, 2)}'\n`);
  }
  if (options.values.has('version')) return ended(0, versionText);
  if (options.values.has('D') || options.values.has('r') || options.values.has('w')) {
    return ended(1, 'netfold: `tcpdump` is simulated listening to one device\n');
  }
  const { interfaces } = world.stack;
  const device = options.values.get('i') ?? firstDevice(interfaces);
  if (world.user !== 'root') {
    return ended(
      1,
      `tcpdump: ${device}: You don't have permission to capture on that device\n` +
        '(socket: Operation not permitted)\n',
    );
  }
  const row = interfaces.find(({ name }) => name === device);
  if (row === undefined && device !== anyDevice) {
    return ended(1, `tcpdump: ${device}: No such device exists\n(No such device exists)\n`);
  }
  const isVerbose = argv.some((word) => /^-[a-zA-Z]*v/.test(word));
  const cooked = device === anyDevice;
  const link = cooked ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
  const end = `link-type ${link}, snapshot length 262144 bytes\n`;
  const first = cooked ? 'tcpdump: data link type LINUX_SLL2\n' : '';
  const listening = isVerbose
    ? `tcpdump: listening on ${device}, ${end}`
    : 'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n' +
      `listening on ${device}, ${end}`;
  return {
    pieces: [stderr(first + listening + deaf)],
    exitCode: 0,
    durationMs: null,
    lastWords: [stderr(counts)],
  };
};
