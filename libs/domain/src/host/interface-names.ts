import type { LabHost } from '../state/lab-host.ts';

/** Whether `ip link` on the lab host itself shows an interface of that name. */
export function hasInterface(host: LabHost, name: string): boolean {
  return isBridge(host, name) || isOtherInterface(host, name);
}

/** Whether a network of this host has a bridge of that name. */
function isBridge(host: LabHost, name: string): boolean {
  return [...host.networks.values()].some((network) => network.bridge?.name === name);
}

/** Loopback, NICs, links that macvlan networks made, and the host's halves of veth pairs. */
export function isOtherInterface(host: LabHost, name: string): boolean {
  if (isHandMade(host, name)) return true;
  if (name === 'lo' || host.spec.nics.some((nic) => nic.name === name)) return true;
  if ([...host.networks.values()].some((network) => network.parentLink?.name === name)) return true;
  return [...host.endpoints.values()].some((endpoint) => endpoint.joined?.veth?.name === name);
}

/** A link that somebody made in the host's own stack and that is no bridge. */
function isHandMade({ handMade }: LabHost, name: string): boolean {
  return Object.values(handMade?.links ?? {}).some(
    (link) => link.namespace === '' && link.name === name && link.kind !== 'bridge',
  );
}
