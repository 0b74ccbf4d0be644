import type { ActiveLab, LabHost } from '@netfold/domain';
import { contributionOf } from '../entity.ts';
import type { EntityReference, HostEntityKind } from '../entity.ts';
import type { RowsByTable, TableName } from '../rows.ts';
import type { LabPlace, TableRow } from '../table-row.ts';
import { hostNeighbourIds } from '../traffic/learnt-rows.ts';

/** Everything that a lab's rows are made of: the contributions of all its entities. */
export function fullView(lab: ActiveLab, labId: string, tenantId: string): readonly TableRow[] {
  const place = { lab, labId, tenantId };
  return labEntities(lab).flatMap((reference) => contributionOf(place, reference));
}

/** Every entity of the lab. */
export function labEntities(lab: ActiveLab): readonly EntityReference[] {
  const hosts = [...lab.hosts.values()];
  return [{ kind: 'lab' }, ...hosts.flatMap((host) => hostEntities(lab, host))];
}

/** Every entity of one host, the host itself first. */
export function hostEntities(lab: ActiveLab, host: LabHost): readonly EntityReference[] {
  const all = (kind: HostEntityKind, ids: Iterable<string>): EntityReference[] =>
    [...ids].map((id) => ({ kind, host: host.name, id }));
  return [
    { kind: 'host', host: host.name, id: '' },
    ...all('network', host.networks.keys()),
    ...all('managedNetwork', managedNetworkIds(lab, host)),
    ...all('overlay', host.overlays.keys()),
    ...all('sandbox', host.sandboxes.keys()),
    ...all('endpoint', host.endpoints.keys()),
    ...all('publishedPort', host.publishedPorts.keys()),
    ...all('container', host.containers.keys()),
    ...all('exec', host.execs.keys()),
    ...all('neighbour', hostNeighbourIds(host)),
    { kind: 'firewall', host: host.name, id: '' },
    { kind: 'handMade', host: host.name, id: '' },
  ];
}

/** Networks of the host's swarm; its contribution is empty unless the host manages them. */
export function managedNetworkIds(lab: ActiveLab, { membership }: LabHost): Iterable<string> {
  if (membership.state !== 'active' || membership.role !== 'manager') return [];
  return lab.swarms.get(membership.swarmId)?.networks.keys() ?? [];
}

/** The rows of one host by table. Tables without rows are left out. */
export type RowsOfHost = { readonly [T in TableName]?: readonly RowsByTable[T][] };

/** The rows of one host of a lab. @throws when the lab has no such host: a caller's mistake */
export function hostRows(lab: ActiveLab, labId: string, hostName: string): RowsOfHost {
  const host = lab.hosts.get(hostName);
  if (host === undefined) throw new Error(`no host ${hostName} in the lab`);
  const place: LabPlace = { lab, labId, tenantId: '' };
  const rows: { [T in TableName]?: RowsByTable[TableName][] } = {};
  for (const reference of hostEntities(lab, host)) {
    for (const { table, row } of contributionOf(place, reference)) (rows[table] ??= []).push(row);
  }
  return rows as RowsOfHost;
}
