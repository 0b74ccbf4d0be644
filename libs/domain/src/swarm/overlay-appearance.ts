import { formatIp, macFromIpv4, mustParseCidr, parseIp } from '@netfold/addressing';
import type { HostName, NetworkId } from '@netfold/contracts';
import { lowestNamespaceNumber } from '../endpoint/sandbox.ts';
import { getHost } from '../host/change-host.ts';
import { takeSerialAddress } from '../pool/address-pool.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { SwarmNetwork } from '../state/swarm.ts';
import type { Work } from '../work.ts';
import { getSwarm, getSwarmNetwork } from './change-swarm.ts';

/** In the overlay's own namespace `lo` is 1 and the bridge comes next. */
const bridgeIndex = 2;

/** Before its first overlay an engine tries out whether the kernel can make such devices. */
const probeInterfaces = 1;

/** The host's counter gives the VXLAN device and a veth pair of the load balancer their indexes. */
const interfacesPerOverlay = 3;

/**
 * The next address of an overlay, with prefix length: not the lowest free one, but the one after
 * that given last. `null` when the overlay is full.
 */
export function nextOverlayAddress(network: SwarmNetwork): string | null {
  const last = parseIp(network.lastAddress);
  for (const pool of network.addressPools) {
    const taken = takeSerialAddress(pool, last);
    if (taken !== null) {
      return `${formatIp(taken.address)}/${mustParseCidr(pool.subnet).prefixLength}`;
    }
  }
  return null;
}

/**
 * The host begins to use an overlay: a namespace with a bridge and a VXLAN device, and an endpoint
 * of its load balancer, which takes an address of the overlay.
 *
 * @returns whether there was an address left for it
 */
export function showOverlay(work: Work, hostName: HostName, networkId: NetworkId): boolean {
  const host = getHost(work.lab, hostName);
  const swarm = getSwarm(work.lab, swarmIdOf(host));
  const network = getSwarmNetwork(swarm, networkId);
  const address = nextOverlayAddress(network);
  if (address === null) return false;
  const namespaceNumber = lowestNamespaceNumber(host);
  const ipv4 = parseIp(address.split('/')[0] ?? '');
  const vxlan = host.nextInterfaceIndex + (host.hasHadOverlay ? 0 : probeInterfaces);
  work.emit({
    type: 'OverlayAppeared',
    data: {
      host: hostName,
      networkId,
      loadBalancerAddress: address,
      loadBalancerEndpointId: work.draw.hex64(),
      loadBalancerMac: ipv4?.family === 4 ? macFromIpv4(ipv4.value) : work.draw.mac(),
      namespaceNumber,
      ...(network.isIngress
        ? {}
        : { loadBalancerNamespaceNumber: lowestNamespaceNumber(host, namespaceNumber) }),
      bridgeMac: work.draw.mac(),
      vxlanMac: work.draw.mac(),
      interfaceIndexes: { bridge: bridgeIndex, vxlan },
    },
  });
  const next = vxlan + interfacesPerOverlay;
  work.emit({ type: 'InterfaceIndexesConsumed', data: { host: hostName, next } });
  return true;
}

function swarmIdOf(host: LabHost): string {
  if (host.membership.state !== 'active') throw new Error(`${host.name} is in no swarm`);
  return host.membership.swarmId;
}
