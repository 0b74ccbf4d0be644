import { formatIp, mustParseCidr, overlaps, parseIp } from '@netfold/addressing';
import type { IpAddress } from '@netfold/addressing';
import type { NetworkId, NetworkPool, Outcome, Refusal } from '@netfold/contracts';
import type { DataOf } from '../fold.ts';
import { getHost } from '../host/change-host.ts';
import { isOtherInterface } from '../host/interface-names.ts';
import * as driverRefusals from '../refusal/driver.ts';
import * as ipamRefusals from '../refusal/ipam.ts';
import { limits } from '../limits.ts';
import { limitReached } from '../refusal/lab.ts';
import { onlyOneInstance, overlayWithoutSwarm, pluginNotFound } from '../refusal/network.ts';
import { useOwnBridge } from '../stack/use-own-bridge.ts';
import type { HandMadeLink } from '../state/hand-made.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import { answered, refusedWith } from '../work.ts';
import type { Work } from '../work.ts';
import { localAddressSpace } from './address-space.ts';
import { bridgeOption, refusalOfBridgeOptions } from './bridge-options.ts';
import type { NetworkRequest } from './network-request.ts';
import { allocatePools } from './ipam-allocation.ts';
import type { IpamAllocation } from './ipam-allocation.ts';
import { macvlanParent } from './macvlan-parent.ts';

/** IFNAMSIZ of the kernel, without the final zero. */
const interfaceNameLengthMax = 15;

/** What the driver adds to a network once its pools are allocated. */
type DriverPart = Pick<DataOf<'NetworkCreated'>, 'bridge' | 'parentLink'>;

/** `hasMadeBridge`: it was refused after the driver had made the link, which used up an index. */
type DriverRefused = { readonly refusal: Refusal; readonly hasMadeBridge: boolean };

/**
 * Allocates pools, then lets the driver make its links. When the driver refuses, the pools go
 * back, but the rotation of the predefined ones and of interface indexes has gone on: so the real
 * engine leaves it. What it forgets to give back stays taken here, too.
 */
export function emitLocalNetwork(work: Work, request: NetworkRequest): Outcome {
  const host = getHost(work.lab, request.host);
  if (request.driver === 'host' || request.driver === 'null') {
    return refusedWith(onlyOneInstance(request.driver));
  }
  const networkId = work.draw.hex64();
  const allocation = allocate(work, host, request);
  const planned =
    allocation.refusal === null
      ? plan(work, { host, request, networkId, pools: allocation.pools })
      : { refusal: allocation.refusal, hasMadeBridge: false };
  if ('refusal' in planned) {
    emitLeftovers(work, host, { ...planned, allocation });
    return refusedWith(planned.refusal);
  }
  const { spec } = request;
  work.emit({
    type: 'NetworkCreated',
    data: {
      host: request.host,
      networkId,
      name: spec.name,
      driver: request.driver,
      scope: 'local',
      isInternal: spec.internal,
      isAttachable: spec.attachable,
      isIngress: false,
      isIPv6Enabled: request.isIPv6Enabled,
      isConfigOnly: false,
      configFrom: spec.configFrom,
      ipamDriver: request.ipamDriver,
      ipamOptions: request.ipamOptions,
      pools: allocation.pools,
      options: request.options,
      labels: request.labels,
      createdAt: work.now,
      ...planned,
      predefinedPoolCursor:
        allocation.cursor === host.predefinedPoolCursor ? null : allocation.cursor,
    },
  });
  useOwnBridge(work, request.host, networkId);
  return answered({ ids: { networkId }, warnings: request.warnings });
}

/** What a refused creation leaves behind. */
function emitLeftovers(
  work: Work,
  host: LabHost,
  left: { readonly allocation: IpamAllocation; readonly hasMadeBridge: boolean },
): void {
  const { allocation } = left;
  if (allocation.cursor !== host.predefinedPoolCursor) {
    const data = { host: host.name, cursor: allocation.cursor };
    work.emit({ type: 'PredefinedPoolsPassed', data });
  }
  for (const { subnet, ipRange } of allocation.abandoned) {
    work.emit({ type: 'PoolAbandoned', data: { host: host.name, subnet, ipRange } });
  }
  if (!left.hasMadeBridge) return;
  const next = host.nextInterfaceIndex + 1;
  work.emit({ type: 'InterfaceIndexesConsumed', data: { host: host.name, next } });
}

function allocate(work: Work, host: LabHost, request: NetworkRequest): IpamAllocation {
  const space = localAddressSpace(work.lab, host);
  const nothing = { pools: [], cursor: space.cursor, abandoned: [] };
  if (request.ipamDriver === 'null') return { ...nothing, refusal: refusalOfNullIpam(request) };
  if (request.ipamDriver !== 'default') {
    return { ...nothing, refusal: pluginNotFound(request.ipamDriver) };
  }
  const isOverlay = request.driver === 'overlay';
  const allocation = allocatePools(
    {
      networkName: request.spec.name,
      ipamDriver: request.ipamDriver,
      isIPv6Enabled: request.isIPv6Enabled,
      pools: request.pools,
    },
    // Without a swarm nothing ever is in the global address space.
    isOverlay ? { ...space, name: 'GlobalDefault', pools: [], routes: [] } : space,
  );
  return isOverlay ? { ...allocation, cursor: space.cursor, abandoned: [] } : allocation;
}

function refusalOfNullIpam(request: NetworkRequest): Refusal | null {
  if (request.pools.length > 0) return ipamRefusals.nullIpamWithPool();
  return request.isIPv6Enabled ? ipamRefusals.nullIpamWithIPv6() : null;
}

type DriverQuestion = {
  readonly host: LabHost;
  readonly request: NetworkRequest;
  readonly networkId: NetworkId;
  readonly pools: readonly NetworkPool[];
};

/** The driver's part, then the store's: of a scope that nobody knows there is none. */
function plan(work: Work, question: DriverQuestion): DriverPart | DriverRefused {
  const { pools, request } = question;
  const planned = planDriver(work, question);
  if ('code' in planned) return { refusal: planned, hasMadeBridge: false };
  if ('refusal' in planned) return planned;
  const refusal = ['', 'local', 'swarm'].includes(request.spec.scope)
    ? refusalOfPoolCount(pools.length)
    : overlayWithoutSwarm();
  return refusal === null ? planned : { refusal, hasMadeBridge: makesBridge(question, planned) };
}

/** The engine has no such limit; a lab must. */
export function refusalOfPoolCount(count: number): Refusal | null {
  return count > limits.poolsPerNetworkMax
    ? limitReached('pools of a network', limits.poolsPerNetworkMax, count)
    : null;
}

function makesBridge({ host }: DriverQuestion, { bridge }: DriverPart): boolean {
  return bridge !== null && bridge.interfaceIndex >= host.nextInterfaceIndex;
}

function planDriver(work: Work, question: DriverQuestion): DriverPart | Refusal | DriverRefused {
  const { request, pools } = question;
  if (pools.length === 0) return driverRefusals.emptyPool();
  if (request.driver === 'overlay') return overlayWithoutSwarm();
  return request.driver === 'macvlan' ? planMacvlan(work, question) : planBridge(work, question);
}

/** @source docker/libnetwork drivers/bridge/bridge.go CreateNetwork */
function planBridge(work: Work, question: DriverQuestion): DriverPart | Refusal | DriverRefused {
  const { host, request, networkId, pools } = question;
  const wrong = refusalOfBridgeOptions(request.options);
  if (wrong !== null) return wrong;
  const given = request.options[bridgeOption.name] ?? '';
  const name = given === '' ? `br-${networkId.slice(0, 12)}` : given;
  if (name.length > interfaceNameLengthMax) return driverRefusals.bridgeNameTooLong();
  if (isOtherInterface(host, name)) return driverRefusals.notABridge(name);
  const usedPools = pools.filter((pool) => pool.family === 4 || request.isIPv6Enabled);
  const hasSeveral = [4, 6].some(
    (family) => usedPools.filter((pool) => pool.family === family).length > 1,
  );
  if (hasSeveral) return driverRefusals.severalSubnets();
  const conflict = bridgeConflict(question, name);
  if (conflict !== null) return conflict;
  if (/[\s/:]/.test(name) || name === '.' || name === '..') {
    return driverRefusals.invalidBridgeName();
  }
  const part = { bridge: existingBridge(host, name) ?? newBridge(work, host, name) };
  const refusal =
    refusalOfIpv6Gateway(request, usedPools) ??
    (request.hasMappedPool ? driverRefusals.mappedSubnet(name) : null);
  return refusal === null ? part : { refusal, hasMadeBridge: makesBridge(question, part) };
}

/**
 * What the kernel does not give a bridge for its address. It has `fe80::1/64` by then, so the same
 * address with another length is there already.
 *
 * @source docker/libnetwork drivers/bridge/setup_ipv6_linux.go; the kernel, net/ipv6/addrconf.c
 *   ipv6_add_addr
 */
function refusalOfIpv6Gateway(
  { isIPv6Enabled }: NetworkRequest,
  pools: readonly NetworkPool[],
): Refusal | null {
  const pool = pools.find(({ family }) => family === 6);
  const address = parseIp(pool?.gateway ?? '');
  if (!isIPv6Enabled || pool === undefined || address === null) return null;
  const { prefixLength } = mustParseCidr(pool.subnet);
  const text = `${formatIp(address)}/${prefixLength}`;
  if (isNoUnicast(address)) {
    return driverRefusals.bridgeAddressRefused(text, 'cannot assign requested address');
  }
  const isThere = formatIp(address) === 'fe80::1' && prefixLength !== linkLocalPrefixLength;
  return isThere ? driverRefusals.bridgeAddressRefused(text, 'file exists') : null;
}

const linkLocalPrefixLength = 64;

/** The address of no machine, of this one, or of many. */
function isNoUnicast(address: IpAddress): boolean {
  return address.family === 6 && (address.value <= 1n || address.value >> 120n === 0xffn);
}

/** A network that takes the default bridge for its own is not in conflict with it. */
function bridgeConflict(question: DriverQuestion, name: string): Refusal | null {
  const { host, networkId, pools } = question;
  const created = { id: networkId, bridge: name };
  for (const other of host.networks.values()) {
    if (other.bridge === null || other.name === 'bridge') continue;
    const known = { id: other.id, bridge: other.bridge.name };
    if (other.bridge.name === name) {
      return driverRefusals.bridgeConflict(created, known, 'networks have same bridge name');
    }
    if (haveOverlap(pools, other)) {
      return driverRefusals.bridgeConflict(created, known, 'networks have overlapping IPv4');
    }
  }
  return null;
}

function haveOverlap(pools: readonly NetworkPool[], other: Network): boolean {
  return pools.some((pool) =>
    other.pools.some(
      (known) =>
        pool.family === 4 && overlaps(mustParseCidr(pool.subnet), mustParseCidr(known.subnet)),
    ),
  );
}

function existingBridge(host: LabHost, name: string): DriverPart['bridge'] {
  const bridges = [...host.networks.values()].flatMap((network) => network.bridge ?? []);
  const bridge = bridges.find((other) => other.name === name) ?? handMadeBridge(host, name);
  if (bridge === undefined) return null;
  const { interfaceIndex, mac } = bridge;
  return { name, interfaceIndex, mac };
}

/** One that somebody made with `ip link add` or `brctl addbr`. */
function handMadeBridge({ handMade }: LabHost, name: string): HandMadeLink | undefined {
  return Object.values(handMade?.links ?? {}).find(
    (link) => link.namespace === '' && link.kind === 'bridge' && link.name === name,
  );
}

function newBridge(work: Work, host: LabHost, name: string): DriverPart['bridge'] {
  return { name, interfaceIndex: host.nextInterfaceIndex, mac: work.draw.bridgeMac() };
}

function planMacvlan(work: Work, question: DriverQuestion): DriverPart | Refusal {
  const { host, networkId, request } = question;
  const parent = macvlanParent(host, networkId, request.options);
  if (parent.kind === 'refused') return parent.refusal;
  if (parent.kind === 'existing') return { bridge: null };
  const link = { name: parent.name, interfaceIndex: host.nextInterfaceIndex, mac: work.draw.mac() };
  return { bridge: null, parentLink: link };
}
