import { parseIp } from '@netfold/addressing';
import type { NetworkEvent, NetworkPool } from '@netfold/contracts';
import type { DataOf, Folds } from '../fold.ts';
import { changeHost } from '../host/change-host.ts';
import { withJumpsOnTop } from '../firewall/jumps-on-top.ts';
import { withoutLinks } from '../stack/engine-links.ts';
import { emptyMap } from '../persistent/empty-map.ts';
import { makeAddressPool, takeAddress } from '../pool/address-pool.ts';
import type { AddressPool } from '../pool/address-pool.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Network } from '../state/network.ts';

export const networkFolds: Folds<NetworkEvent['type']> = {
  NetworkCreated: (lab, data) =>
    changeHost(lab, data.host, (host) => ({
      ...withJumpsOnTop(host, data),
      networks: withTakenBridge(host, data).with(
        data.networkId,
        createdNetwork(data, host.nextOrdinal),
      ),
      networkNames: host.networkNames.with(data.name, data.networkId),
      nextOrdinal: host.nextOrdinal + 1,
      nextInterfaceIndex: Math.max(
        host.nextInterfaceIndex,
        (data.bridge?.interfaceIndex ?? 0) + 1,
        (data.parentLink?.interfaceIndex ?? 0) + 1,
      ),
      predefinedPoolCursor: data.predefinedPoolCursor ?? host.predefinedPoolCursor,
    })),

  PredefinedPoolsPassed: (lab, data) =>
    changeHost(lab, data.host, (host) => ({ ...host, predefinedPoolCursor: data.cursor })),

  PoolAbandoned: (lab, { host, subnet, ipRange }) =>
    changeHost(lab, host, (before) => ({
      ...before,
      abandonedPools: [...before.abandonedPools, { subnet, ipRange }],
    })),

  NetworkRemoved: (lab, data) =>
    changeHost(lab, data.host, (host) => withoutNetwork(host, data.networkId)),
};

/**
 * Only `docker0` can be named by a second network. The driver gives the bridge that one's address
 * and rules in place of the first one's.
 *
 * @source moby/moby v20.10 libnetwork drivers/bridge/setup_ipv4.go; transcript
 *   network-bridge-options
 */
function withTakenBridge(
  { networks, networkNames }: LabHost,
  data: DataOf<'NetworkCreated'>,
): LabHost['networks'] {
  const first = networks.get(networkNames.get('bridge') ?? '');
  const pool = data.pools.find(({ family }) => family === 4);
  if (!first?.bridge || first.bridge.name !== data.bridge?.name || pool === undefined) {
    return networks;
  }
  const takenOverAddress = `${pool.gateway}/${pool.subnet.split('/')[1] ?? ''}`;
  return networks.with(first.id, { ...first, bridge: { ...first.bridge, takenOverAddress } });
}

function createdNetwork(data: DataOf<'NetworkCreated'>, ordinal: number): Network {
  return {
    id: data.networkId,
    name: data.name,
    driver: data.driver,
    scope: data.scope,
    isInternal: data.isInternal,
    isAttachable: data.isAttachable,
    isIngress: data.isIngress,
    isIPv6Enabled: data.isIPv6Enabled,
    isConfigOnly: data.isConfigOnly,
    configFrom: data.configFrom,
    ipamDriver: data.ipamDriver,
    ipamOptions: data.ipamOptions,
    pools: data.pools,
    addressPools: data.isConfigOnly ? [] : data.pools.map(addressPoolOf),
    options: data.options,
    labels: data.labels,
    createdAt: data.createdAt,
    ordinal,
    bridge:
      data.bridge === null ? null : { ...data.bridge, hasHadMember: false, takenOverAddress: null },
    parentLink: data.parentLink ?? null,
    vnis: [],
    endpointIds: emptyMap(),
    joinedCount: 0,
  };
}

/** The pool with its gateway and its auxiliary addresses taken. */
export function addressPoolOf(pool: NetworkPool): AddressPool {
  const reserved = [pool.gateway, ...Object.values(pool.auxAddresses)];
  return reserved.reduce<AddressPool>(
    (addresses, text) => {
      const address = parseIp(text);
      if (address === null) return addresses;
      const taken = takeAddress(addresses, address);
      return typeof taken === 'string' ? addresses : taken;
    },
    makeAddressPool(pool.subnet, pool.ipRange),
  );
}

/** Names may be shared when the client did not ask for the check: the latest other one keeps it. */
function withoutNetwork(before: LabHost, networkId: string): LabHost {
  const { name = '', bridge = null } = before.networks.get(networkId) ?? {};
  const link = { namespace: '', interfaceIndex: bridge?.interfaceIndex ?? 0 };
  const host = bridge === null ? before : withoutLinks(before, [link]);
  const networks = host.networks.without(networkId);
  const names = host.networkNames;
  if (names.get(name) !== networkId) return { ...host, networks };
  const namesake = [...networks.values()].findLast((network) => network.name === name);
  const networkNames = namesake === undefined ? names.without(name) : names.with(name, namesake.id);
  return { ...host, networks, networkNames };
}
