import type { SwarmSettings } from '@netfold/contracts';
import type { Folds } from '../fold.ts';
import { changeSwarm } from './change-swarm.ts';

/** @source moby/swarmkit v20.10 manager/defaults, transcript engine-api/swarm */
export const initialSettings: SwarmSettings = {
  taskHistoryLimit: 5,
  snapshotInterval: 10_000,
  snapshotsKept: 0,
  slowFollowerEntries: 500,
  heartbeatNanoseconds: 5_000_000_000,
  certificateNanoseconds: 7_776_000_000_000_000,
  isAutolocked: false,
};

export const settingsFolds: Folds<'SwarmConfigured' | 'JoinTokenRotated' | 'UnlockKeySet'> = {
  SwarmConfigured: (lab, { swarmId, settings }) =>
    changeSwarm(lab, swarmId, (swarm) => ({ ...swarm, settings, version: swarm.version + 1 })),

  JoinTokenRotated: (lab, { swarmId, role, token }) =>
    changeSwarm(lab, swarmId, (swarm) =>
      role === 'manager' ? { ...swarm, managerToken: token } : { ...swarm, workerToken: token },
    ),

  UnlockKeySet: (lab, { swarmId, unlockKey }) =>
    changeSwarm(lab, swarmId, (swarm) => ({ ...swarm, unlockKey })),
};
