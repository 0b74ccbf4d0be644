import { bytesSize } from '../format/units.ts';
import { swarmLines } from './swarm-info.ts';
import type { SwarmInfo } from './swarm-info.ts';

type Pair = readonly [string, string];
type Build = { readonly ID: string; readonly Expected: string };

/** What `GET /info` tells, as far as it is shown. */
export type ServerInfo = {
  readonly Containers: number;
  readonly ContainersRunning: number;
  readonly ContainersPaused: number;
  readonly ContainersStopped: number;
  readonly Images: number;
  readonly ServerVersion?: string;
  readonly Driver: string;
  readonly DriverStatus?: readonly Pair[] | null;
  readonly SystemStatus?: readonly Pair[] | null;
  readonly LoggingDriver?: string;
  readonly CgroupDriver?: string;
  readonly CgroupVersion?: string;
  readonly Plugins: Readonly<
    Record<'Volume' | 'Network' | 'Authorization' | 'Log', readonly string[] | null>
  >;
  readonly Swarm: SwarmInfo;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
  readonly DefaultRuntime: string;
  readonly OSType: string;
  readonly InitBinary: string;
  readonly ContainerdCommit: Build;
  readonly RuncCommit: Build;
  readonly InitCommit: Build;
  readonly SecurityOptions?: readonly string[] | null;
  readonly KernelVersion?: string;
  readonly OperatingSystem?: string;
  readonly Architecture?: string;
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly Name?: string;
  readonly ID?: string;
  readonly DockerRootDir: string;
  readonly Debug: boolean;
  readonly NFd: number;
  readonly NGoroutines: number;
  readonly SystemTime: string;
  readonly NEventsListener: number;
  readonly HttpProxy?: string;
  readonly HttpsProxy?: string;
  readonly NoProxy?: string;
  readonly IndexServerAddress: string;
  readonly RegistryConfig?: RegistryConfig | null;
  readonly Labels: readonly string[] | null;
  readonly ExperimentalBuild: boolean;
  readonly ClusterStore?: string;
  readonly ClusterAdvertise?: string;
  readonly LiveRestoreEnabled: boolean;
  readonly ProductLicense?: string;
  readonly DefaultAddressPools?: readonly { readonly Base: string; readonly Size: number }[] | null;
  readonly Warnings: readonly string[] | null;
} & Readonly<Record<Ability, boolean>>;

type RegistryConfig = {
  readonly InsecureRegistryCIDRs: readonly string[] | null;
  readonly IndexConfigs: Readonly<
    Record<string, { readonly Name: string; readonly Secure: boolean }>
  > | null;
  readonly Mirrors: readonly string[] | null;
};

type Ability =
  | 'MemoryLimit'
  | 'SwapLimit'
  | 'OomKillDisable'
  | 'CpuCfsQuota'
  | 'CpuCfsPeriod'
  | 'CPUShares'
  | 'CPUSet'
  | 'IPv4Forwarding'
  | 'BridgeNfIptables'
  | 'BridgeNfIp6tables';

type Shown = { readonly lines: readonly string[]; readonly problem: string | null };

/** A line, where there is something to say. */
const ifTold = (label: string, value: string | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : [`${label} ${value}`];

const pairLines = (indent: string, pairs: readonly Pair[] | null | undefined): readonly string[] =>
  (pairs ?? []).map(([name, value]) => `${indent}${name}: ${value}`);

/** @source docker/cli v20.10 cli/command/system/info.go prettyPrintServerInfo */
export const serverLines = (info: ServerInfo): Shown => {
  const security = securityOptions(info.SecurityOptions ?? []);
  const linux = info.OSType === 'linux' ? linuxLines(info, security.options) : [];
  const lines = [
    ...countLines(info),
    ...pluginLines(info),
    ` Swarm: ${info.Swarm.LocalNodeState}`,
    ...swarmLines(info.Swarm),
    ...runtimeLines(info),
    ...linux,
    ...machineLines(info),
    ...registryLines(info),
    ...policyLines(info),
    '',
  ];
  return { lines, problem: info.OSType === 'linux' ? security.problem : null };
};

const countLines = (info: ServerInfo): readonly string[] => [
  ` Containers: ${info.Containers}`,
  `  Running: ${info.ContainersRunning}`,
  `  Paused: ${info.ContainersPaused}`,
  `  Stopped: ${info.ContainersStopped}`,
  ` Images: ${info.Images}`,
  ...ifTold(' Server Version:', info.ServerVersion),
  ...ifTold(' Storage Driver:', info.Driver),
  ...pairLines('  ', info.DriverStatus),
  ...pairLines(' ', info.SystemStatus),
  ...ifTold(' Logging Driver:', info.LoggingDriver),
  ...ifTold(' Cgroup Driver:', info.CgroupDriver),
  ...ifTold(' Cgroup Version:', info.CgroupVersion),
];

const pluginLines = ({ Plugins }: ServerInfo): readonly string[] => {
  const listed = (names: readonly string[] | null): string => (names ?? []).join(' ');
  const guards = listed(Plugins.Authorization);
  return [
    ' Plugins:',
    `  Volume: ${listed(Plugins.Volume)}`,
    `  Network: ${listed(Plugins.Network)}`,
    ...ifTold('  Authorization:', guards),
    `  Log: ${listed(Plugins.Log)}`,
  ];
};

const runtimeLines = ({ Runtimes, DefaultRuntime }: ServerInfo): readonly string[] => {
  const names = Object.keys(Runtimes ?? {});
  if (names.length === 0) return [];
  return [` Runtimes: ${names.join(' ')}`, ` Default Runtime: ${DefaultRuntime}`];
};

type SecurityOption = { readonly name: string; readonly options: readonly Pair[] };
type SecurityOptions = {
  readonly options: readonly SecurityOption[];
  readonly problem: string | null;
};

/** `name=seccomp,profile=default` @source moby/moby api/types/types.go DecodeSecurityOptions */
const securityOptions = (texts: readonly string[]): SecurityOptions => {
  const options: SecurityOption[] = [];
  for (const text of texts) {
    if (!text.includes('=')) {
      options.push({ name: text, options: [] });
      continue;
    }
    const pairs = text.split(',').map((one): Pair => {
      const at = one.indexOf('=');
      return at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)];
    });
    const wrong = pairs.find(([key, value]) => key === '' || value === '');
    if (wrong !== undefined) {
      return { options: [], problem: 'invalid empty security option' };
    }
    const name = pairs.find(([key]) => key === 'name')?.[1] ?? '';
    options.push({ name, options: pairs.filter(([key]) => key !== 'name') });
  }
  return { options, problem: null };
};

const linuxLines = (info: ServerInfo, security: readonly SecurityOption[]): readonly string[] => {
  const build = (name: string, { ID, Expected }: Build): string =>
    ` ${name} version: ${ID}${ID === Expected ? '' : ` (expected: ${Expected})`}`;
  return [
    ` Init Binary: ${info.InitBinary}`,
    build('containerd', info.ContainerdCommit),
    build('runc', info.RuncCommit),
    build('init', info.InitCommit),
    ...(security.length === 0 ? [] : [' Security Options:']),
    ...security.flatMap(({ name, options }) => [
      `  ${name}`,
      ...options.flatMap(([key, value]) => (key === 'profile' ? [`   Profile: ${value}`] : [])),
    ]),
  ];
};

const machineLines = (info: ServerInfo): readonly string[] => [
  ...ifTold(' Kernel Version:', info.KernelVersion),
  ...ifTold(' Operating System:', info.OperatingSystem),
  ...ifTold(' OSType:', info.OSType),
  ...ifTold(' Architecture:', info.Architecture),
  ` CPUs: ${info.NCPU}`,
  ` Total Memory: ${bytesSize(info.MemTotal)}`,
  ...ifTold(' Name:', info.Name),
  ...ifTold(' ID:', info.ID),
  ` Docker Root Dir: ${info.DockerRootDir}`,
  ` Debug Mode: ${info.Debug}`,
  ...(info.Debug
    ? [
        `  File Descriptors: ${info.NFd}`,
        `  Goroutines: ${info.NGoroutines}`,
        `  System Time: ${info.SystemTime}`,
        `  EventsListeners: ${info.NEventsListener}`,
      ]
    : []),
  ...ifTold(' HTTP Proxy:', info.HttpProxy),
  ...ifTold(' HTTPS Proxy:', info.HttpsProxy),
  ...ifTold(' No Proxy:', info.NoProxy),
  ...ifTold(' Registry:', info.IndexServerAddress),
];

const registryLines = (info: ServerInfo): readonly string[] => {
  const { InsecureRegistryCIDRs, IndexConfigs, Mirrors } = info.RegistryConfig ?? noRegistries;
  const networks = InsecureRegistryCIDRs ?? [];
  const registries = Object.values(IndexConfigs ?? {});
  const mirrors = Mirrors ?? [];
  return [
    ...(info.Labels === null ? [] : [' Labels:', ...info.Labels.map((label) => `  ${label}`)]),
    ` Experimental: ${info.ExperimentalBuild}`,
    ...ifTold(' Cluster Store:', info.ClusterStore),
    ...ifTold(' Cluster Advertise:', info.ClusterAdvertise),
    ...(networks.length + registries.length === 0 ? [] : [' Insecure Registries:']),
    ...registries.filter(({ Secure }) => !Secure).map(({ Name }) => `  ${Name}`),
    ...networks.map((network) => `  ${network}`),
    ...(mirrors.length === 0 ? [] : [' Registry Mirrors:']),
    ...mirrors.map((mirror) => `  ${mirror}`),
  ];
};

const noRegistries: RegistryConfig = {
  InsecureRegistryCIDRs: null,
  IndexConfigs: null,
  Mirrors: null,
};

const policyLines = (info: ServerInfo): readonly string[] => {
  const pools = info.DefaultAddressPools ?? [];
  return [
    ` Live Restore Enabled: ${info.LiveRestoreEnabled}`,
    ...ifTold(' Product License:', info.ProductLicense),
    ...(pools.length === 0 ? [] : [' Default Address Pools:']),
    ...pools.map(({ Base, Size }) => `   Base: ${Base}, Size: ${Size}`),
  ];
};

/** @source docker/cli v20.10 cli/command/system/info.go printServerWarnings */
export const serverWarnings = (info: ServerInfo): readonly string[] => {
  const { options } = securityOptions(info.SecurityOptions ?? []);
  const ofSeccomp = options
    .filter(({ name }) => name === 'seccomp')
    .flatMap((one) => one.options)
    .filter(([key, value]) => key === 'profile' && value !== 'default' && value !== 'builtin')
    .map(() => "WARNING: You're not using the default seccomp profile");
  const told = info.Warnings ?? [];
  return [...ofSeccomp, ...(told.length > 0 ? told : ownWarnings(info))];
};

const abilities: readonly (readonly [Ability, string])[] = [
  ['MemoryLimit', 'No memory limit support'],
  ['SwapLimit', 'No swap limit support'],
  ['OomKillDisable', 'No oom kill disable support'],
  ['CpuCfsQuota', 'No cpu cfs quota support'],
  ['CpuCfsPeriod', 'No cpu cfs period support'],
  ['CPUShares', 'No cpu shares support'],
  ['CPUSet', 'No cpuset support'],
  ['IPv4Forwarding', 'IPv4 forwarding is disabled'],
  ['BridgeNfIptables', 'bridge-nf-call-iptables is disabled'],
  ['BridgeNfIp6tables', 'bridge-nf-call-ip6tables is disabled'],
];

/** What the client says where the engine says nothing. */
const ownWarnings = (info: ServerInfo): readonly string[] =>
  abilities
    .filter(([ability]) => !info[ability])
    .filter(([ability]) => ability !== 'OomKillDisable' || info.CgroupVersion !== '2')
    .map(([, warning]) => `WARNING: ${warning}`);
