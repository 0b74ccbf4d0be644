import { kernel } from '@netfold/tooltext';
import type { Seen } from '../engine/call.ts';
import { engineProfile, plugins } from '../engine/engine-profile.ts';
import { goTime } from '../http/go-time.ts';
import { imageSummaries } from '../image/image-list.ts';
import { clusterJson } from '../swarm/swarm-json.ts';

const inactiveSwarm = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
};

/** The `Swarm` section; a manager also tells the cluster. */
const swarmInfoJson = (seen: Seen): unknown => {
  const { membership } = seen.host;
  if (membership.state !== 'active') return inactiveSwarm;
  const swarm = seen.lab.swarms.get(membership.swarmId);
  const nodes = [...(swarm?.nodes.values() ?? [])];
  const managers = nodes.filter(({ role }) => role === 'manager');
  const isManager = membership.role === 'manager';
  return {
    NodeID: membership.nodeId,
    NodeAddr: membership.address,
    LocalNodeState: 'active',
    ControlAvailable: isManager,
    Error: '',
    RemoteManagers: managers.map(({ id, address }) => ({ NodeID: id, Addr: `${address}:2377` })),
    ...(isManager && swarm !== undefined
      ? { Nodes: nodes.length, Managers: managers.length, Cluster: clusterJson(swarm) }
      : {}),
  };
};

const registry = {
  AllowNondistributableArtifactsCIDRs: [],
  AllowNondistributableArtifactsHostnames: [],
  InsecureRegistryCIDRs: ['127.0.0.0/8'],
  IndexConfigs: {
    'docker.io': { Name: 'docker.io', Mirrors: [], Secure: true, Official: true },
  },
  Mirrors: [],
};

const abilities = {
  MemoryLimit: true,
  SwapLimit: true,
  KernelMemory: true,
  KernelMemoryTCP: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  IPv4Forwarding: true,
  BridgeNfIptables: true,
  BridgeNfIp6tables: true,
};

const memoryBytes = 4 * 1024 ** 3;

/** `GET /info`. @source moby/moby v20.10 api/types/types.go (Info) */
export const infoJson = (seen: Seen, now: number): unknown => {
  const { host } = seen;
  const containers = [...host.containers.values()];
  const count = (...states: readonly string[]): number =>
    containers.filter(({ status }) => states.includes(status)).length;
  const { containerd, runc, init } = engineProfile;
  const commit = (id: string) => ({ ID: id, Expected: id });
  return {
    ID: host.engineId,
    Containers: containers.length,
    ContainersRunning: count('running'),
    ContainersPaused: count('paused'),
    ContainersStopped: count('created', 'exited'),
    Images: imageSummaries(seen.lab, seen.host).length,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: plugins,
    ...abilities,
    Debug: false,
    NFd: 22 + 6 * count('running', 'paused'),
    OomKillDisable: true,
    NGoroutines: 33,
    SystemTime: goTime(now),
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    NEventsListener: 0,
    KernelVersion: kernel.release,
    OperatingSystem: engineProfile.operatingSystem,
    OSVersion: '12',
    OSType: 'linux',
    Architecture: kernel.machine,
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: registry,
    NCPU: 2,
    MemTotal: memoryBytes,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: host.name,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: engineProfile.version,
    Runtimes: {
      'io.containerd.runc.v2': { path: 'runc' },
      'io.containerd.runtime.v1.linux': { path: 'runc' },
      runc: { path: 'runc' },
    },
    DefaultRuntime: 'runc',
    Swarm: swarmInfoJson(seen),
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: commit(containerd.gitCommit),
    RuncCommit: commit(runc.gitCommit),
    InitCommit: commit(init.gitCommit),
    SecurityOptions: ['name=seccomp,profile=default'],
    Warnings: null,
  };
};
