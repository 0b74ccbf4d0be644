import { mustParseCidr, parseIp } from '@netfold/addressing';
import type { Cidr } from '@netfold/addressing';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import { poolInUse } from './ipam-allocation.ts';
import type { AddressSpace } from './ipam-allocation.ts';

/** The address space that a host's local networks share. */
export function localAddressSpace(lab: ActiveLab, host: LabHost): AddressSpace {
  const pools = [...host.networks.values()]
    .filter((network) => network.scope === 'local' && !network.isConfigOnly)
    .flatMap((network) => network.pools.filter((_, index) => index < network.addressPools.length))
    .map(poolInUse);
  return {
    name: 'LocalDefault',
    pools: [...pools, ...host.abandonedPools.map(poolInUse)],
    routes: routesOf(lab, host),
    cursor: host.predefinedPoolCursor,
  };
}

/** The LANs that the host's NICs reach, and the nameserver of its resolv.conf. */
function routesOf(lab: ActiveLab, host: LabHost): readonly Cidr[] {
  const lans = host.spec.nics.map((nic) => mustParseCidr(nic.address));
  const nameserver = lab.lans.find((lan) => lan.name === host.spec.nics[0]?.lan)?.gateway;
  if (nameserver === undefined || parseIp(nameserver) === null) return lans;
  return [...lans, mustParseCidr(`${nameserver}/32`)];
}
