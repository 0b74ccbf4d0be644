import type { Container, LabHost } from '@netfold/domain';
import { bindingsJson } from './port-json.ts';

const maskedPaths = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
];

const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

const orNull = (list: readonly string[]): readonly string[] | null =>
  list.length === 0 ? null : list;

/**
 * Members in the engine's order with its defaults. What the client sent and the lab does not use
 * takes the place of the default, unless it is the value that the engine replaces itself. A member
 * without a default is left out when it is empty.
 * @source moby/moby v20.10 api/types/container/host_config.go; recorded `docker inspect`
 */
const defaults: readonly (readonly [name: string, value: unknown])[] = [
  ['Binds', null],
  ['ContainerIDFile', ''],
  ['LogConfig', { Type: 'json-file', Config: {} }],
  ['NetworkMode', 'default'],
  ['PortBindings', {}],
  ['RestartPolicy', { Name: 'no', MaximumRetryCount: 0 }],
  ['AutoRemove', false],
  ['VolumeDriver', ''],
  ['VolumesFrom', null],
  ['CapAdd', null],
  ['CapDrop', null],
  ['CgroupnsMode', 'host'],
  ['Dns', []],
  ['DnsOptions', []],
  ['DnsSearch', []],
  ['ExtraHosts', null],
  ['GroupAdd', null],
  ['IpcMode', 'private'],
  ['Cgroup', ''],
  ['Links', null],
  ['OomScoreAdj', 0],
  ['PidMode', ''],
  ['Privileged', false],
  ['PublishAllPorts', false],
  ['ReadonlyRootfs', false],
  ['SecurityOpt', null],
  ['StorageOpt', undefined],
  ['Tmpfs', undefined],
  ['UTSMode', ''],
  ['UsernsMode', ''],
  ['ShmSize', 67108864],
  ['Sysctls', undefined],
  ['Runtime', 'runc'],
  ['ConsoleSize', [0, 0]],
  ['Isolation', ''],
  ['CpuShares', 0],
  ['Memory', 0],
  ['NanoCpus', 0],
  ['CgroupParent', ''],
  ['BlkioWeight', 0],
  ['BlkioWeightDevice', []],
  ['BlkioDeviceReadBps', []],
  ['BlkioDeviceWriteBps', []],
  ['BlkioDeviceReadIOps', []],
  ['BlkioDeviceWriteIOps', []],
  ['CpuPeriod', 0],
  ['CpuQuota', 0],
  ['CpuRealtimePeriod', 0],
  ['CpuRealtimeRuntime', 0],
  ['CpusetCpus', ''],
  ['CpusetMems', ''],
  ['Devices', []],
  ['DeviceCgroupRules', null],
  ['DeviceRequests', null],
  ['KernelMemory', 0],
  ['KernelMemoryTCP', 0],
  ['MemoryReservation', 0],
  ['MemorySwap', 0],
  ['MemorySwappiness', null],
  ['OomKillDisable', false],
  ['PidsLimit', null],
  ['Ulimits', []],
  ['CpuCount', 0],
  ['CpuPercent', 0],
  ['IOMaximumIOps', 0],
  ['IOMaximumBandwidth', 0],
  ['Mounts', undefined],
  ['MaskedPaths', maskedPaths],
  ['ReadonlyPaths', readonlyPaths],
  ['Init', undefined],
];

/** Zero values that stand for the engine's default. */
const isUnset = (name: string, value: unknown): boolean => {
  if (value === undefined || value === null || value === '') return true;
  if (name === 'LogConfig') return (value as { Type?: unknown }).Type === '';
  if (name === 'ShmSize' || name === 'PidsLimit') return value === 0;
  return name === 'MemorySwappiness' && value === -1;
};

/** What Go's `omitempty` leaves out. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Links of the default bridge, as `/target:/container/alias`. */
const linksJson = (host: LabHost, container: Container): readonly string[] | null =>
  orNull(
    container.links.flatMap((link) => {
      const target = host.containers.get(link.containerId);
      return target === undefined ? [] : [`/${target.name}:/${container.name}/${link.alias}`];
    }),
  );

const understood = (host: LabHost, container: Container): Record<string, unknown> => {
  const { spec } = container;
  const { name, maximumRetryCount } = spec.restartPolicy;
  return {
    NetworkMode: spec.networkMode,
    PortBindings: bindingsJson(container),
    RestartPolicy: { Name: name === '' ? 'no' : name, MaximumRetryCount: maximumRetryCount },
    AutoRemove: spec.autoRemove,
    Dns: spec.dns,
    DnsOptions: spec.dnsOptions,
    DnsSearch: spec.dnsSearch,
    ExtraHosts: orNull(spec.extraHosts),
    Links: linksJson(host, container),
    Privileged: spec.privileged,
    PublishAllPorts: spec.publishAllPorts,
  };
};

/** `HostConfig` of `docker inspect`. */
export const hostConfigJson = (host: LabHost, container: Container): Record<string, unknown> => {
  const own = understood(host, container);
  const passed = container.spec.passThrough.hostConfig;
  return Object.fromEntries(
    defaults.flatMap(([name, usual]): [string, unknown][] => {
      if (Object.hasOwn(own, name)) return [[name, own[name]]];
      const value = Object.hasOwn(passed, name) ? passed[name] : undefined;
      if (usual === undefined && isEmpty(value)) return [];
      return [[name, isUnset(name, value) ? usual : value]];
    }),
  );
};
