import { linkKey } from '@netfold/domain';
import type { Endpoint, LabHost, Network } from '@netfold/domain';
import { bareAddress } from '../addresses.ts';
import { memberNamespace } from '../network/member-namespace.ts';
import type { InterfaceRow } from '../rows.ts';
import { hostNamespace, overlayNamespace } from '../table-row.ts';
import type { Stack } from './stack.ts';
import type { LabStacks } from './stacks.ts';

/** A link of a stack: where a frame leaves or arrives. */
export type Port = { readonly stack: Stack; readonly link: InterfaceRow };

/** A bridge that a frame goes through, in at one port and out at another. */
export type Crossing = { readonly stack: Stack; readonly bridge: string };

/** Who has an address on a link, and the bridges on the way there. */
export type Neighbour = Port & { readonly crossings: readonly Crossing[] };

type Search = {
  readonly stacks: LabStacks;
  readonly address: string;
  readonly seen: Set<string>;
  /** Ports of bridges at which the question came in. */
  readonly entered: Port[];
};

/** Whether anybody has the address, and the ports of bridges that heard the one who asks. */
export type Segment = { readonly found: Neighbour | null; readonly entered: readonly Port[] };

/**
 * Asks a link who has an address (ARP, neighbour discovery), through bridges, pairs, tunnels and
 * the LAN between the hosts.
 *
 * @returns nobody found when nobody answers
 */
export function askSegment(
  stacks: LabStacks,
  stack: Stack,
  device: string,
  address: string,
): Segment {
  const link = stack.interfaceNamed(device);
  if (link === null || !link.isUp) return { found: null, entered: [] };
  const port = { stack, link };
  const search: Search = { stacks, address, seen: new Set([portKey(port)]), entered: [] };
  const found = link.kind === 'bridge' ? flood(search, port, []) : leave(search, port, []);
  return { found, entered: search.entered };
}

const portKey = ({ stack, link }: Port): string => `${stack.key}/${link.name}`;

/** A frame goes out of a link: whoever is at the other end receives it. */
function leave(search: Search, port: Port, crossings: readonly Crossing[]): Neighbour | null {
  for (const receiver of receivers(search, port)) {
    const found = arrive(search, receiver, crossings);
    if (found !== null) return found;
  }
  return null;
}

function arrive(search: Search, port: Port, crossings: readonly Crossing[]): Neighbour | null {
  const key = portKey(port);
  if (search.seen.has(key) || !port.link.isUp) return null;
  search.seen.add(key);
  const { stack, link } = port;
  const bridge = link.master === null ? null : stack.interfaceNamed(link.master);
  if (bridge !== null) {
    search.entered.push(port);
    if (stack.isLocal(search.address)) return { stack, link: bridge, crossings };
    return flood(search, { stack, link: bridge }, [...crossings, { stack, bridge: bridge.name }]);
  }
  return stack.isLocal(search.address) ? { stack, link, crossings } : null;
}

/** Out of every port of a bridge. */
function flood(search: Search, bridge: Port, crossings: readonly Crossing[]): Neighbour | null {
  for (const link of bridge.stack.view.interfaces) {
    const port = { stack: bridge.stack, link };
    if (link.master !== bridge.link.name || !link.isUp) continue;
    if (search.seen.has(portKey(port))) continue;
    search.seen.add(portKey(port));
    const found = leave(search, port, crossings);
    if (found !== null) return found;
  }
  return null;
}

function receivers(search: Search, port: Port): Port[] {
  const host = search.stacks.lab.hosts.get(port.stack.host);
  if (host === undefined) return onLan(search, port.stack.host, lanOfOutside(search, port));
  switch (port.link.kind) {
    case 'veth':
      return port.link.endpointId === null
        ? handMadeHalf(search, host, port)
        : otherHalf(search, host, port);
    case 'nic':
    case 'vlan':
      return onLan(search, host.name, lanOf(host, port.link.name));
    case 'macvlan':
      return besideMacvlan(search, host, port);
    case 'vxlan':
      return otherVteps(search, host, port);
    default:
      return [];
  }
}

/** The LAN of a NIC, with the VLAN of `eth0.10`. */
function lanOf(host: LabHost, device: string): string | null {
  const [nicName = '', vlan = ''] = device.split('.');
  const nic = host.spec.nics.find(({ name }) => name === device || name === nicName);
  if (nic === undefined) return null;
  return nic.name === device ? nic.lan : `${nic.lan}.${vlan}`;
}

function lanOfOutside({ stacks }: Search, { stack }: Port): string | null {
  return stacks.lab.lans.find((lan) => stacks.outside(lan) === stack)?.name ?? null;
}

/** Everything on a LAN but what is at the sender's own host. */
function onLan(search: Search, sender: string, lan: string | null): Port[] {
  if (lan === null) return [];
  const { stacks } = search;
  const ports = [...stacks.lab.hosts.values()]
    .filter(({ name }) => name !== sender)
    .flatMap((host) => {
      const stack = stacks.at(host, hostNamespace);
      const links = stack.view.interfaces.filter(
        ({ kind, name }) => (kind === 'nic' || kind === 'vlan') && lanOf(host, name) === lan,
      );
      return links.flatMap((link) => [{ stack, link }, ...macvlansOf(search, host, link.name)]);
    });
  const outside = stacks.lab.lans.find(({ name }) => name === lan);
  if (outside === undefined) return ports;
  const stack = stacks.outside(outside);
  const [link] = stack.view.interfaces;
  return stack.host === sender || link === undefined ? ports : [...ports, { stack, link }];
}

const parentOf = (network: Network): string =>
  network.parentLink?.name ?? network.options['parent'] ?? '';

/** Only those that could have the address: a frame for another one ends at them anyway. */
function macvlansOf(search: Search, host: LabHost, parent: string): Port[] {
  return [...host.networks.values()]
    .filter((network) => isOnParent(network) && parentOf(network) === parent)
    .flatMap((network) => [...network.endpointIds.keys()])
    .flatMap((id) => host.endpoints.get(id) ?? [])
    .flatMap((endpoint) => insideOf(search, host, endpoint));
}

const isOnParent = ({ driver }: Network): boolean => driver === 'macvlan' || driver === 'ipvlan';

/**
 * The parent's LAN hears it, its own stack does not, and siblings only where the driver bridges
 * between them: otherwise the frame leaves by the parent, and no switch sends it back.
 * @source linux drivers/net/macvlan.c macvlan_queue_xmit
 */
function besideMacvlan(search: Search, host: LabHost, { link }: Port): Port[] {
  const network = host.networks.get(link.networkId ?? '');
  if (network === undefined) return [];
  const parent = parentOf(network);
  const mode = network.options['macvlan_mode'] ?? '';
  const siblings = mode === '' || mode === 'bridge' ? macvlansOf(search, host, parent) : [];
  return [...siblings, ...onLan(search, host.name, lanOf(host, parent))];
}

function otherHalf(search: Search, host: LabHost, { stack, link }: Port): Port[] {
  const network = host.networks.get(link.networkId ?? '');
  const endpoint = host.endpoints.get(link.endpointId ?? '');
  if (network === undefined || endpoint === undefined) return [];
  if (link.master !== null) return insideOf(search, host, endpoint);
  const outside = search.stacks.at(host, memberNamespace(network));
  const half = outside.view.interfaces.find(
    (row) => row.endpointId === endpoint.id && row.master !== null,
  );
  return half === undefined || outside === stack ? [] : [{ stack: outside, link: half }];
}

/** The other half of a pair that somebody made, in whatever stack of the host it is now. */
function handMadeHalf({ stacks }: Search, host: LabHost, { stack, link }: Port): Port[] {
  const { namespace } = stack;
  const { interfaceIndex } = link;
  const peer = host.handMade?.links[linkKey({ namespace, interfaceIndex })]?.peer ?? null;
  if (peer === null) return [];
  const other = stacks.at(host, peer.namespace);
  const half = other.view.interfaces.find((row) => row.interfaceIndex === peer.interfaceIndex);
  return half === undefined ? [] : [{ stack: other, link: half }];
}

/** The link of an endpoint in its sandbox, when that sandbox has the address asked for. */
function insideOf({ stacks, address }: Search, host: LabHost, endpoint: Endpoint): Port[] {
  const sandboxId = endpoint.joined?.sandboxId;
  if (sandboxId === undefined || sandboxId === 'host') return [];
  const owned = (host.sandboxes.get(sandboxId)?.endpointIds ?? [endpoint.id]).flatMap((id) => {
    const one = host.endpoints.get(id);
    return one === undefined ? [] : [bareAddress(one.ipv4), bareAddress(one.ipv6)];
  });
  const isAsked = owned.includes(address) || address.startsWith('fe80:');
  if (!isAsked && !isEditedByHand(host, sandboxId)) return [];
  const stack = stacks.at(host, sandboxId);
  const link = stack.view.interfaces.find((row) => row.endpointId === endpoint.id);
  return link === undefined ? [] : [{ stack, link }];
}

/** Such a stack may have addresses that no endpoint was given. */
const isEditedByHand = ({ handMade }: LabHost, sandboxId: string): boolean =>
  handMade !== undefined &&
  [...Object.values(handMade.links), ...Object.values(handMade.addresses)].some(
    ({ namespace }) => namespace === sandboxId,
  );

/** The VTEPs of the same overlay on the other members of the swarm. */
function otherVteps({ stacks }: Search, host: LabHost, { link }: Port): Port[] {
  const { membership } = host;
  const networkId = link.networkId ?? '';
  if (membership.state !== 'active') return [];
  return [...stacks.lab.hosts.values()]
    .filter((other) => other.name !== host.name && other.overlays.has(networkId))
    .filter(({ membership: its }) => its.state === 'active' && its.swarmId === membership.swarmId)
    .flatMap((other) => {
      const stack = stacks.at(other, overlayNamespace(networkId));
      const vtep = stack.view.interfaces.find(({ kind }) => kind === 'vxlan');
      return vtep === undefined ? [] : [{ stack, link: vtep }];
    });
}
