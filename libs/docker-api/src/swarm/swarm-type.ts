import { goBool, goInt, goList, goMap, goString, goStruct } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';

const unsigned = { ...goInt, name: 'uint64' };

/** @source moby/moby v20.10 api/types/swarm/swarm.go */
const specType = goStruct('swarm.Spec', {
  Orchestration: goStruct('swarm.OrchestrationConfig', {
    TaskHistoryRetentionLimit: { ...goInt, name: 'int64' },
  }),
  Raft: goStruct('swarm.RaftConfig', {
    SnapshotInterval: unsigned,
    KeepOldSnapshots: unsigned,
    LogEntriesForSlowFollowers: unsigned,
  }),
  Dispatcher: goStruct('swarm.DispatcherConfig', {
    HeartbeatPeriod: { ...goInt, name: 'time.Duration' },
  }),
  CAConfig: goStruct('swarm.CAConfig', {
    NodeCertExpiry: { ...goInt, name: 'time.Duration' },
  }),
  EncryptionConfig: goStruct('swarm.EncryptionConfig', { AutoLockManagers: goBool }),
});

export const initForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('swarm.InitRequest', {
    ListenAddr: goString,
    AdvertiseAddr: goString,
    DataPathAddr: goString,
    DataPathPort: { ...goInt, name: 'uint32' },
    ForceNewCluster: goBool,
    DefaultAddrPool: goList(goString),
    SubnetSize: { ...goInt, name: 'uint32' },
    Availability: goString,
    Spec: specType,
  }),
};

export const joinForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('swarm.JoinRequest', {
    ListenAddr: goString,
    AdvertiseAddr: goString,
    DataPathAddr: goString,
    RemoteAddrs: goList(goString),
    JoinToken: goString,
    Availability: goString,
  }),
};

/** @source moby/moby v20.10 api/types/swarm/node.go (NodeSpec) */
export const nodeForm: BodyForm = {
  faults: 'invalidParameter',
  type: goStruct('swarm.NodeSpec', {
    Name: goString,
    Labels: goMap(goString),
    Role: goString,
    Availability: goString,
  }),
};

/** @source moby/moby v20.10 api/types/swarm/swarm.go (Spec) */

export const settingsForm: BodyForm = { faults: 'invalidParameter', type: specType };
