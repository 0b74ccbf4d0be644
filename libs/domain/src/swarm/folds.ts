import {
  balancerFile,
  overlayFile,
  withNamespaceMade,
  withNamespacesGone,
} from '../endpoint/namespace-files.ts';
import { parseIp } from '@netfold/addressing';
import type { SwarmEvent } from '@netfold/contracts';
import type { DataOf, Folds } from '../fold.ts';
import { changeHost, getHost } from '../host/change-host.ts';
import { addressPoolOf } from '../network/folds.ts';
import { emptyMap } from '../persistent/empty-map.ts';
import { releaseAddress, takeAddress } from '../pool/address-pool.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Swarm, SwarmNetwork, SwarmNode } from '../state/swarm.ts';
import { changeSwarm, changeSwarmNetwork, getSwarm, getSwarmNetwork } from './change-swarm.ts';
import { ledAnew } from './leader.ts';
import { networkOnHost } from './network-on-host.ts';
import { firstVersion, nodeFolds } from './node-folds.ts';
import { initialSettings, settingsFolds } from './settings-folds.ts';
import { vniOption } from './vni-option.ts';

/** The ingress network has the first VNI that swarmkit gives. */
const firstVni = 4096;

export const swarmFolds: Folds<SwarmEvent['type']> = {
  SwarmInitialized: (lab, data) => ({
    ...lab,
    swarms: lab.swarms.with(data.swarmId, initializedSwarm(data)),
  }),

  NodeJoined: (lab, data) => joinedNode(lab, data),

  NodeLeft: (lab, data) => leftNode(lab, data),

  ...nodeFolds,

  ...settingsFolds,

  SwarmNetworkCreated: (lab, data) =>
    changeSwarm(lab, data.swarmId, (swarm) => ({
      ...swarm,
      networks: swarm.networks.with(data.networkId, createdSwarmNetwork(data)),
      nextVni: Math.max(swarm.nextVni, ...givenVnis(data).map((vni) => vni + 1)),
      poolCursor: data.poolCursor ?? swarm.poolCursor,
    })),

  SwarmNetworkAllocated: (lab, data) =>
    changeSwarm(lab, data.swarmId, (swarm) => ({
      ...swarm,
      networks: swarm.networks.with(
        data.networkId,
        allocatedSwarmNetwork(getSwarmNetwork(swarm, data.networkId), data),
      ),
      nextVni: Math.max(swarm.nextVni, ...data.vnis.map((vni) => vni + 1)),
      poolCursor: data.poolCursor ?? swarm.poolCursor,
    })),

  SwarmNetworkRemoved: (lab, data) =>
    changeSwarm(lab, data.swarmId, (swarm) => ({
      ...swarm,
      networks: swarm.networks.without(data.networkId),
    })),

  OverlayAppeared: (lab, data) => appearedOverlay(lab, data),

  OverlayVanished: (lab, data) => vanishedOverlay(lab, data),

  TaskAllocated: (lab, data) =>
    changeSwarmNetwork(lab, data.swarmId, data.networkId, (network) => ({
      ...withAddress(network, data.ipv4, data.taskId, data.isStatic !== true),
      tasks: network.tasks.with(data.containerId, { taskId: data.taskId, host: data.host }),
    })),

  TaskReleased: (lab, data) =>
    changeSwarmNetwork(lab, data.swarmId, data.networkId, (network) =>
      withoutTask(network, data.taskId),
    ),
};

/** VNIs asked for by hand do not move the count on. */
function givenVnis(data: DataOf<'SwarmNetworkCreated'>): readonly number[] {
  return data.options[vniOption] === undefined ? data.vnis : [];
}

function initializedSwarm(data: DataOf<'SwarmInitialized'>): Swarm {
  return {
    id: data.swarmId,
    workerToken: data.workerToken,
    managerToken: data.managerToken,
    addressPools: data.addressPools,
    subnetSize: data.subnetSize,
    createdAt: data.createdAt,
    settings: data.settings ?? initialSettings,
    unlockKey: data.unlockKey ?? null,
    version: firstVersion,
    nodes: emptyMap(),
    leaderId: null,
    networks: emptyMap(),
    poolCursor: -1,
    nextVni: firstVni,
  };
}

function joinedNode(lab: ActiveLab, data: DataOf<'NodeJoined'>): ActiveLab {
  const { host, swarmId, nodeId, role, address, peerName, joinedAt } = data;
  const node: SwarmNode = {
    id: nodeId,
    host,
    role,
    address,
    peerName,
    joinedAt,
    status: 'ready',
    availability: data.availability ?? 'active',
    labels: {},
    version: firstVersion,
  };
  const joined = changeSwarm(lab, swarmId, (swarm) =>
    ledAnew({ ...swarm, nodes: swarm.nodes.with(nodeId, node) }),
  );
  return changeHost(joined, host, (labHost) => ({
    ...labHost,
    membership: { state: 'active', swarmId, nodeId, role, address, peerName },
  }));
}

/** Its managers remember the node as down, if they have not removed it; a cluster without
 * members is forgotten. */
function leftNode(lab: ActiveLab, data: DataOf<'NodeLeft'>): ActiveLab {
  const left = changeHost(lab, data.host, (host) => ({
    ...host,
    membership: { state: 'inactive' },
  }));
  const swarm = getSwarm(left, data.swarmId);
  const node = swarm.nodes.get(data.nodeId);
  const nodes =
    node === undefined ? swarm.nodes : swarm.nodes.with(data.nodeId, { ...node, status: 'down' });
  const hasMember = [...left.hosts.values()].some(
    ({ membership }) => membership.state === 'active' && membership.swarmId === data.swarmId,
  );
  if (!hasMember) return { ...left, swarms: left.swarms.without(data.swarmId) };
  return { ...left, swarms: left.swarms.with(data.swarmId, ledAnew({ ...swarm, nodes })) };
}

function createdSwarmNetwork(data: DataOf<'SwarmNetworkCreated'>): SwarmNetwork {
  const { swarmId: _, networkId, poolCursor: __, ...rest } = data;
  const network: SwarmNetwork = {
    ...rest,
    id: networkId,
    driver: data.driver ?? 'overlay',
    addressPools: [],
    addresses: emptyMap(),
    lastAddress: '',
    tasks: emptyMap(),
  };
  return allocatedSwarmNetwork(network, data);
}

function allocatedSwarmNetwork(
  network: SwarmNetwork,
  { pools, vnis }: Pick<SwarmNetwork, 'pools' | 'vnis'>,
): SwarmNetwork {
  return {
    ...network,
    pools,
    vnis,
    addressPools: vnis.length === 0 ? [] : pools.map(addressPoolOf),
    // Serial allocation goes on after the gateway, which was the first address given.
    lastAddress: pools[0]?.isGatewayGiven === false ? pools[0].gateway : '',
  };
}

/** @param ipv4  with prefix length */
function withAddress(
  network: SwarmNetwork,
  ipv4: string,
  holder: string,
  isSerial: boolean,
): SwarmNetwork {
  const bare = ipv4.split('/')[0] ?? '';
  const address = parseIp(bare);
  if (address === null) return network;
  return {
    ...network,
    addressPools: network.addressPools.map((pool) => {
      const taken = takeAddress(pool, address);
      return typeof taken === 'string' ? pool : taken;
    }),
    addresses: network.addresses.with(bare, holder),
    lastAddress: isSerial ? bare : network.lastAddress,
  };
}

function withoutHolder(network: SwarmNetwork, holder: string): SwarmNetwork {
  const held = [...network.addresses.entries()].filter(([, other]) => other === holder);
  return held.reduce<SwarmNetwork>((rest, [bare]) => {
    const address = parseIp(bare);
    if (address === null) return rest;
    return {
      ...rest,
      addressPools: rest.addressPools.map((pool) => releaseAddress(pool, address)),
      addresses: rest.addresses.without(bare),
    };
  }, network);
}

function withoutTask(network: SwarmNetwork, taskId: string): SwarmNetwork {
  const held = [...network.tasks.entries()].find(([, task]) => task.taskId === taskId);
  const rest = withoutHolder(network, taskId);
  return held === undefined ? rest : { ...rest, tasks: rest.tasks.without(held[0]) };
}

function appearedOverlay(lab: ActiveLab, data: DataOf<'OverlayAppeared'>): ActiveLab {
  const { host: hostName, ...presence } = data;
  const swarmId = swarmIdOf(getHost(lab, hostName));
  const network = getSwarmNetwork(getSwarm(lab, swarmId), data.networkId);
  const shown = changeHost(lab, hostName, (host) => ({
    ...withNamespaceMade(host, lab.time),
    networks: host.networks.with(data.networkId, networkOnHost(network, host.nextOrdinal)),
    networkNames: host.networkNames.has(network.name)
      ? host.networkNames
      : host.networkNames.with(network.name, network.id),
    overlays: host.overlays.with(data.networkId, { ...presence, ordinal: host.nextOrdinal }),
    hasHadOverlay: true,
    nextOrdinal: host.nextOrdinal + 1,
  }));
  return changeSwarmNetwork(shown, swarmId, data.networkId, (known) =>
    withAddress(known, data.loadBalancerAddress, `lb/${hostName}`, true),
  );
}

/** The load balancer's address goes back, unless the cluster is gone or forgot the network. */
function vanishedOverlay(lab: ActiveLab, data: DataOf<'OverlayVanished'>): ActiveLab {
  const host = getHost(lab, data.host);
  const { name = '', isIngress = false } = host.networks.get(data.networkId) ?? {};
  const files = [overlayFile(data.networkId), balancerFile(data.networkId, isIngress)];
  const hidden = changeHost(lab, data.host, () => ({
    ...withNamespacesGone(host, files, lab.time),
    networks: host.networks.without(data.networkId),
    networkNames:
      host.networkNames.get(name) === data.networkId
        ? host.networkNames.without(name)
        : host.networkNames,
    overlays: host.overlays.without(data.networkId),
  }));
  const swarm = hidden.swarms.get(swarmIdOf(host));
  if (swarm?.networks.has(data.networkId) !== true) return hidden;
  return changeSwarmNetwork(hidden, swarm.id, data.networkId, (network) =>
    withoutHolder(network, `lb/${data.host}`),
  );
}

function swarmIdOf(host: LabHost): string {
  if (host.membership.state !== 'active') throw new Error(`${host.name} is in no swarm`);
  return host.membership.swarmId;
}
