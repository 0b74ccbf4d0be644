import { canonicalAddress } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { askNames, hostsFileNames, lookUp } from './lookup.ts';

const hint = "Try `getent --help' or `getent --usage' for more information.\n";
/** One of the keys was not found. */
const notFound = 2;
const addressWidth = 15;

const socketTypes = ['STREAM', 'DGRAM', 'RAW'] as const;

/** The databases of the name service switch that have a network behind them. */
const databases: Readonly<Record<string, (world: ToolWorld, key: string) => readonly string[]>> = {
  hosts: (world, key) => hostLines(world, key),
  ahosts: (world, key) => socketLines(world, key, [4, 6]),
  ahostsv4: (world, key) => socketLines(world, key, [4]),
  ahostsv6: (world, key) => socketLines(world, key, [6]),
};

/** Databases of files that no lesson on networks asks. */
const unplayed = new Set(
  (
    'aliases ethers group gshadow initgroups netgroup networks passwd protocols rpc services ' +
    'shadow'
  ).split(' '),
);

/** `getent DATABASE KEY...` of the GNU C library. */
export const getent: Tool = (world, argv) => {
  const [database, ...keys] = argv.slice(1);
  if (database === undefined) return failed(1, `getent: wrong number of arguments\n${hint}`);
  const look = databases[database];
  if (look === undefined) {
    if (!unplayed.has(database)) return failed(1, `Unknown database: ${database}\n${hint}`);
    return failed(1, `netfold: \`getent ${database}\` is not simulated\n`);
  }
  if (keys.length === 0) return printed(lines(hostsFileNames(world).map(hostLine)));
  const found = keys.map((key) => look(world, key));
  const output = printed(lines(found.flat()));
  return found.some((one) => one.length === 0) ? { ...output, exitCode: notFound } : output;
};

type NamedAddress = { readonly address: string; readonly names: readonly string[] };

const hostLine = ({ address, names }: NamedAddress): string =>
  `${address.padEnd(addressWidth)} ${names.join(' ')}`;

/** One family alone: IPv6 where there is any. */
function hostLines(world: ToolWorld, key: string): readonly string[] {
  const address = canonicalAddress(key);
  const ofFile = hostsFileNames(world);
  if (address !== null) {
    const line = ofFile.find((one) => one.address === address);
    const name = line === undefined ? askNames(world, [address]).get(address) : undefined;
    const named = line ?? (name === undefined ? null : { address, names: [name] });
    return named === null ? [] : [hostLine(named)];
  }
  for (const family of [6, 4] as const) {
    const found = lookUp(world, key, [family]);
    if (found.kind !== 'found') continue;
    return found.addresses.map((one) => {
      const line = ofFile.find((row) => row.address === one && row.names.includes(key));
      return hostLine(line ?? { address: one, names: [key] });
    });
  }
  return [];
}

/** Each address once for each kind of socket; the name stands in the very first line. */
function socketLines(
  world: ToolWorld,
  key: string,
  families: readonly (4 | 6)[],
): readonly string[] {
  const found = lookUp(world, key, families);
  if (found.kind !== 'found') return [];
  return found.addresses
    .flatMap((address) => socketTypes.map((type) => [address, type] as const))
    .map(([address, type], at) => {
      const name = at === 0 ? key : '';
      return `${address.padEnd(addressWidth)} ${type.padEnd(6)} ${name}`;
    });
}
