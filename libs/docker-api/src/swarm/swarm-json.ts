import type { Swarm, SwarmNode } from '@netfold/domain';
import { kernel } from '@netfold/tooltext';
import { engineProfile, plugins } from '../engine/engine-profile.ts';
import { goTime } from '../http/go-time.ts';
import { settingsJson } from './settings.ts';

/** The cluster, as `docker info` tells it. @source moby/moby v20.10 api/types/swarm/swarm.go */
export const clusterJson = (swarm: Swarm): object => ({
  ID: swarm.id,
  Version: { Index: swarm.version },
  CreatedAt: goTime(swarm.createdAt),
  UpdatedAt: goTime(swarm.createdAt),
  Spec: settingsJson(swarm.settings),
  TLSInfo: { TrustRoot: '', CertIssuerSubject: '', CertIssuerPublicKey: '' },
  RootRotationInProgress: false,
  DefaultAddrPool: swarm.addressPools,
  SubnetSize: swarm.subnetSize,
  DataPathPort: 4789,
});

/** `GET /swarm`. */
export const swarmJson = (swarm: Swarm): unknown => ({
  ...clusterJson(swarm),
  JoinTokens: { Worker: swarm.workerToken, Manager: swarm.managerToken },
});

const pluginsJson = (['Log', 'Network', 'Volume'] as const).flatMap((Type) =>
  plugins[Type].map((Name) => ({ Type, Name })),
);

/** `GET /nodes/{id}`. @source moby/moby v20.10 api/types/swarm/node.go */
export const nodeJson = (swarm: Swarm, node: SwarmNode): unknown => ({
  ID: node.id,
  Version: { Index: node.version },
  CreatedAt: goTime(node.joinedAt),
  UpdatedAt: goTime(node.joinedAt),
  Spec: { Labels: node.labels, Role: node.role, Availability: node.availability },
  Description: {
    Hostname: node.host,
    Platform: { Architecture: kernel.machine, OS: 'linux' },
    Resources: { NanoCPUs: 2_000_000_000, MemoryBytes: 4_294_967_296 },
    Engine: {
      EngineVersion: engineProfile.version,
      Plugins: pluginsJson,
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
          ...(swarm.leaderId === node.id ? { Leader: true } : {}),
          Reachability: node.status === 'ready' ? 'reachable' : 'unreachable',
          Addr: `${node.address}:2377`,
        },
      }
    : {}),
});
