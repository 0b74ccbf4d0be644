import { parseIp } from '@netfold/addressing';
import type { IpAddress } from '@netfold/addressing';
import type { EndpointEvent, NetworkId } from '@netfold/contracts';
import { withContainer } from '../container/change-container.ts';
import { withEnginePort, withoutLinks, withoutStack } from '../stack/engine-links.ts';
import { updatedLinks, updatedParents } from '../container/link-hosts.ts';
import type { DataOf, Folds } from '../fold.ts';
import { changeHost, getHost } from '../host/change-host.ts';
import { releaseAddress, takeAddress } from '../pool/address-pool.ts';
import type { AddressPool } from '../pool/address-pool.ts';
import { publishedPortKey } from '../published-port/published-port-key.ts';
import type { Endpoint, Sandbox } from '../state/endpoint.ts';
import { forgetStation } from '../traffic/forget-station.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import {
  getEndpoint,
  getNetwork,
  getSandbox,
  withEndpoint,
  withNetwork,
  withSandbox,
} from './change-endpoint.ts';
import { hostsAddressesWith, hostsAddressesWithout } from './hosts-addresses.ts';
import {
  sandboxFile,
  withHostNamespace,
  withNamespaceMade,
  withNamespacesGone,
} from './namespace-files.ts';

export const endpointFolds: Folds<EndpointEvent['type']> = {
  SandboxCreated: (lab, data) =>
    changeHost(lab, data.host, (host) => withNamespaceMade(sandboxCreated(host, data), lab.time)),

  SandboxRemoved: (lab, data) =>
    changeHost(lab, data.host, (host) => ({
      ...withNamespacesGone(
        withoutStack(host, data.sandboxId),
        [sandboxFile(data.sandboxId)],
        lab.time,
      ),
      sandboxes: host.sandboxes.without(data.sandboxId),
    })),

  EndpointCreated: (lab, data) => changeHost(lab, data.host, (host) => created(host, data)),

  EndpointJoined: (lab, data) =>
    changeHost(lab, data.host, (host) =>
      data.sandboxId === 'host'
        ? withHostNamespace(joined(host, data), lab.time)
        : joined(host, data),
    ),

  EndpointLeft: (lab, data) => {
    const { networkId, mac } = getEndpoint(getHost(lab, data.host), data.endpointId);
    const after = changeHost(lab, data.host, (host) => left(host, data));
    return forgetStation(after, networkId, mac);
  },

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
    peerNamespaces: [],
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
    leftSandboxIds: [...container.leftSandboxIds, container.lastSandboxId].filter((id) =>
      host.sandboxes.has(id),
    ),
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
  // One copy of the lab host for all of it: this fold is among the most frequent.
  const withIt: LabHost = {
    ...host,
    endpoints: host.endpoints.with(data.endpointId, endpoint),
    networks: host.networks.with(data.networkId, {
      ...network,
      addressPools: poolsWith(network, endpoint, taken),
      endpointIds: network.endpointIds.with(data.endpointId, true),
    }),
    nextOrdinal: host.nextOrdinal + 1,
  };
  return withContainer(withIt, data.containerId, (container) => {
    const attachment = container.attachments.get(network.name);
    if (attachment === undefined) return container;
    const { remembered: _, ...settings } = attachment;
    const resolved = { ...settings, networkId: network.id };
    return { ...container, attachments: container.attachments.with(network.name, resolved) };
  });
}

function joined(host: LabHost, data: DataOf<'EndpointJoined'>): LabHost {
  const { endpointId, sandboxId, interfaceName, interfaceIndex, veth } = data;
  const endpoint = getEndpoint(host, endpointId);
  const network = getNetwork(host, endpoint.networkId);
  const { containerId } = endpoint;
  const isLasting = host.containers.get(containerId)?.processId !== 0;
  const place = { sandboxId, interfaceName, interfaceIndex, veth, ordinal: host.nextOrdinal };
  const counted: LabHost = {
    ...host,
    endpoints: host.endpoints.with(endpointId, { ...endpoint, joined: place }),
    networks: host.networks.with(network.id, withMember(network, isLasting)),
    sandboxes:
      sandboxId === 'host'
        ? host.sandboxes
        : host.sandboxes.with(
            sandboxId,
            withJoined(getSandbox(host, sandboxId), data, { endpoint, network }),
          ),
    nextOrdinal: host.nextOrdinal + 1,
    // Of a pair the host's half was made last; the other may have got an index of its own stack.
    nextInterfaceIndex: Math.max(
      host.nextInterfaceIndex,
      (veth?.interfaceIndex ?? interfaceIndex) + 1,
    ),
  };
  const known =
    sandboxId === 'host'
      ? withContainer(counted, containerId, (container) => ({
          ...container,
          lastSandboxId: 'host',
        }))
      : counted;
  const isPort = veth !== null && network.bridge !== null;
  const ported = isPort ? withEnginePort(known, network.bridge.interfaceIndex) : known;
  return updatedParents(withLastVeth(ported, network.id, veth), containerId, endpointId);
}

/** The number of a link in an overlay's namespace is not given again. */
function withLastVeth(
  host: LabHost,
  networkId: NetworkId,
  veth: DataOf<'EndpointJoined'>['veth'],
): LabHost {
  const presence = host.overlays.get(networkId);
  const number = /^veth(\d{1,6})$/.exec(veth?.name ?? '')?.[1];
  if (presence === undefined || number === undefined) return host;
  const overlays = host.overlays.with(networkId, { ...presence, lastVeth: Number(number) });
  return { ...host, overlays };
}

function withMember(network: Network, isLasting: boolean): Network {
  const { bridge } = network;
  const joinedCount = network.joinedCount + 1;
  // A member that is gone before its container ran was too short for the bridge to come up.
  if (bridge === null || bridge.hasHadMember || !isLasting) return { ...network, joinedCount };
  return { ...network, joinedCount, bridge: { ...bridge, hasHadMember: true } };
}

function withJoined(
  sandbox: Sandbox,
  data: DataOf<'EndpointJoined'>,
  { endpoint, network }: { readonly endpoint: Endpoint; readonly network: Network },
): Sandbox {
  const { peerNamespaces: known } = sandbox;
  return {
    ...sandbox,
    endpointIds: [...sandbox.endpointIds, endpoint.id],
    nextInterfaceNumber: Math.max(sandbox.nextInterfaceNumber, numberAfter(data.interfaceName)),
    peerNamespaces: data.interfaceName === '' ? known : peerNamespacesWith(known, network),
    dnsPorts: data.dnsPorts ?? sandbox.dnsPorts,
    namespaceNumber: data.namespaceNumber ?? sandbox.namespaceNumber,
    hostsAddresses: hostsAddressesWith(sandbox.hostsAddresses, endpoint, network),
  };
}

/** The other half of a pair is beside the bridge that it is a port of: an overlay's is its own. */
function peerNamespacesWith(known: readonly string[], network: Network): readonly string[] {
  const namespace = network.driver === 'overlay' ? network.id : '';
  return known.includes(namespace) ? known : [...known, namespace];
}

function left(before: LabHost, data: DataOf<'EndpointLeft'>): LabHost {
  const { networkId, containerId, joined: place } = getEndpoint(before, data.endpointId);
  const host = place === null ? before : withoutLinks(before, linksOf(place));
  const withoutJoin = withEndpoint(host, data.endpointId, (endpoint) => ({
    ...endpoint,
    joined: null,
  }));
  const withoutMember = withNetwork(withoutJoin, networkId, withoutOneMember);
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

/** The end in the sandbox, and the other one beside the bridge. */
function linksOf({ sandboxId, interfaceIndex, veth }: NonNullable<Endpoint['joined']>) {
  const inside = { namespace: sandboxId, interfaceIndex };
  return veth === null
    ? [inside]
    : [inside, { namespace: '', interfaceIndex: veth.interfaceIndex }];
}

/** A bridge without members has no carrier, and a link without carrier forgets its neighbours. */
function withoutOneMember(network: Network): Network {
  const joinedCount = network.joinedCount - 1;
  if (joinedCount > 0 || network.neighbours === undefined) return { ...network, joinedCount };
  const { neighbours: _, ...rest } = network;
  return { ...rest, joinedCount };
}

function deleted(host: LabHost, data: DataOf<'EndpointDeleted'>): LabHost {
  const endpoint = getEndpoint(host, data.endpointId);
  const without = withNetwork(
    { ...host, endpoints: host.endpoints.without(data.endpointId) },
    endpoint.networkId,
    (network) => ({
      ...network,
      addressPools: poolsWith(network, endpoint, releaseAddress),
      endpointIds: network.endpointIds.without(data.endpointId),
    }),
  );
  return data.isRemembered === true ? withRemembered(without, endpoint) : without;
}

function withRemembered(host: LabHost, endpoint: Endpoint): LabHost {
  const { name } = getNetwork(host, endpoint.networkId);
  const { id: endpointId, ipv4, ipv6, mac } = endpoint;
  return withContainer(host, endpoint.containerId, (container) => {
    const attachment = container.attachments.get(name);
    if (attachment === undefined) return container;
    const remembering = { ...attachment, remembered: { endpointId, ipv4, ipv6, mac } };
    return { ...container, attachments: container.attachments.with(name, remembering) };
  });
}

/** The network's pools with the endpoint's addresses taken or released where they belong. */
function poolsWith(
  network: Network,
  endpoint: Endpoint,
  change: (pool: AddressPool, address: IpAddress) => AddressPool,
): readonly AddressPool[] {
  const ipv4 = bareAddress(endpoint.ipv4);
  const ipv6 = bareAddress(endpoint.ipv6);
  return network.addressPools.map((pool) => {
    const changed = ipv4 === null ? pool : change(pool, ipv4);
    return ipv6 === null ? changed : change(changed, ipv6);
  });
}

/** The address without its prefix length; `null` where there is none. */
function bareAddress(text: string): IpAddress | null {
  return text === '' ? null : parseIp(text.slice(0, text.indexOf('/')));
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
