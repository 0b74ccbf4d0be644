import { mustParseCidr, parseCidr, parseIp } from '@netfold/addressing';
import type { Cidr } from '@netfold/addressing';
import type { LinkPlace, NetworkPool } from '@netfold/contracts';
import { linkKey, untouchedStacks } from '../stack/stack-key.ts';
import type { HandMade } from '../state/hand-made.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Network } from '../state/network.ts';
import { poolInUse } from './ipam-allocation.ts';
import type { AddressSpace } from './ipam-allocation.ts';

/** The host's own stack, as edits name it. */
const hostStack = '';

/** The address space that a host's local networks share. */
export function localAddressSpace(lab: ActiveLab, host: LabHost): AddressSpace {
  const pools = [...host.networks.values()]
    .filter((network) => network.scope === 'local' && !network.isConfigOnly)
    .flatMap(allocatedPools)
    .map(poolInUse);
  return {
    name: 'LocalDefault',
    pools: [...pools, ...host.abandonedPools.map(poolInUse)],
    routes: routesOf(lab, host),
    cursor: host.predefinedPoolCursor,
  };
}

/** IPv6 pools of a network without IPv6 are only remembered: another network may have them. */
function allocatedPools(network: Network): readonly NetworkPool[] {
  return network.pools.filter(
    ({ family }, index) =>
      index < network.addressPools.length && (family === 4 || network.isIPv6Enabled),
  );
}

/** The LANs that the host's NICs and its links made by hand reach, and its nameserver. */
function routesOf(lab: ActiveLab, host: LabHost): readonly Cidr[] {
  const lans = [
    ...host.spec.nics.map((nic) => mustParseCidr(nic.address)),
    ...routesByHand(host.handMade ?? untouchedStacks),
  ];
  const nameserver = lab.lans.find((lan) => lan.name === host.spec.nics[0]?.lan)?.gateway;
  if (nameserver === undefined || parseIp(nameserver) === null) return lans;
  return [...lans, mustParseCidr(`${nameserver}/32`)];
}

/** Only routes of scope link count: those that an address brings, and those without a gateway. */
function routesByHand({ addresses, routes, links, edited }: HandMade): readonly Cidr[] {
  const isUp = (place: LinkPlace): boolean => {
    const key = linkKey(place);
    return links[key]?.isUp ?? edited[key]?.isUp ?? true;
  };
  const isOfHost = (one: LinkPlace & { readonly family: 4 | 6 }): boolean =>
    one.namespace === hostStack && one.family === 4 && isUp(one);
  const connected = Object.values(addresses)
    .filter((one) => isOfHost(one))
    .map(({ address }) => address);
  const direct = Object.values(routes)
    .filter((one) => isOfHost(one) && one.scope === 'link' && one.destination !== 'default')
    .map(({ destination }) => destination);
  return [...connected, ...direct].flatMap((text) => parseCidr(text) ?? []);
}
