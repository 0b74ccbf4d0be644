import type { ListFormat } from '../format/list.ts';
import { bytesSize, humanSize, shortId } from '../format/units.ts';
import { fixed } from '../template/go-text.ts';

/** What a container uses, as `GET /containers/ID/stats` tells it. */
export type Usage = {
  readonly id?: string;
  readonly name?: string;
  readonly cpu_stats: Processors;
  readonly precpu_stats: Processors;
  readonly memory_stats: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly pids_stats: { readonly current?: number };
  readonly blkio_stats: {
    readonly io_service_bytes_recursive?: readonly Transfer[] | null;
  };
  readonly networks?: Readonly<Record<string, Traffic>>;
};

type Processors = {
  readonly cpu_usage: { readonly total_usage: number; readonly percpu_usage?: readonly number[] };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
};

type Transfer = { readonly op: string; readonly value: number };
type Traffic = { readonly rx_bytes: number; readonly tx_bytes: number };

export type StatsRow = {
  /** As the line or the list calls it. */
  readonly container: string;
  readonly usage: Usage;
  readonly isTrunc: boolean;
};

const sizeDigits = 3;
const percentDigits = 2;

/** @source docker/cli v20.10 cli/command/container/stats_helpers.go calculateCPUPercentUnix */
const processorPercent = ({ cpu_stats: after, precpu_stats: before }: Usage): number => {
  const used = after.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const passed = (after.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const online = after.online_cpus ?? 0;
  const count = online === 0 ? (after.cpu_usage.percpu_usage ?? []).length : online;
  return passed > 0 && used > 0 ? (used / passed) * count * 100 : 0;
};

/** Without what is only kept for reading it again. */
const memoryUsed = ({ memory_stats: { usage = 0, stats = {} } }: Usage): number => {
  const ofFirst = stats['total_inactive_file'];
  if (ofFirst !== undefined && ofFirst < usage) return usage - ofFirst;
  const ofSecond = stats['inactive_file'] ?? 0;
  return ofSecond < usage ? usage - ofSecond : usage;
};

const memoryPercent = (usage: Usage): number => {
  const { limit = 0 } = usage.memory_stats;
  return limit === 0 ? 0 : (memoryUsed(usage) / limit) * 100;
};

const percent = (value: number): string => `${fixed(value, percentDigits)}%`;

const sizes = (first: number, second: number): string =>
  `${humanSize(first, sizeDigits)} / ${humanSize(second, sizeDigits)}`;

const networkText = ({ networks = {} }: Usage): string => {
  const all = Object.values(networks);
  const sum = (of: (one: Traffic) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  return sizes(
    sum((one) => one.rx_bytes),
    sum((one) => one.tx_bytes),
  );
};

const diskText = ({ blkio_stats }: Usage): string => {
  const all = blkio_stats.io_service_bytes_recursive ?? [];
  const sum = (letter: string): number =>
    all
      .filter(({ op }) => op.toLowerCase().startsWith(letter))
      .reduce((total, { value }) => total + value, 0);
  return sizes(sum('r'), sum('w'));
};

/** @source docker/cli v20.10 cli/command/container/formatter_stats.go */
export const statsFormat: ListFormat<StatsRow> = {
  context: '*container.statsContext',
  columns: {
    Container: { header: 'CONTAINER', value: ({ container }) => container },
    Name: {
      header: 'NAME',
      value: ({ usage: { name = '' } }) => (name.length > 1 ? name.slice(1) : '--'),
    },
    ID: {
      header: 'CONTAINER ID',
      value: ({ usage: { id = '' }, isTrunc }) => (isTrunc ? shortId(id) : id),
    },
    CPUPerc: { header: 'CPU %', value: ({ usage }) => percent(processorPercent(usage)) },
    MemUsage: {
      header: 'MEM USAGE / LIMIT',
      value: ({ usage }) =>
        `${bytesSize(memoryUsed(usage))} / ${bytesSize(usage.memory_stats.limit ?? 0)}`,
    },
    MemPerc: { header: 'MEM %', value: ({ usage }) => percent(memoryPercent(usage)) },
    NetIO: { header: 'NET I/O', value: ({ usage }) => networkText(usage) },
    BlockIO: { header: 'BLOCK I/O', value: ({ usage }) => diskText(usage) },
    PIDs: { header: 'PIDS', value: ({ usage }) => String(usage.pids_stats.current ?? 0) },
  },
  table:
    'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t' +
    '{{.BlockIO}}\t{{.PIDs}}',
};
