import { parseCidr } from '@netfold/addressing';
import type { HostName, NetworkId, Outcome, Refusal, SwarmObjectId } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import * as refusals from '../refusal/swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { availabilityOf } from './change-nodes.ts';
import { getSwarm } from './change-swarm.ts';
import { showIngress } from './ingress-appearance.ts';
import { managedSwarm } from './managed-swarm.ts';
import { allocateOverlay } from './overlay-allocation.ts';
import { initialSettings } from './settings-folds.ts';
import { addressPoolsOf, subnetSizeOf } from './swarm-pools.ts';
import {
  refusalOfBinding,
  refusalOfListening,
  refusalOfPort,
  resolveAdvertised,
} from './system-address.ts';
import { refusalOfSettings } from './update-swarm.ts';

const subnetSizeMax = 29;
const peerNameLength = 12;

/**
 * Makes this host the first manager of a new swarm, with the ingress network.
 *
 * @source moby/moby daemon/cluster/swarm.go Init
 */
export function initSwarm(work: Work, command: CommandOf<'InitSwarm'>): Outcome {
  const host = getHost(work.lab, command.host);
  if (host.membership.state === 'active') return reinitialized(work, command);
  const unheard = refusalOfListening(host, command.listenAddress);
  if (unheard !== null) return refusedWith(unheard);
  const advertised = resolveAdvertised(host, command.advertiseAddress);
  if ('refusal' in advertised) return refusedWith(advertised.refusal);
  const refusal =
    refusalOfBinding(host, command.listenAddress, advertised.address) ??
    refusalOfPools(command) ??
    refusalOfPort(host, command.listenAddress) ??
    refusalOfSettings({ ...initialSettings, ...command.settings });
  if (refusal !== null) return refusedWith(refusal);
  const swarmId = emitSwarm(work, command);
  const nodeId = emitNode(work, {
    host: command.host,
    swarmId,
    role: 'manager',
    address: advertised.address,
    availability: command.availability,
  });
  showIngress(work, command.host, emitIngress(work, swarmId));
  return answered({ ids: { nodeId, swarmId, ...tokensOf(work, swarmId) } });
}

/** What other hosts join by; the engine tells them on request, an answer here at once. */
function tokensOf({ lab }: Work, swarmId: string): Readonly<Record<string, string>> {
  const swarm = lab.swarms.get(swarmId);
  return swarm === undefined
    ? {}
    : { workerToken: swarm.workerToken, managerToken: swarm.managerToken };
}

/** With its only manager a forced new cluster is what the cluster already is. */
function reinitialized(work: Work, command: CommandOf<'InitSwarm'>): Outcome {
  const host = getHost(work.lab, command.host);
  if (!command.forceNewCluster) return refusedWith(refusals.alreadyInSwarm());
  const swarm = managedSwarm(work.lab, host);
  if (swarm === null || host.membership.state !== 'active') {
    return refusedWith(refusals.notAManager());
  }
  const managers = [...swarm.nodes.values()].filter((node) => node.role === 'manager');
  if (managers.length > 1) return refusedWith(refusals.forceNewClusterNotSimulated());
  const { nodeId } = host.membership;
  return answered({ ids: { nodeId, swarmId: swarm.id, ...tokensOf(work, swarm.id) } });
}

/** @source moby/moby daemon/cluster/listen_addr.go validateDefaultAddrPool */
function refusalOfPools(command: CommandOf<'InitSwarm'>): Refusal | null {
  if (command.defaultAddressPools.length === 0) return null;
  const size = subnetSizeOf(command.subnetSize);
  if (size > subnetSizeMax) return refusals.subnetSizeOutOfRange(size);
  for (const text of addressPoolsOf(command.defaultAddressPools)) {
    const pool = parseCidr(text);
    if (pool === null) return refusals.invalidBasePool(text);
    if (size < pool.prefixLength) return refusals.subnetSizeTooSmall(text, size);
  }
  return null;
}

function emitSwarm(work: Work, command: CommandOf<'InitSwarm'>): SwarmObjectId {
  const swarmId = work.draw.swarmId();
  const clusterDigest = work.draw.digest();
  work.emit({
    type: 'SwarmInitialized',
    data: {
      host: command.host,
      swarmId,
      workerToken: work.draw.joinToken(clusterDigest),
      managerToken: work.draw.joinToken(clusterDigest),
      addressPools: addressPoolsOf(command.defaultAddressPools),
      subnetSize: subnetSizeOf(command.subnetSize),
      createdAt: work.now,
      ...settingsOf(work, command),
    },
  });
  return swarmId;
}

function settingsOf(work: Work, { settings }: CommandOf<'InitSwarm'>) {
  if (settings === undefined) return {};
  const merged = { ...initialSettings, ...settings };
  return merged.isAutolocked
    ? { settings: merged, unlockKey: work.draw.unlockKey() }
    : { settings: merged };
}

export type JoiningNode = {
  readonly host: HostName;
  readonly swarmId: SwarmObjectId;
  readonly role: 'manager' | 'worker';
  readonly address: string;
  /** As asked for: anything but `active` is told. */
  readonly availability: string | undefined;
};

export function emitNode(work: Work, node: JoiningNode): SwarmObjectId {
  const { availability: wanted, ...rest } = node;
  const nodeId = work.draw.swarmId();
  const data = { ...rest, nodeId, peerName: work.draw.hex(peerNameLength), joinedAt: work.now };
  const availability = availabilityOf(wanted ?? '') ?? 'active';
  const isActive = availability === 'active';
  work.emit({ type: 'NodeJoined', data: isActive ? data : { ...data, availability } });
  return nodeId;
}

function emitIngress(work: Work, swarmId: SwarmObjectId): NetworkId {
  const networkId = work.draw.swarmId();
  const swarm = getSwarm(work.lab, swarmId);
  const allocation = allocateOverlay(swarm, { pools: [], options: {} });
  work.emit({
    type: 'SwarmNetworkCreated',
    data: {
      swarmId,
      networkId,
      name: 'ingress',
      isInternal: false,
      isAttachable: false,
      isIngress: true,
      isIPv6Enabled: false,
      isEncrypted: false,
      ipamDriver: 'default',
      ipamOptions: null,
      options: {},
      labels: {},
      createdAt: work.now,
      ...(allocation ?? { pools: [], vnis: [] }),
    },
  });
  return networkId;
}
