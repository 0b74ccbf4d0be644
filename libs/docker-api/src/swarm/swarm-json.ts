import type { Swarm, SwarmNode } from '@netfold/domain';
import { kernel } from '@netfold/tooltext';
import { engineProfile } from '../engine/engine-profile.ts';
import { goTime } from '../http/go-time.ts';

const version = { Index: 10 };

/** `GET /swarm`. @source moby/moby v20.10 api/types/swarm/swarm.go */
export const swarmJson = (swarm: Swarm): unknown => ({
  ID: swarm.id,
  Version: version,
  CreatedAt: goTime(swarm.createdAt),
  UpdatedAt: goTime(swarm.createdAt),
  Spec: {
    Name: 'default',
    Labels: {},
    Orchestration: { TaskHistoryRetentionLimit: 5 },
    Raft: {
      SnapshotInterval: 10_000,
      KeepOldSnapshots: 0,
      LogEntriesForSlowFollowers: 500,
      ElectionTick: 10,
      HeartbeatTick: 1,
    },
    Dispatcher: { HeartbeatPeriod: 5_000_000_000 },
    CAConfig: { NodeCertExpiry: 7_776_000_000_000_000 },
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: false },
  },
  TLSInfo: { TrustRoot: '', CertIssuerSubject: '', CertIssuerPublicKey: '' },
  RootRotationInProgress: false,
  DataPathPort: 4789,
  DefaultAddrPool: swarm.addressPools,
  SubnetSize: swarm.subnetSize,
  JoinTokens: { Worker: swarm.workerToken, Manager: swarm.managerToken },
});

/** The manager that joined first leads. */
const isLeader = (swarm: Swarm, node: SwarmNode): boolean =>
  [...swarm.nodes.values()].find(({ role }) => role === 'manager')?.id === node.id;

/** `GET /nodes/{id}`. @source moby/moby v20.10 api/types/swarm/node.go */
export const nodeJson = (swarm: Swarm, node: SwarmNode): unknown => ({
  ID: node.id,
  Version: version,
  CreatedAt: goTime(node.joinedAt),
  UpdatedAt: goTime(node.joinedAt),
  Spec: { Labels: {}, Role: node.role, Availability: 'active' },
  Description: {
    Hostname: node.host,
    Platform: { Architecture: kernel.machine, OS: 'linux' },
    Resources: { NanoCPUs: 2_000_000_000, MemoryBytes: 4_294_967_296 },
    Engine: {
      EngineVersion: engineProfile.version,
      Plugins: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'].map((Name) => ({
        Type: 'Network',
        Name,
      })),
    },
    TLSInfo: { TrustRoot: '', CertIssuerSubject: '', CertIssuerPublicKey: '' },
  },
  Status: {
    State: node.status,
    ...(node.status === 'down' ? { Message: 'heartbeat failure' } : {}),
    Addr: node.address,
  },
  ...(node.role === 'manager'
    ? {
        ManagerStatus: {
          ...(isLeader(swarm, node) ? { Leader: true } : {}),
          Reachability: 'reachable',
          Addr: `${node.address}:2377`,
        },
      }
    : {}),
});
