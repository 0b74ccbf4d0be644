import type { ActiveLab, HandMade, LabHost } from '@netfold/domain';
import type { EntityReference, HostEntityKind } from '../entity.ts';
import { hostNeighbourIds } from '../traffic/learnt-rows.ts';

type States = { readonly before: ActiveLab; readonly after: ActiveLab };

/**
 * On a host where somebody changed network stacks by hand, whatever else happens may reach what he
 * made (a container joins his bridge), and what he did reaches the makers of the links that he
 * edited. As many as he edited, which is limited.
 */
export function touchedByHand(name: string, { before, after }: States): EntityReference[] {
  const hosts = [before, after].flatMap((lab) => lab.hosts.get(name) ?? []);
  if (hosts.every(({ handMade }) => handMade === undefined)) return [];
  const on = (kind: HostEntityKind, id: string): EntityReference => ({ kind, host: name, id });
  return [
    on('handMade', ''),
    ...hosts.flatMap((host) => (host.handMade ? ownersOf(host, host.handMade, on) : [])),
  ];
}

type On = (kind: HostEntityKind, id: string) => EntityReference;

function ownersOf(host: LabHost, { edited, links }: HandMade, on: On): EntityReference[] {
  const owners = Object.values(edited).flatMap(({ link }) => [
    ...(link.networkId === null ? [on('host', '')] : [on('network', link.networkId)]),
    ...(link.endpointId === null ? [] : [on('endpoint', link.endpointId)]),
    ...(link.namespace === '' ? [] : [on('sandbox', link.namespace)]),
    ...membersOf(host, link.networkId).map((id) => on('endpoint', id)),
  ]);
  const bridges = new Set(Object.values(links).map(({ interfaceIndex }) => interfaceIndex));
  const guests = [...host.networks.values()]
    .filter(({ bridge }) => bridge !== null && bridges.has(bridge.interfaceIndex))
    .flatMap(({ id }) => [
      on('network', id),
      ...membersOf(host, id).map((member) => on('endpoint', member)),
    ]);
  const learnt = hostNeighbourIds(host).map((id) => on('neighbour', id));
  return [...owners, ...guests, ...learnt];
}

/** A bridge that is renamed or gone is told of by its ports. */
const membersOf = ({ networks }: LabHost, networkId: string | null): string[] => [
  ...(networks.get(networkId ?? '')?.endpointIds.keys() ?? []),
];
