import type { Recording } from '@netfold/test-transcripts';
import { askedBy, type Input } from './mutation-of.ts';
import type { RecordedNetwork } from './recorded-state.ts';

/** How a copy of a lab is made with other names and subnets, and how it is told back. */
export type Disguise = {
  /** The copy's name of a host, a container or a network. */
  name(plain: string): string;
  readonly lans: readonly object[] | null;
  input(mutation: string, input: Input): Input;
  /** Names and addresses of the copy in a text become those of the recording. */
  undo(text: string): string;
};

export const noDisguise: Disguise = {
  name: (plain) => plain,
  lans: null,
  input: (_, input) => input,
  undo: (text) => text,
};

/** Sorts after `bridge`, as the names of the recorded networks do: interfaces are named by that. */
const prefix = 'copy-';

/** Recorded machines are on 192.168.50.0/24; NICs have the end of their address in their MAC. */
const lan = { plain: { third: 50, hex: '32' }, copied: { third: 77, hex: '4d' } } as const;

/** How far away the subnets of the copy are: in the second octet. */
const octetShift = 10;

/** A copy of a recorded topology: every name and every subnet that one may choose is another. */
export function disguiseOf(recording: Recording): Disguise {
  const names = namesIn(recording);
  const subnets = subnetsByName(recording);
  const copied = [...subnets.values()].flat().map((subnet) => shifted(subnet, octetShift));
  const name = (plain: string): string => (names.has(plain) ? `${prefix}${plain}` : plain);
  return {
    name,
    lans: [
      {
        name: 'lan0',
        subnet: `192.168.${lan.copied.third}.0/24`,
        gateway: `192.168.${lan.copied.third}.1`,
      },
    ],
    input: (mutation, input) => {
      const renamed = renamedInput(input, name);
      if (mutation !== 'networkCreate') return renamed;
      const subnet = subnets.get(String(input['name']))?.shift();
      const pools = renamed['pools'] as readonly object[];
      if (subnet === undefined || pools.length > 0) return renamed;
      return { ...renamed, pools: [{ subnet: shifted(subnet, octetShift) }] };
    },
    undo: (text) => undone(text.replaceAll(prefix, ''), copied),
  };
}

function namesIn(recording: Recording): ReadonlySet<string> {
  const names = new Set(recording.topology.hosts);
  for (const exchange of recording.answers.flatMap(({ api = [] }) => api)) {
    const asked = askedBy(exchange);
    if (asked?.kind === 'mutation' && asked.name.endsWith('Create')) {
      const name = String(asked.input['name']);
      if (name !== '') names.add(name);
    }
  }
  return names;
}

/** The subnets that the engine gave to networks of a name, in order of their creation. */
function subnetsByName(recording: Recording): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const networks = recording.moments.flatMap(({ state }) =>
    Object.entries(state).flatMap(([key, value]) =>
      key.startsWith('engine/network/') ? [value as RecordedNetwork] : [],
    ),
  );
  for (const exchange of recording.answers.flatMap(({ api = [] }) => api)) {
    const id = (exchange.answer as { readonly Id?: string } | null)?.Id;
    const network = networks.find(({ Id }) => Id === id);
    const subnet = network?.IPAM.Config?.[0]?.Subnet;
    if (network === undefined || subnet === undefined) continue;
    found.set(network.Name, [...(found.get(network.Name) ?? []), subnet]);
  }
  return found;
}

/** Addresses move with their subnets; names of containers, networks and aliases get the prefix. */
function renamedInput(input: Input, name: (plain: string) => string): Input {
  const changed: Record<string, unknown> = { ...input };
  for (const key of ['host', 'name', 'container', 'network', 'networkMode']) {
    const value = input[key];
    if (typeof value === 'string') changed[key] = renamedReference(value, name);
  }
  if (Array.isArray(input['links'])) {
    changed['links'] = (input['links'] as readonly string[]).map((link) => {
      const [target = '', alias] = link.split(':');
      return alias === undefined ? name(target) : `${name(target)}:${prefix}${alias}`;
    });
  }
  if (Array.isArray(input['aliases'])) {
    // A client may name a container by the short form of its id, too.
    changed['aliases'] = (input['aliases'] as readonly string[]).map((one) =>
      /^[0-9a-f]{12}$/.test(one) ? one : `${prefix}${one}`,
    );
  }
  if (Array.isArray(input['endpoints'])) {
    const endpoints = input['endpoints'] as readonly Input[];
    changed['endpoints'] = endpoints.map((endpoint) => renamedInput(endpoint, name));
  }
  if (typeof input['endpoint'] === 'object' && input['endpoint'] !== null) {
    changed['endpoint'] = renamedInput(input['endpoint'] as Input, name);
  }
  if (Array.isArray(input['pools'])) {
    changed['pools'] = JSON.parse(shiftedIn(JSON.stringify(input['pools']))) as unknown;
  }
  const address = input['ipv4Address'];
  if (typeof address === 'string') changed['ipv4Address'] = shiftedIn(address);
  return changed;
}

function renamedReference(value: string, name: (plain: string) => string): string {
  const [mode, target] = value.split(':');
  return mode === 'container' && target !== undefined ? `container:${name(target)}` : name(value);
}

const ipv4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

const shiftedIn = (text: string): string =>
  text.replaceAll(ipv4, (address) => shifted(address, octetShift));

function shifted(address: string, by: number): string {
  const [first = '', second = '', ...rest] = address.split('.');
  return [first, String(Number(second) + by), ...rest].join('.');
}

function undone(text: string, copied: readonly string[]): string {
  const plainAddress = (address: string): string => {
    const isCopied = copied.some((subnet) => contains(subnet, address));
    if (isCopied) return shifted(address, -octetShift);
    return address.replace(`192.168.${lan.copied.third}.`, `192.168.${lan.plain.third}.`);
  };
  return text
    .replaceAll(ipv4, plainAddress)
    .replaceAll(/\b02:42((?::[0-9a-f]{2}){4})\b/g, (_, octets: string) => {
      const address = octets
        .slice(1)
        .split(':')
        .map((octet) => Number.parseInt(octet, 16));
      const plain = plainAddress(address.join('.')).split('.').map(Number);
      return ['02:42', ...plain.map((octet) => octet.toString(16).padStart(2, '0'))].join(':');
    })
    .replaceAll(`52:54:00:00:${lan.copied.hex}:`, `52:54:00:00:${lan.plain.hex}:`)
    .replaceAll(`5054:ff:fe00:${lan.copied.hex}`, `5054:ff:fe00:${lan.plain.hex}`);
}

function contains(subnet: string, address: string): boolean {
  const [network = '', length = '32'] = subnet.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
}

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
