import { setLink, removeLink } from '../iproute/edit-link.ts';
import { addLink } from '../iproute/add-link.ts';
import { addAddress, flushAddresses, removeAddress } from '../iproute/edit-address.ts';
import { flushNeighbours } from '../iproute/edit-neighbour.ts';
import { addRoute, flushRoutes, removeRoute } from '../iproute/edit-route.ts';
import { linkNamed } from '../iproute/made-edits.ts';
import type { InterfaceRefusals } from '../net-tools/edit-interface.ts';
import type { RouteStyle } from '../net-tools/edit-route.ts';
import { failed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';

/** What iproute2 prints, by what BusyBox prints of the same answer of the kernel. */
const answers: readonly (readonly [said: RegExp, problem: string])[] = [
  [/Address already assigned/, 'File exists'],
  [/Address not found/, 'Cannot assign requested address'],
  [/invalid gateway/, 'Network is unreachable'],
  [/prefsrc|prefix for given|mtu/, 'Invalid argument'],
  [/not up/, 'Network is down'],
  [/Unknown device type/, 'Operation not supported'],
];

/** @source recorded with BusyBox 1.35, container-net-admin */
const inBusybox = (output: ToolOutput, missingExitCode: number): ToolOutput => {
  if (output.exitCode === 0) return { ...output, stderr: '' };
  const { stderr } = output;
  const device = /^Cannot find device "(.*)"/m.exec(stderr)?.[1];
  if (device !== undefined) return failed(missingExitCode, `ip: can't find device '${device}'\n`);
  const answer = /^RTNETLINK answers: (.*)/m.exec(stderr)?.[1];
  const problem = answer ?? answers.find(([said]) => said.test(stderr))?.[1];
  if (problem !== undefined) return failed(2, `ip: RTNETLINK answers: ${problem}\n`);
  return stderr.startsWith('netfold:') ? output : failed(1, `ip: ${firstLine(stderr)}\n`);
};

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replace(/^Error: /, '');

/** `ip link set` of BusyBox asks for the flags first. */
const setLinkInBusybox = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const name = words[0] === 'dev' ? words[1] : words[0];
  if (name !== undefined && linkNamed(edits.stack, name) === null) {
    return failed(2, 'ip: SIOCGIFFLAGS: No such device\n');
  }
  return inBusybox(setLink(edits, words), 1);
};

type Asked = {
  readonly object: string;
  readonly command: string;
  readonly words: readonly string[];
};

const missingLink = 2;

/** What a program without the right to is told. */
export const forbidden = ({ object, command }: Pick<Asked, 'object' | 'command'>): ToolOutput => {
  const text = 'Operation not permitted\n';
  if (object.startsWith('l') && command === 'set') return failed(2, `ip: SIOCSIFFLAGS: ${text}`);
  if (command === 'flush') return failed(1, `ip: can't send flush request: ${text}`);
  return failed(2, `ip: RTNETLINK answers: ${text}`);
};

/**
 * BusyBox `ip OBJECT COMMAND ...` that changes something.
 *
 * @returns `null` for what it has no command for
 */
export const editInBusybox = (edits: LineEdits, asked: Asked): ToolOutput | null => {
  const { words } = asked;
  const editors: Readonly<Record<string, () => ToolOutput>> = {
    'link add': () => inBusybox(addLink(edits, words), missingLink),
    'link set': () => setLinkInBusybox(edits, words),
    'link del': () => inBusybox(removeLink(edits, words), missingLink),
    'address add': () => inBusybox(addAddress(edits, words), 1),
    'address del': () => inBusybox(removeAddress(edits, words), 1),
    'address flush': () => inBusybox(flushAddresses(edits, words, null), 1),
    'route add': () => inBusybox(addRoute(edits, words, 'add', null), 1),
    'route append': () => inBusybox(addRoute(edits, words, 'append', null), 1),
    'route change': () => inBusybox(addRoute(edits, words, 'change', null), 1),
    'route replace': () => inBusybox(addRoute(edits, words, 'replace', null), 1),
    'route del': () => inBusybox(removeRoute(edits, words, null), 1),
    'route flush': () => inBusybox(flushRoutes(edits, words, null), 1),
    'neigh flush': () => inBusybox(flushNeighbours(edits, words), 1),
  };
  const command = asked.command === 'delete' ? 'del' : asked.command;
  const object = ['link', 'address', 'route', 'neigh'].find((one) => one.startsWith(asked.object));
  return editors[`${object ?? ''} ${command}`]?.() ?? null;
};

export const busyboxInterfaceRefusals: InterfaceRefusals = {
  missing: (_, isForAddress) =>
    failed(1, `ifconfig: ${isForAddress ? 'SIOCSIFADDR' : 'SIOCGIFFLAGS'}: No such device\n`),
  unknown: (word) => failed(1, `ifconfig: bad address '${word}'\n`),
};

export const busyboxRouteStyle: RouteStyle = { prefix: 'route: ', exitCode: 1 };
