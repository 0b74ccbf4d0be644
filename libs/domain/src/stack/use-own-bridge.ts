import { formatIp, lastAddress, mustParseCidr } from '@netfold/addressing';
import type { FoundLink, NetworkId, NetworkPool } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import type { HandMadeLink } from '../state/hand-made.ts';
import type { Work } from '../work.ts';
import { linkKey } from './stack-key.ts';

/** From this length on a network has no broadcast address (RFC 3021). */
const broadcastPrefixMax = 30;

/**
 * What the driver does to a bridge that somebody made by hand when a network is put on it: it gets
 * the gateway's address in place of its first one, and comes up.
 *
 * @source docker/libnetwork drivers/bridge/setup_ipv4_linux.go (setupBridgeIPv4), setup_device.go
 *   (setupDeviceUp)
 */
export function useOwnBridge(work: Work, hostName: string, networkId: NetworkId): void {
  const host = getHost(work.lab, hostName);
  const network = host.networks.get(networkId);
  const index = network?.bridge?.interfaceIndex ?? 0;
  const made = host.handMade?.links[linkKey({ namespace: '', interfaceIndex: index })];
  if (made === undefined || network === undefined) return;
  const link = foundLink(made);
  const pool = network.pools.find(({ family, gateway }) => family === 4 && gateway !== '');
  if (pool !== undefined) setAddress(work, { hostName, link, pool });
  if (made.isUp) return;
  const setting = { isUp: true };
  work.emit({ type: 'LinkConfigured', data: { host: hostName, link, setting } });
}

function setAddress(
  work: Work,
  { hostName, link, pool }: Readonly<{ hostName: string; link: FoundLink; pool: NetworkPool }>,
): void {
  const address = `${pool.gateway}/${pool.subnet.split('/')[1] ?? ''}`;
  const known = Object.values(getHost(work.lab, hostName).handMade?.addresses ?? {});
  const first = known.find((one) => one.family === 4 && linkKey(one) === linkKey(link));
  if (first?.address === address) return;
  if (first !== undefined) {
    const data = { host: hostName, link, address: first.address };
    work.emit({ type: 'AddressRemoved', data });
  }
  const cidr = mustParseCidr(address);
  const hasBroadcast = cidr.prefixLength <= broadcastPrefixMax;
  const broadcast = hasBroadcast ? formatIp(lastAddress(cidr)) : null;
  const { namespace, interfaceIndex } = link;
  const given = { namespace, interfaceIndex, family: 4, address, broadcast } as const;
  work.emit({ type: 'AddressAdded', data: { host: hostName, link, address: given } });
}

const foundLink = ({ namespace, interfaceIndex, name }: HandMadeLink): FoundLink => ({
  namespace,
  interfaceIndex,
  name,
  networkId: null,
  endpointId: null,
});
