import { humanDuration } from '../format/units.ts';

type Cluster = {
  readonly ID: string;
  readonly DefaultAddrPool?: readonly string[] | null;
  readonly SubnetSize: number;
  readonly DataPathPort: number;
  readonly RootRotationInProgress: boolean;
  readonly Spec: {
    readonly Orchestration: { readonly TaskHistoryRetentionLimit?: number | null };
    readonly Raft: {
      readonly SnapshotInterval?: number;
      readonly KeepOldSnapshots?: number | null;
      readonly HeartbeatTick: number;
      readonly ElectionTick: number;
    };
    /** Nanoseconds. */
    readonly Dispatcher: { readonly HeartbeatPeriod?: number };
    readonly CAConfig: {
      readonly NodeCertExpiry?: number;
      readonly ForceRotate?: number;
      readonly SigningCACert?: string;
      readonly ExternalCAs?: readonly ExternalCa[] | null;
    };
    readonly EncryptionConfig: { readonly AutoLockManagers: boolean };
  };
};

type ExternalCa = { readonly Protocol: string; readonly URL: string };

/** The part of `GET /info` that tells of the swarm. */
export type SwarmInfo = {
  readonly NodeID: string;
  readonly NodeAddr: string;
  readonly LocalNodeState: string;
  readonly ControlAvailable: boolean;
  readonly Error: string;
  readonly RemoteManagers: readonly { readonly Addr: string }[] | null;
  readonly Nodes?: number;
  readonly Managers?: number;
  readonly Cluster?: Cluster | null;
};

const nanosPerMs = 1_000_000;

/** @source docker/cli v20.10 cli/command/system/info.go printSwarmInfo */
export const swarmLines = (swarm: SwarmInfo): readonly string[] => {
  const { Cluster: cluster, LocalNodeState: state, RemoteManagers } = swarm;
  if (state === 'inactive' || state === 'locked') return [];
  const isShown = swarm.ControlAvailable && swarm.Error === '' && state !== 'error';
  const managers = (RemoteManagers ?? []).map(({ Addr }) => Addr).toSorted();
  return [
    `  NodeID: ${swarm.NodeID}`,
    ...(swarm.Error === '' ? [] : [`  Error: ${swarm.Error}`]),
    `  Is Manager: ${swarm.ControlAvailable}`,
    ...(cluster && isShown ? clusterLines(swarm, cluster) : []),
    `  Node Address: ${swarm.NodeAddr}`,
    ...(managers.length === 0 ? [] : ['  Manager Addresses:']),
    ...managers.map((address) => `   ${address}`),
  ];
};

const clusterLines = (swarm: SwarmInfo, cluster: Cluster): readonly string[] => {
  const { DefaultAddrPool: pool, SubnetSize, DataPathPort, Spec } = cluster;
  const { Orchestration, Raft, Dispatcher } = Spec;
  const poolLines = [
    `  Default Address Pool: ${(pool ?? []).map((one) => `${one}  `).join('')}`,
    `  SubnetSize: ${SubnetSize}`,
  ];
  const kept = Raft.KeepOldSnapshots ?? null;
  return [
    `  ClusterID: ${cluster.ID}`,
    `  Managers: ${swarm.Managers ?? 0}`,
    `  Nodes: ${swarm.Nodes ?? 0}`,
    ...(pool ? poolLines : []),
    ...(DataPathPort > 0 ? [`  Data Path Port: ${DataPathPort}`] : []),
    '  Orchestration:',
    `   Task History Retention Limit: ${Orchestration.TaskHistoryRetentionLimit ?? 0}`,
    '  Raft:',
    `   Snapshot Interval: ${Raft.SnapshotInterval ?? 0}`,
    ...(kept === null ? [] : [`   Number of Old Snapshots to Retain: ${kept}`]),
    `   Heartbeat Tick: ${Raft.HeartbeatTick}`,
    `   Election Tick: ${Raft.ElectionTick}`,
    '  Dispatcher:',
    `   Heartbeat Period: ${humanDuration((Dispatcher.HeartbeatPeriod ?? 0) / nanosPerMs)}`,
    ...authorityLines(Spec.CAConfig),
    `  Autolock Managers: ${Spec.EncryptionConfig.AutoLockManagers}`,
    `  Root Rotation In Progress: ${cluster.RootRotationInProgress}`,
  ];
};

const authorityLines = (authority: Cluster['Spec']['CAConfig']): readonly string[] => {
  const certificate = (authority.SigningCACert ?? '').trim();
  const others = authority.ExternalCAs ?? [];
  return [
    '  CA Configuration:',
    `   Expiry Duration: ${humanDuration((authority.NodeCertExpiry ?? 0) / nanosPerMs)}`,
    `   Force Rotate: ${authority.ForceRotate ?? 0}`,
    ...(certificate === '' ? [] : [`   Signing CA Certificate: \n${certificate}\n`]),
    ...(others.length === 0 ? [] : ['   External CAs:']),
    ...others.map(({ Protocol, URL }) => `     ${Protocol}: ${URL}`),
  ];
};
