import { formatIp, macFromIpv4, mustParseCidr } from '@netfold/addressing';
import type { HostName, NetworkId, Refusal, SwarmObjectId } from '@netfold/contracts';
import { gatewayNetworkName } from '../endpoint/gateway-order.ts';
import { lowestNamespaceNumber } from '../endpoint/sandbox.ts';
import { getHost } from '../host/change-host.ts';
import { localAddressSpace } from '../network/address-space.ts';
import { allocatePools } from '../network/ipam-allocation.ts';
import { takeNextAddress } from '../pool/address-pool.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';
import type { Work } from '../work.ts';
import { getSwarm } from './change-swarm.ts';
import { ingressContainerId, ingressSandboxId } from './ingress.ts';
import { showOverlay } from './overlay-appearance.ts';

/**
 * A node that joined has `docker_gwbridge`, takes part in `ingress`, and has the ingress sandbox
 * with an endpoint on each.
 *
 * @source moby/moby daemon/network.go setupIngress, docker/libnetwork default_gateway.go
 */
export function showIngress(work: Work, hostName: HostName, networkId: NetworkId): void {
  const isShown = showOverlay(work, hostName, networkId);
  createGatewayNetwork(work, hostName);
  if (!isShown) return;
  const host = getHost(work.lab, hostName);
  const gateway = host.networks.get(host.networkNames.get(gatewayNetworkName) ?? '');
  const address = gateway === undefined ? null : nextGatewayAddress(gateway);
  // Without a free pool or address the engine logs it and goes on without the ingress sandbox.
  if (gateway === undefined || address === null) return;
  work.emit({
    type: 'SandboxCreated',
    data: {
      host: hostName,
      sandboxId: ingressSandboxId,
      containerId: ingressContainerId,
      namespaceNumber: lowestNamespaceNumber(host),
      dnsPorts: null,
    },
  });
  joinGateway(work, host, gateway, address);
}

/** A new ingress network appears on every node of the swarm. */
export function showIngressOnNodes(work: Work, swarmId: SwarmObjectId, id: NetworkId): void {
  for (const node of getSwarm(work.lab, swarmId).nodes.values()) {
    if (node.status === 'ready') showIngress(work, node.host, id);
  }
}

/** The ingress sandbox goes, with its endpoint on the gateway network. */
export function removeIngressSandbox(work: Work, hostName: HostName): void {
  const host = getHost(work.lab, hostName);
  const sandbox = host.sandboxes.get(ingressSandboxId);
  if (sandbox === undefined) return;
  for (const endpointId of sandbox.endpointIds) {
    work.emit({ type: 'EndpointLeft', data: { host: hostName, endpointId } });
    work.emit({ type: 'EndpointDeleted', data: { host: hostName, endpointId } });
  }
  const data = { host: hostName, sandboxId: ingressSandboxId };
  work.emit({ type: 'SandboxRemoved', data });
}

/**
 * Makes `docker_gwbridge` where it is missing: a node has it, and an overlay container needs it.
 *
 * @returns why it cannot be had: no pool is free
 * @source docker/libnetwork default_gateway.go defaultGwNetwork
 */
export function createGatewayNetwork(work: Work, hostName: HostName): Refusal | null {
  const host = getHost(work.lab, hostName);
  if (host.networkNames.has(gatewayNetworkName)) return null;
  const allocation = allocatePools(
    { networkName: gatewayNetworkName, ipamDriver: 'default', isIPv6Enabled: false, pools: [] },
    localAddressSpace(work.lab, host),
  );
  if (allocation.refusal !== null) return allocation.refusal;
  work.emit({
    type: 'NetworkCreated',
    data: {
      host: hostName,
      networkId: work.draw.hex64(),
      name: gatewayNetworkName,
      driver: 'bridge',
      scope: 'local',
      isInternal: false,
      isAttachable: false,
      isIngress: false,
      isIPv6Enabled: false,
      isConfigOnly: false,
      configFrom: '',
      ipamDriver: 'default',
      ipamOptions: null,
      pools: allocation.pools,
      options: {
        'com.docker.network.bridge.enable_icc': 'false',
        'com.docker.network.bridge.enable_ip_masquerade': 'true',
        'com.docker.network.bridge.name': gatewayNetworkName,
      },
      labels: {},
      createdAt: work.now,
      bridge: {
        name: gatewayNetworkName,
        interfaceIndex: host.nextInterfaceIndex,
        mac: work.draw.bridgeMac(),
      },
      predefinedPoolCursor: allocation.cursor,
    },
  });
  return null;
}

function nextGatewayAddress(
  gateway: Network,
): { readonly ipv4: string; readonly mac: string } | null {
  const [pool] = gateway.addressPools;
  const taken = pool === undefined ? null : takeNextAddress(pool);
  if (pool === undefined || taken?.address.family !== 4) return null;
  return {
    ipv4: `${formatIp(taken.address)}/${mustParseCidr(pool.subnet).prefixLength}`,
    mac: macFromIpv4(taken.address.value),
  };
}

function joinGateway(
  work: Work,
  host: LabHost,
  gateway: Network,
  address: { readonly ipv4: string; readonly mac: string },
): void {
  const endpointId = work.draw.hex64();
  const interfaceIndex = getHost(work.lab, host.name).nextInterfaceIndex;
  work.emit({
    type: 'EndpointCreated',
    data: {
      host: host.name,
      endpointId,
      networkId: gateway.id,
      containerId: ingressContainerId,
      ipv4: address.ipv4,
      ipv6: '',
      mac: address.mac,
      createdAt: work.now,
    },
  });
  work.emit({
    type: 'EndpointJoined',
    data: {
      host: host.name,
      endpointId,
      sandboxId: ingressSandboxId,
      interfaceName: 'eth1',
      interfaceIndex,
      veth: {
        name: work.draw.vethName(),
        interfaceIndex: interfaceIndex + 1,
        mac: work.draw.mac(),
      },
    },
  });
}
