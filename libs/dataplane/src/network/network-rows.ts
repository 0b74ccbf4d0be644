import type { LabHost, Network, SwarmNetwork } from '@netfold/domain';
import type { NetworkPool } from '@netfold/contracts';
import type { NetworkRow, PoolColumn } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { bridgeLink } from './bridge-link.ts';
import { bridgeRules } from './bridge-rules.ts';
import { parentLink } from './parent-link.ts';

/**
 * A network as one host shows it, with its bridge and its rules.
 *
 * A user may name `docker0` as the bridge of his own network. The link stays with the network that
 * made it, and takes the newcomer's address; the rules are the newcomer's.
 */
export function networkContribution(place: HostPlace, network: Network): TableRow[] {
  const isGuest = isOnDefaultBridge(place.host, network);
  const isTakenOver = network.bridge !== null && network.bridge.takenOverAddress !== null;
  return [
    { table: 'network', row: networkRow(place, network) },
    ...parentLink(place, network),
    ...(isGuest ? [] : bridgeLink(place, network)),
    ...(isTakenOver ? [] : bridgeRules(place, network)),
  ];
}

/** Only the default bridge can be named by a second network: creation refuses any other. */
function isOnDefaultBridge(host: LabHost, network: Network): boolean {
  const defaultId = host.networkNames.get('bridge') ?? '';
  if (network.bridge === null || network.id === defaultId) return false;
  return network.bridge.name === host.networks.get(defaultId)?.bridge?.name;
}

function networkRow(place: HostPlace, network: Network): NetworkRow {
  return {
    ...onHost(place),
    networkId: network.id,
    name: network.name,
    driver: network.driver,
    scope: network.scope,
    isInternal: network.isInternal,
    isAttachable: network.isAttachable,
    isIngress: network.isIngress,
    isIPv6Enabled: network.isIPv6Enabled,
    isConfigOnly: network.isConfigOnly,
    configFrom: network.configFrom,
    ipamDriver: network.ipamDriver,
    pools: network.pools.map(poolColumn),
    options: network.options,
    labels: network.labels,
    bridgeName: network.bridge?.name ?? null,
    vnis: network.vnis,
    createdAt: network.createdAt,
    ordinal: network.ordinal,
  };
}

function poolColumn({ family, subnet, ipRange, gateway, auxAddresses }: NetworkPool): PoolColumn {
  return { family, subnet, ipRange, gateway, auxAddresses };
}

/** A swarm network as a manager lists it while no container of its own is on it. */
export function managedNetworkContribution(place: HostPlace, network: SwarmNetwork): TableRow[] {
  if (place.host.networks.has(network.id)) return [];
  const row: NetworkRow = {
    ...onHost(place),
    networkId: network.id,
    name: network.name,
    driver: 'overlay',
    scope: 'swarm',
    isInternal: network.isInternal,
    isAttachable: network.isAttachable,
    isIngress: network.isIngress,
    isIPv6Enabled: network.isIPv6Enabled,
    isConfigOnly: false,
    configFrom: '',
    ipamDriver: network.ipamDriver,
    pools: network.pools.map(poolColumn),
    options: network.options,
    labels: network.labels,
    bridgeName: null,
    vnis: network.vnis,
    createdAt: network.createdAt,
    ordinal: network.vnis[0] ?? 0,
  };
  return [{ table: 'network', row }];
}
