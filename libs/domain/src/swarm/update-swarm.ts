import type { Outcome, Refusal, SwarmSettings } from '@netfold/contracts';
import * as refusals from '../refusal/swarm.ts';
import type { Swarm } from '../state/swarm.ts';
import { answered, refusedWith } from '../work.ts';
import type { CommandOf, Work } from '../work.ts';
import { swarmOfManager } from './swarm-of-manager.ts';
import { parseJoinToken } from './join-token.ts';

/** An hour. @source swarmkit ca/certificates.go MinNodeCertExpiration */
const certificateNanosecondsMin = 3_600_000_000_000;

/**
 * Sets what holds for the whole cluster, and makes new tokens and keys where asked.
 *
 * @source moby/moby v20.10 daemon/cluster/swarm.go Update,
 * swarmkit manager/controlapi/cluster.go UpdateCluster
 */
export function updateSwarm(work: Work, command: CommandOf<'UpdateSwarm'>): Outcome {
  const swarm = swarmOfManager(work.lab, command.host);
  if ('code' in swarm) return refusedWith(swarm);
  const refusal = refusalOfSettings(command.settings);
  if (refusal !== null) return refusedWith(refusal);
  if (command.version !== swarm.version) return refusedWith(refusals.updateOutOfSequence());
  const { settings } = command;
  work.emit({ type: 'SwarmConfigured', data: { swarmId: swarm.id, settings } });
  if (command.rotateWorkerToken) emitToken(work, swarm, 'worker');
  if (command.rotateManagerToken) emitToken(work, swarm, 'manager');
  emitUnlockKey(work, swarm, command);
  return answered();
}

export function refusalOfSettings(settings: SwarmSettings): Refusal | null {
  if (settings.certificateNanoseconds < certificateNanosecondsMin) {
    return refusals.certificateTooShort();
  }
  return settings.heartbeatNanoseconds < 0 ? refusals.negativeHeartbeat() : null;
}

function emitToken(work: Work, swarm: Swarm, role: 'manager' | 'worker'): void {
  const clusterDigest = parseJoinToken(swarm.workerToken)?.clusterDigest ?? '';
  const token = work.draw.joinToken(clusterDigest);
  work.emit({ type: 'JoinTokenRotated', data: { swarmId: swarm.id, role, token } });
}

/** A key lasts until it is rotated, or managers no longer lock themselves. */
function emitUnlockKey(work: Work, swarm: Swarm, command: CommandOf<'UpdateSwarm'>): void {
  const { isAutolocked } = command.settings;
  const isKept = isAutolocked === (swarm.unlockKey !== null) && !command.rotateUnlockKey;
  if (isKept || (!isAutolocked && swarm.unlockKey === null)) return;
  const unlockKey = isAutolocked ? work.draw.unlockKey() : null;
  work.emit({ type: 'UnlockKeySet', data: { swarmId: swarm.id, unlockKey } });
}
