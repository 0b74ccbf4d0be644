import { neighbourStateAt } from '@netfold/dataplane';
import type { InterfaceRow } from '@netfold/dataplane';
import { isResolved } from '../iproute/ip-neigh.ts';
import { destinationOf } from '../iproute/route-order.ts';
import { splitAddress } from '../iproute/interface-text.ts';
import { routesInOrder } from '../iproute/route-order.ts';
import { lines } from '../tool.ts';
import type { StackView } from '../tool.ts';

/** Little-endian hexadecimal, as /proc prints an IPv4 address. */
const hexAddress = (address: string): string =>
  address
    .split('.')
    .toReversed()
    .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase())
    .join('');

const hexMask = (prefix: number): string => {
  const bits = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return hexAddress([24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.'));
};

const zeros =
  '       0       0    0    0    0     0          0         0' +
  '        0       0    0    0    0     0       0          0';

const netDev = (stack: StackView): string =>
  lines([
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs ' +
      'drop fifo colls carrier compressed',
    ...stack.interfaces.map((row) => `${row.name.padStart(6)}:${zeros}`),
  ]);

const netRoute = (stack: StackView): string =>
  lines(
    [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      ...routesInOrder(stack.routes, 4).map((row) => {
        const { address, prefix } = destinationOf(row);
        const flags = row.gateway === null ? '0001' : '0003';
        const cells = [
          row.device,
          hexAddress(address),
          hexAddress(row.gateway ?? '0.0.0.0'),
          flags,
          0,
          0,
          row.metric,
          hexMask(prefix),
          0,
          0,
          0,
        ];
        return cells.join('\t');
      }),
    ].map((line) => line.padEnd(127)),
  );

const netArp = (stack: StackView, now: number): string =>
  lines([
    'IP address       HW type     Flags       HW address            Mask     Device',
    ...stack.neighbours
      .filter((row) => !row.address.includes(':'))
      .map((row) => {
        const isComplete = isResolved(neighbourStateAt(row, now));
        const flags = !isComplete ? '0x0' : row.state === 'PERMANENT' ? '0x6' : '0x2';
        const mac = isComplete ? row.mac : '00:00:00:00:00:00';
        const head = `${row.address.padEnd(16)} 0x1         ${flags}         ${mac}`;
        return `${head}     *        ${row.device}`;
      }),
  ]);

const scopes = { global: '00', link: '20', host: '10' };

/** Every group of an IPv6 address in four digits, without colons. */
const longIPv6 = (address: string): string => {
  const [left = '', right] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const before = groups(left);
  const after = right === undefined ? [] : groups(right);
  const missing = right === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return all.map((group) => group.padStart(4, '0')).join('');
};

const ifInet6 = (stack: StackView): string =>
  lines(
    stack.interfaces.flatMap((row) =>
      row.addresses
        .filter((one) => one.family === 6)
        .map((one) => {
          const { address, prefix } = splitAddress(one.address);
          const index = row.interfaceIndex.toString(16).padStart(2, '0');
          const length = prefix.toString(16).padStart(2, '0');
          const flags = one.noDad ? '82' : '80';
          const head = `${longIPv6(address)} ${index} ${length} ${scopes[one.scope]} ${flags}`;
          return `${head} ${row.name.padStart(8)}`;
        }),
    ),
  );

const readers: Readonly<Record<string, (stack: StackView, now: number) => string>> = {
  '/proc/net/dev': netDev,
  '/proc/net/route': netRoute,
  '/proc/net/arp': netArp,
  '/proc/net/if_inet6': ifInet6,
};

const flagBits = (row: InterfaceRow): string => {
  const base = row.kind === 'loopback' ? 0x8 : 0x1002;
  return `0x${(base + (row.isUp ? 1 : 0)).toString(16)}`;
};

const attributes: Readonly<Record<string, (row: InterfaceRow) => string>> = {
  address: (row) => row.mac,
  broadcast: (row) => (row.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'),
  carrier: (row) => (row.hasCarrier ? '1' : '0'),
  flags: flagBits,
  ifindex: (row) => String(row.interfaceIndex),
  iflink: (row) => String(row.peerInterfaceIndex ?? row.interfaceIndex),
  mtu: (row) => String(row.mtuBytes),
  operstate: (row) => row.operationalState.toLowerCase(),
  tx_queue_len: (row) => String(row.queueLength ?? 0),
  type: (row) => (row.kind === 'loopback' ? '772' : '1'),
};

/** What a bridge is set to, in hundredths of a second: nobody sets another. */
const bridgeSettings: Readonly<Record<string, string>> = {
  ageing_time: '30000',
  forward_delay: '1500',
  hello_time: '200',
  max_age: '2000',
  multicast_snooping: '1',
  priority: '32768',
  stp_state: '0',
  vlan_filtering: '0',
};

const bridgeIds = ['bridge_id', 'root_id'];

const bridgeFile = ({ mac }: InterfaceRow, name: string | undefined): string | null => {
  if (name === undefined) return null;
  if (bridgeIds.includes(name)) return `8000.${mac.replaceAll(':', '')}\n`;
  const value = Object.hasOwn(bridgeSettings, name) ? bridgeSettings[name] : undefined;
  return value === undefined ? null : `${value}\n`;
};

const interfaceAt = (stack: StackView, path: string): [InterfaceRow, string[]] | null => {
  const parts = /^\/sys\/class\/net\/([^/]+)(?:\/(.*))?$/.exec(path);
  const row = stack.interfaces.find((one) => one.name === parts?.[1]);
  return row === undefined
    ? null
    : [row, (parts?.[2] ?? '').split('/').filter((one) => one !== '')];
};

/** A file below /proc/net or /sys/class/net, or `null`. */
export const readKernelFile = (stack: StackView, path: string, now: number): string | null => {
  const reader = readers[path.replace('/proc/self/net/', '/proc/net/')];
  if (reader !== undefined) return reader(stack, now);
  const found = interfaceAt(stack, path);
  if (found === null) return null;
  const [row, [name, more]] = found;
  if (name === 'bridge' && row.kind === 'bridge') return bridgeFile(row, more);
  const attribute = more === undefined ? attributes[name ?? ''] : undefined;
  return attribute === undefined ? null : `${attribute(row)}\n`;
};

const listInterface = (
  stack: StackView,
  row: InterfaceRow,
  rest: readonly string[],
): string[] | null => {
  const [name, more] = rest;
  if (name === undefined) {
    const extra =
      row.kind === 'bridge' ? ['bridge', 'brif'] : row.master === null ? [] : ['brport'];
    return [...Object.keys(attributes), ...extra].toSorted();
  }
  if (name === 'bridge' && row.kind === 'bridge' && more === undefined) {
    return [...Object.keys(bridgeSettings), ...bridgeIds].toSorted();
  }
  // What a port's own folder says of it is not simulated.
  if (name === 'brport' && row.master !== null && more === undefined) return [];
  if (name !== 'brif' || row.kind !== 'bridge') return null;
  const ports = stack.interfaces
    .filter((one) => one.master === row.name)
    .map((one) => one.name)
    .toSorted();
  if (more === undefined) return ports;
  return ports.includes(more) ? [] : null;
};

/** The names in a directory below /proc/net or /sys/class/net, or `null`. */
export const listKernelDirectory = (stack: StackView, path: string): string[] | null => {
  if (path === '/sys/class/net') return stack.interfaces.map((row) => row.name).toSorted();
  if (path === '/proc/net') {
    return Object.keys(readers)
      .map((one) => one.slice('/proc/net/'.length))
      .toSorted();
  }
  const found = interfaceAt(stack, path);
  return found === null ? null : listInterface(stack, found[0], found[1]);
};
