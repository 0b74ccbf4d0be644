import type { SwarmNetwork } from '@netfold/domain';
import { containerContribution } from './container/container-rows.ts';
import { endpointContribution } from './endpoint/endpoint-rows.ts';
import { execContribution } from './exec/exec-rows.ts';
import { firewallContribution, withEdits } from './firewall/edited-rules.ts';
import { handMadeContribution } from './hand-made/made-rows.ts';
import { withHandMade } from './hand-made/with-hand-made.ts';
import { hostContribution } from './host/host-rows.ts';
import { labContribution } from './lab/lab-rows.ts';
import { managedNetworkContribution, networkContribution } from './network/network-rows.ts';
import { overlayContribution } from './overlay/presence-rows.ts';
import { publishedPortContribution } from './published-port/port-rows.ts';
import { sandboxContribution } from './sandbox/sandbox-rows.ts';
import type { HostPlace, LabPlace, TableRow } from './table-row.ts';
import { hostNeighbourContribution } from './traffic/learnt-rows.ts';

/** The parts of a host that have contributions of their own. */
export type HostEntityKind =
  | 'host'
  | 'network'
  | 'managedNetwork'
  | 'endpoint'
  | 'sandbox'
  | 'container'
  | 'exec'
  | 'publishedPort'
  | 'overlay'
  | 'neighbour'
  | 'firewall'
  | 'handMade';

/** What contributes rows, by its name: it may exist in one state of a lab and not in another. */
export type EntityReference =
  | { readonly kind: 'lab' }
  | { readonly kind: HostEntityKind; readonly host: string; readonly id: string };

/** Equal for references to the same entity. */
export function referenceKey(reference: EntityReference): string {
  return reference.kind === 'lab'
    ? 'lab'
    : [reference.kind, reference.host, reference.id].join(' ');
}

/**
 * The rows that one entity contributes; none while it does not exist. Looks at the entity and its
 * bounded neighbours only: never at a whole host.
 */
export function contributionOf(place: LabPlace, reference: EntityReference): TableRow[] {
  if (reference.kind === 'lab') return labContribution(place);
  const host = place.lab.hosts.get(reference.host);
  if (host === undefined) return [];
  const hostPlace = { ...place, host };
  const rows = hostEntityContribution(hostPlace, reference.kind, reference.id);
  if (reference.kind === 'firewall' || reference.kind === 'handMade') return rows;
  return withHandMade(hostPlace, withEdits(host.firewall, rows));
}

function hostEntityContribution(place: HostPlace, kind: HostEntityKind, id: string): TableRow[] {
  const { host } = place;
  switch (kind) {
    case 'host':
      return hostContribution(place);
    case 'network':
      return given(place, host.networks.get(id), networkContribution);
    case 'managedNetwork':
      return given(place, managedNetwork(place, id), managedNetworkContribution);
    case 'endpoint':
      return given(place, host.endpoints.get(id), endpointContribution);
    case 'sandbox':
      return given(place, host.sandboxes.get(id), sandboxContribution);
    case 'container':
      return given(place, host.containers.get(id), containerContribution);
    case 'exec':
      return given(place, host.execs.get(id), execContribution);
    case 'publishedPort':
      return given(place, host.publishedPorts.get(id), publishedPortContribution);
    case 'overlay':
      return given(place, host.overlays.get(id), overlayContribution);
    case 'firewall':
      return firewallContribution(place);
    case 'handMade':
      return handMadeContribution(place);
    case 'neighbour':
      return hostNeighbourContribution(place, id);
    default:
      return kind satisfies never;
  }
}

function given<E>(
  place: HostPlace,
  entity: E | undefined,
  contribution: (place: HostPlace, entity: E) => TableRow[],
): TableRow[] {
  return entity === undefined ? [] : contribution(place, entity);
}

/** Managers know every network of their swarm, used on their own host or not. */
function managedNetwork({ lab, host }: HostPlace, id: string): SwarmNetwork | undefined {
  const { membership } = host;
  if (membership.state !== 'active' || membership.role !== 'manager') return undefined;
  return lab.swarms.get(membership.swarmId)?.networks.get(id);
}
