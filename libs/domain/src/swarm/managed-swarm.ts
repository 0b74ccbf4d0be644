import type { LabHost } from '../state/lab-host.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Swarm } from '../state/swarm.ts';

/** The swarm that this host manages; `null` for a worker and outside of any swarm. */
export function managedSwarm(lab: ActiveLab, host: LabHost): Swarm | null {
  const { membership } = host;
  if (membership.state !== 'active' || membership.role !== 'manager') return null;
  return lab.swarms.get(membership.swarmId) ?? null;
}
