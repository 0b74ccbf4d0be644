import type { NetworkId, SwarmObjectId } from '@netfold/contracts';
import type { ActiveLab } from '../state/lab.ts';
import type { Swarm, SwarmNetwork } from '../state/swarm.ts';

export function getSwarm(lab: ActiveLab, id: SwarmObjectId): Swarm {
  const swarm = lab.swarms.get(id);
  if (swarm === undefined) throw new Error(`no swarm ${id}`);
  return swarm;
}

export function getSwarmNetwork(swarm: Swarm, id: NetworkId): SwarmNetwork {
  const network = swarm.networks.get(id);
  if (network === undefined) throw new Error(`no network ${id} in swarm ${swarm.id}`);
  return network;
}

export function changeSwarm(
  lab: ActiveLab,
  id: SwarmObjectId,
  change: (swarm: Swarm) => Swarm,
): ActiveLab {
  return { ...lab, swarms: lab.swarms.with(id, change(getSwarm(lab, id))) };
}

/** A network that was removed meanwhile stays so: its tasks may end after it. */
export function changeSwarmNetwork(
  lab: ActiveLab,
  swarmId: SwarmObjectId,
  networkId: NetworkId,
  change: (network: SwarmNetwork) => SwarmNetwork,
): ActiveLab {
  return changeSwarm(lab, swarmId, (swarm) => ({
    ...swarm,
    networks: swarm.networks.with(networkId, change(getSwarmNetwork(swarm, networkId))),
  }));
}
