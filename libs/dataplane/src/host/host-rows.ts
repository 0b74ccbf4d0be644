import type { HostRow } from '../rows.ts';
import { onHost } from '../table-row.ts';
import type { HostPlace, TableRow } from '../table-row.ts';
import { baseRules } from './base-rules.ts';
import { engineProcesses, engineSockets } from './engine-processes.ts';
import { hostLinks } from './host-links.ts';

/** What a host shows before any network: its NICs, the engine's chains, the engine itself. */
export function hostContribution(place: HostPlace): TableRow[] {
  return [
    { table: 'host', row: hostRow(place) },
    ...hostLinks(place),
    ...baseRules(place),
    ...engineProcesses(place),
    ...engineSockets(place),
  ];
}

function hostRow(place: HostPlace): HostRow {
  const { host } = place;
  const { membership } = host;
  const isActive = membership.state === 'active';
  return {
    ...onHost(place),
    engineProfile: host.spec.engineProfile,
    engineId: host.engineId,
    address: host.spec.nics[0]?.address ?? null,
    swarmState: membership.state,
    swarmRole: isActive ? membership.role : null,
    swarmId: isActive ? membership.swarmId : null,
    nodeId: isActive ? membership.nodeId : null,
    bootedAt: host.bootedAt,
    ordinal: [...place.lab.hosts.keys()].indexOf(host.name),
  };
}
