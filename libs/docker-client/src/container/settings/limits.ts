import type { Flags } from '../../command/flags.ts';
import { readDecimal } from '../../command/integer.ts';
import { readBytes, readBytesOrUnlimited, readNanoCpus } from '../../value/size.ts';
import { ValueProblem } from '../../value/value-problem.ts';
import {
  readByteRate,
  readDevice,
  readDeviceWeight,
  readGpuRequest,
  readOperationRate,
} from './devices.ts';

type Ulimit = { readonly Name: string; readonly Hard: number; readonly Soft: number };

const ulimitNames = new Set(
  (
    'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime ' +
    'sigpending stack'
  ).split(' '),
);

/**
 * `nofile=1024:2048`
 *
 * @throws ValueProblem
 * @source docker/go-units ulimit.go ParseUlimit
 */
export const readUlimit = (text: string): Ulimit => {
  const at = text.indexOf('=');
  if (at < 0) throw new ValueProblem(`invalid ulimit argument: ${text}`);
  const Name = text.slice(0, at);
  if (!ulimitNames.has(Name)) throw new ValueProblem(`invalid ulimit type: ${Name}`);
  const values = text.slice(at + 1);
  const [soft = '', hard = soft, ...more] = values.split(':');
  if (more.length > 0) {
    throw new ValueProblem(
      `too many limit value arguments - ${values}, can only have up to two, \`soft[:hard]\``,
    );
  }
  const Hard = readLimit(hard);
  const Soft = readLimit(soft);
  const order = 'ulimit soft limit must be less than or equal to hard limit';
  if (Hard !== -1 && Soft === -1) {
    throw new ValueProblem(`${order}: soft: -1 (unlimited), hard: ${Hard}`);
  }
  if (Hard !== -1 && Soft > Hard) throw new ValueProblem(`${order}: ${Soft} > ${Hard}`);
  return { Name, Hard, Soft };
};

const readLimit = (text: string): number => {
  const limit = readDecimal(text);
  if (typeof limit === 'number') return limit;
  throw new ValueProblem(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${limit}`);
};

/** What a flag of bytes says, 0 without it. */
const bytes = (flags: Flags, name: string): number => readBytes(flags.text(name, '0'));

const listOrNull = <Item>(items: readonly Item[]): readonly Item[] | null =>
  items.length === 0 ? null : items;

/** What `docker run` and `docker update` both take. */
export const limitsOf = (flags: Flags): Readonly<Record<string, unknown>> => ({
  CpuShares: flags.number('cpu-shares'),
  Memory: bytes(flags, 'memory'),
  NanoCpus: readNanoCpus(flags.text('cpus', '0')),
  CgroupParent: '',
  BlkioWeight: flags.number('blkio-weight'),
  BlkioWeightDevice: null,
  BlkioDeviceReadBps: null,
  BlkioDeviceWriteBps: null,
  BlkioDeviceReadIOps: null,
  BlkioDeviceWriteIOps: null,
  CpuPeriod: flags.number('cpu-period'),
  CpuQuota: flags.number('cpu-quota'),
  CpuRealtimePeriod: flags.number('cpu-rt-period'),
  CpuRealtimeRuntime: flags.number('cpu-rt-runtime'),
  CpusetCpus: flags.text('cpuset-cpus'),
  CpusetMems: flags.text('cpuset-mems'),
  Devices: null,
  DeviceCgroupRules: null,
  DeviceRequests: null,
  KernelMemory: bytes(flags, 'kernel-memory'),
  KernelMemoryTCP: 0,
  MemoryReservation: bytes(flags, 'memory-reservation'),
  MemorySwap: readBytesOrUnlimited(flags.text('memory-swap', '0')),
  MemorySwappiness: null,
  OomKillDisable: null,
  PidsLimit: flags.number('pids-limit') === 0 ? null : flags.number('pids-limit'),
  Ulimits: null,
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
});

const swappinessMax = 100;

/**
 * The resources of a new container.
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 cli/command/container/opts.go parse
 */
export const resourcesOf = (flags: Flags): Readonly<Record<string, unknown>> => {
  // The last of a name stands, and names are in order.
  const ulimits = new Map(flags.list('ulimit').map((one) => [one.split('=')[0], one] as const));
  return {
    ...limitsOf(flags),
    CgroupParent: flags.text('cgroup-parent'),
    BlkioWeightDevice: flags.list('blkio-weight-device').map(readDeviceWeight),
    BlkioDeviceReadBps: listOrNull(flags.list('device-read-bps').map(readByteRate)),
    BlkioDeviceWriteBps: listOrNull(flags.list('device-write-bps').map(readByteRate)),
    BlkioDeviceReadIOps: listOrNull(flags.list('device-read-iops').map(readOperationRate)),
    BlkioDeviceWriteIOps: listOrNull(flags.list('device-write-iops').map(readOperationRate)),
    Devices: flags.list('device').map(readDevice),
    DeviceCgroupRules: listOrNull(flags.list('device-cgroup-rule')),
    DeviceRequests: listOrNull(flags.list('gpus').map(readGpuRequest)),
    MemorySwappiness: flags.number('memory-swappiness', -1),
    OomKillDisable: flags.isOn('oom-kill-disable'),
    PidsLimit: flags.number('pids-limit'),
    Ulimits: listOrNull(
      [...ulimits.values()].map(readUlimit).toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    ),
  };
};

/** @throws ValueProblem */
export const refuseSwappiness = (flags: Flags): void => {
  const swappiness = flags.number('memory-swappiness', -1);
  if (swappiness >= -1 && swappiness <= swappinessMax) return;
  throw new ValueProblem(
    `invalid value: ${swappiness}. Valid memory swappiness range is 0-${swappinessMax}`,
  );
};
