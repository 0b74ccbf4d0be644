import type { SwarmSettings } from '@netfold/contracts';
import { childOf, flagOf, numberOf } from '../http/fields.ts';
import type { JsonObject } from '../http/fields.ts';

/** What a body of `POST /swarm/update` sets. @source moby/moby v20.10 api/types/swarm/swarm.go */
export const settingsOf = (body: JsonObject): SwarmSettings => {
  const raft = childOf(body, 'Raft');
  return {
    taskHistoryLimit: numberOf(childOf(body, 'Orchestration'), 'TaskHistoryRetentionLimit'),
    snapshotInterval: numberOf(raft, 'SnapshotInterval'),
    snapshotsKept: numberOf(raft, 'KeepOldSnapshots'),
    slowFollowerEntries: numberOf(raft, 'LogEntriesForSlowFollowers'),
    heartbeatNanoseconds: numberOf(childOf(body, 'Dispatcher'), 'HeartbeatPeriod'),
    certificateNanoseconds: numberOf(childOf(body, 'CAConfig'), 'NodeCertExpiry'),
    isAutolocked: flagOf(childOf(body, 'EncryptionConfig'), 'AutoLockManagers'),
  };
};

/**
 * What a body of `POST /swarm/init` sets: a number of 0 leaves what a cluster begins with.
 *
 * @source moby/moby v20.10 daemon/cluster/convert/swarm.go MergeSwarmSpecToGRPC
 */
export const settingsAtInit = (body: JsonObject): Partial<SwarmSettings> => {
  const spec = childOf(body, 'Spec');
  const kept = new Set<keyof SwarmSettings>();
  if (typeof childOf(spec, 'Orchestration')['TaskHistoryRetentionLimit'] === 'number') {
    kept.add('taskHistoryLimit');
  }
  if (typeof childOf(spec, 'Raft')['KeepOldSnapshots'] === 'number') kept.add('snapshotsKept');
  const given = Object.entries(settingsOf(spec)).filter(
    ([name, value]) => Boolean(value) || kept.has(name as keyof SwarmSettings),
  );
  return Object.fromEntries(given);
};

/** The same as `Spec` of a cluster. */
export const settingsJson = (settings: SwarmSettings): unknown => ({
  Name: 'default',
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: settings.taskHistoryLimit },
  Raft: {
    SnapshotInterval: settings.snapshotInterval,
    KeepOldSnapshots: settings.snapshotsKept,
    LogEntriesForSlowFollowers: settings.slowFollowerEntries,
    ElectionTick: 10,
    HeartbeatTick: 1,
  },
  Dispatcher: { HeartbeatPeriod: settings.heartbeatNanoseconds },
  CAConfig: { NodeCertExpiry: settings.certificateNanoseconds },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: settings.isAutolocked },
});
