import { parseIp } from '@netfold/addressing';
import type { IpAddress } from '@netfold/addressing';
import type { EndpointEvent } from '@netfold/contracts';
import { withContainer } from '../container/change-container.ts';
import { updatedLinks, updatedParents } from '../container/link-hosts.ts';
import type { DataOf, Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import { releaseAddress, takeAddress } from '../pool/address-pool.ts';
import type { AddressPool } from '../pool/address-pool.ts';
import { publishedPortKey } from '../published-port/published-port-key.ts';
import type { Endpoint } from '../state/endpoint.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import {
  getEndpoint,
  getNetwork,
  withEndpoint,
  withNetwork,
  withSandbox,
} from './change-endpoint.ts';
import { hostsAddressesWith, hostsAddressesWithout } from './hosts-addresses.ts';

export const endpointFolds: Folds<EndpointEvent['type']> = {
  SandboxCreated: (lab, data) => changeHost(lab, data.host, (host) => sandboxCreated(host, data)),

  SandboxRemoved: (lab, data) =>
    changeHost(lab, data.host, (host) => ({
      ...host,
      sandboxes: host.sandboxes.without(data.sandboxId),
    })),

  EndpointCreated: (lab, data) => changeHost(lab, data.host, (host) => created(host, data)),

  EndpointJoined: (lab, data) => changeHost(lab, data.host, (host) => joined(host, data)),

  EndpointLeft: (lab, data) => changeHost(lab, data.host, (host) => left(host, data)),

  EndpointDeleted: (lab, data) => changeHost(lab, data.host, (host) => deleted(host, data)),

  PortPublished: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const key = publishedPortKey(data);
      const { host: _, ...port } = data;
      const published = host.publishedPorts.with(key, { ...port, ordinal: host.nextOrdinal });
      return withEndpoint(
        {
          ...host,
          publishedPorts: published,
          nextOrdinal: host.nextOrdinal + 1,
          nextProcessId: Math.max(host.nextProcessId, data.proxyProcessId + 1),
        },
        data.endpointId,
        (endpoint) => ({ ...endpoint, publishedPortKeys: [...endpoint.publishedPortKeys, key] }),
      );
    }),

  PortUnpublished: (lab, data) =>
    changeHost(lab, data.host, (host) => {
      const key = publishedPortKey(data);
      return withEndpoint(
        { ...host, publishedPorts: host.publishedPorts.without(key) },
        data.endpointId,
        (endpoint) => ({
          ...endpoint,
          publishedPortKeys: endpoint.publishedPortKeys.filter((known) => known !== key),
        }),
      );
    }),
};

function sandboxCreated(host: LabHost, data: DataOf<'SandboxCreated'>): LabHost {
  const sandbox = {
    id: data.sandboxId,
    containerId: data.containerId,
    namespaceNumber: data.namespaceNumber,
    dnsPorts: data.dnsPorts,
    endpointIds: [],
    nextInterfaceNumber: 0,
    hostsAddresses: [],
    ordinal: host.nextOrdinal,
  };
  const withIt: LabHost = {
    ...host,
    sandboxes: host.sandboxes.with(data.sandboxId, sandbox),
    nextOrdinal: host.nextOrdinal + 1,
  };
  return withContainer(withIt, data.containerId, (container) => ({
    ...container,
    lastSandboxId: data.sandboxId,
    links: updatedLinks(withIt, container),
  }));
}

function created(host: LabHost, data: DataOf<'EndpointCreated'>): LabHost {
  const network = getNetwork(host, data.networkId);
  const endpoint: Endpoint = {
    id: data.endpointId,
    networkId: data.networkId,
    containerId: data.containerId,
    ipv4: data.ipv4,
    ipv6: data.ipv6,
    mac: data.mac,
    createdAt: data.createdAt,
    ordinal: host.nextOrdinal,
    publishedPortKeys: [],
    joined: null,
  };
  const withIt = withNetwork(
    {
      ...host,
      endpoints: host.endpoints.with(data.endpointId, endpoint),
      nextOrdinal: host.nextOrdinal + 1,
    },
    data.networkId,
    (current) => ({
      ...withPools(current, endpoint, taken),
      endpointIds: current.endpointIds.with(data.endpointId, true),
    }),
  );
  return withContainer(withIt, data.containerId, (container) => {
    const attachment = container.attachments.get(network.name);
    if (attachment === undefined) return container;
    const resolved = { ...attachment, networkId: network.id };
    return { ...container, attachments: container.attachments.with(network.name, resolved) };
  });
}

function joined(host: LabHost, data: DataOf<'EndpointJoined'>): LabHost {
  const { host: _, endpointId, dnsPorts, ...place } = data;
  const endpoint = getEndpoint(host, endpointId);
  const { networkId, containerId } = endpoint;
  const isLasting = host.containers.get(containerId)?.processId !== 0;
  const withJoin = withEndpoint(host, endpointId, (current) => ({
    ...current,
    joined: { ...place, ordinal: host.nextOrdinal },
  }));
  const withMember = withNetwork(withJoin, networkId, (network) => ({
    ...network,
    joinedCount: network.joinedCount + 1,
    // A member that is gone before its container ran was too short for the bridge to come up.
    bridge: network.bridge && {
      ...network.bridge,
      hasHadMember: network.bridge.hasHadMember || isLasting,
    },
  }));
  const withStack = withSandbox(withMember, data.sandboxId, (sandbox) => ({
    ...sandbox,
    endpointIds: [...sandbox.endpointIds, endpointId],
    nextInterfaceNumber: Math.max(sandbox.nextInterfaceNumber, numberAfter(data.interfaceName)),
    dnsPorts: dnsPorts ?? sandbox.dnsPorts,
    hostsAddresses: hostsAddressesWith(
      sandbox.hostsAddresses,
      endpoint,
      getNetwork(host, endpoint.networkId),
    ),
  }));
  const counted: LabHost = {
    ...withStack,
    nextOrdinal: host.nextOrdinal + 1,
    nextInterfaceIndex: Math.max(
      host.nextInterfaceIndex,
      data.interfaceIndex + 1,
      (data.veth?.interfaceIndex ?? 0) + 1,
    ),
  };
  const known = withContainer(counted, containerId, (container) =>
    data.sandboxId === 'host' ? { ...container, lastSandboxId: 'host' } : container,
  );
  return updatedParents(known, containerId, endpointId);
}

function left(host: LabHost, data: DataOf<'EndpointLeft'>): LabHost {
  const { networkId, containerId, joined: place } = getEndpoint(host, data.endpointId);
  const withoutJoin = withEndpoint(host, data.endpointId, (endpoint) => ({
    ...endpoint,
    joined: null,
  }));
  const withoutMember = withNetwork(withoutJoin, networkId, (network) => ({
    ...network,
    joinedCount: network.joinedCount - 1,
  }));
  return withSandbox(withoutMember, place?.sandboxId ?? 'host', (sandbox) => ({
    ...sandbox,
    endpointIds: sandbox.endpointIds.filter((id) => id !== data.endpointId),
    hostsAddresses: hostsAddressesWithout(
      sandbox.hostsAddresses,
      host.containers.get(containerId),
      getNetwork(host, networkId),
    ),
  }));
}

function deleted(host: LabHost, data: DataOf<'EndpointDeleted'>): LabHost {
  const endpoint = getEndpoint(host, data.endpointId);
  return withNetwork(
    { ...host, endpoints: host.endpoints.without(data.endpointId) },
    endpoint.networkId,
    (network) => ({
      ...withPools(network, endpoint, releaseAddress),
      endpointIds: network.endpointIds.without(data.endpointId),
    }),
  );
}

/** The network with the endpoint's addresses taken or released in the pools they belong to. */
function withPools(
  network: Network,
  endpoint: Endpoint,
  change: (pool: AddressPool, address: IpAddress) => AddressPool,
): Network {
  const addresses = [endpoint.ipv4, endpoint.ipv6].map(bareAddress);
  const addressPools = network.addressPools.map((pool) =>
    addresses.reduce((current, address) => (address ? change(current, address) : current), pool),
  );
  return { ...network, addressPools };
}

/** The address without its prefix length; `null` where there is none. */
function bareAddress(text: string): IpAddress | null {
  return parseIp(text.split('/')[0] ?? '');
}

/** The pool with the address taken; unchanged when it is another pool's. */
function taken(pool: AddressPool, address: IpAddress): AddressPool {
  const result = takeAddress(pool, address);
  return typeof result === 'string' ? pool : result;
}

/** `eth2` is followed by number 3; an endpoint without an interface takes no number. */
function numberAfter(interfaceName: string): number {
  const digits = /[0-9]+$/.exec(interfaceName)?.[0];
  return digits === undefined ? 0 : Number(digits) + 1;
}
