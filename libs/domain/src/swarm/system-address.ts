import { formatIp, mustParseCidr, parseIp } from '@netfold/addressing';
import type { Refusal } from '@netfold/contracts';
import * as refusals from '../refusal/swarm.ts';
import type { LabHost } from '../state/lab-host.ts';

const defaultPort = 2377;
const portMax = 65_535;

export type Resolved = { readonly address: string } | { readonly refusal: Refusal };

/**
 * The address that a node advertises: the one given, that of the interface given, or the host's
 * only one.
 *
 * @param advertise  address or interface name, with a port or not; empty: find out
 * @source moby/moby daemon/cluster/listen_addr.go resolveAdvertiseAddr
 */
export function resolveAdvertised(host: LabHost, advertise: string): Resolved {
  if (advertise === '') return systemAddress(host);
  const name = hostPartOf(advertise);
  const ofInterface = interfaceAddress(host, name);
  if (ofInterface !== null) return { address: ofInterface };
  const address = parseIp(name);
  const isUnspecified = address !== null && BigInt(address.value) === 0n;
  if (address === null || isUnspecified) return { refusal: refusals.badAdvertiseAddress() };
  return { address: formatIp(address) };
}

/**
 * What stands against a listen address: it must be an interface of the host or an address.
 *
 * @source moby/moby daemon/cluster/listen_addr.go resolveListenAddr
 */
export function refusalOfListening(host: LabHost, listen: string): Refusal | null {
  if (listen === '') return refusals.emptyListenAddress();
  const name = hostPartOf(listen);
  const isKnown = interfaceAddress(host, name) !== null || parseIp(name) !== null;
  return isKnown ? null : refusals.badListenAddress();
}

/**
 * An unspecified listen address needs a local one to bind: the advertised one when the host has
 * it, else its only one.
 *
 * @source moby/moby daemon/cluster/swarm.go Init
 */
export function refusalOfBinding(
  host: LabHost,
  listen: string,
  advertised: string,
): Refusal | null {
  const address = parseIp(hostPartOf(listen));
  if (address === null || BigInt(address.value) !== 0n) return null;
  if (ownAddresses(host).includes(advertised)) return null;
  return 'refusal' in systemAddress(host) ? refusals.mustSpecifyListenAddress() : null;
}

/**
 * The manager of a new cluster listens at an address and a port that its host has.
 *
 * @source recorded engine; swarmkit manager/manager.go BindRemote
 */
export function refusalOfPort(host: LabHost, listen: string): Refusal | null {
  const port = portPartOf(listen);
  if (port > portMax) return refusals.managerDeaf(`listen tcp: address ${port}: invalid port`);
  const address = parseIp(hostPartOf(listen));
  if (address?.family !== 4 || BigInt(address.value) === 0n) return null;
  const text = formatIp(address);
  if (text.startsWith('127.') || ownAddresses(host).includes(text)) return null;
  return refusals.managerDeaf(`listen tcp ${text}:${port}: bind: cannot assign requested address`);
}

function systemAddress(host: LabHost): Resolved {
  const [first, second] = host.spec.nics.map((nic) => ({
    nic: nic.name,
    address: bare(nic.address),
  }));
  if (first === undefined) return { refusal: refusals.noSystemAddress() };
  if (second !== undefined) return { refusal: refusals.severalAddresses(first, second) };
  return { address: first.address };
}

function interfaceAddress(host: LabHost, name: string): string | null {
  if (name === 'lo') return '127.0.0.1';
  const nic = host.spec.nics.find((other) => other.name === name);
  if (nic !== undefined) return bare(nic.address);
  const bridged = [...host.networks.values()].find((network) => network.bridge?.name === name);
  return bridged?.pools.find((pool) => pool.family === 4)?.gateway ?? null;
}

function ownAddresses(host: LabHost): readonly string[] {
  const nics = host.spec.nics.map((nic) => bare(nic.address));
  const bridges = [...host.networks.values()]
    .filter((network) => network.bridge !== null)
    .flatMap((network) => network.pools.map((pool) => pool.gateway));
  return ['127.0.0.1', ...nics, ...bridges];
}

function bare(cidr: string): string {
  const { family, address } = mustParseCidr(cidr);
  return formatIp({ family, value: address } as Parameters<typeof formatIp>[0]);
}

/** `192.168.50.11:2377` and `[fd00::1]:2377` without the port. */
export function hostPartOf(address: string): string {
  const match = /^\[([^\]]*)\](?::[0-9]+)?$/.exec(address) ?? /^([^:]*):[0-9]+$/.exec(address);
  return match?.[1] ?? address;
}

function portPartOf(address: string): number {
  const port = /^(?:\[[^\]]*\]|[^:]*):([0-9]+)$/.exec(address)?.[1];
  return port === undefined ? defaultPort : Number(port);
}
