import type { HostName, Refusal } from '@netfold/contracts';
import { getHost } from '../host/change-host.ts';
import * as refusals from '../refusal/swarm.ts';
import type { ActiveLab } from '../state/lab.ts';
import type { Swarm } from '../state/swarm.ts';
import { managedSwarm } from './managed-swarm.ts';

/**
 * The swarm that the host manages, or why it can tell nothing of any.
 *
 * @source moby/moby v20.10 daemon/cluster/cluster.go errNoManager
 */
export function swarmOfManager(lab: ActiveLab, hostName: HostName): Swarm | Refusal {
  const host = getHost(lab, hostName);
  if (host.membership.state !== 'active') return refusals.managerNeeded();
  return managedSwarm(lab, host) ?? refusals.notAManager();
}
