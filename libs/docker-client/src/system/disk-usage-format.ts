import type { ListedContainer } from '../container/list-format.ts';
import type { ListFormat } from '../format/list.ts';
import { humanSize } from '../format/units.ts';
import type { ListedImage } from '../image/list-format.ts';
import type { ListedVolume } from '../volume/list.ts';
import type { CacheRecord } from './build-cache-format.ts';

/** What `GET /system/df` tells. */
export type DiskUsage = {
  readonly LayersSize: number;
  readonly Images: readonly ListedImage[] | null;
  readonly Containers: readonly ListedContainer[] | null;
  readonly Volumes: readonly ListedVolume[] | null;
  readonly BuildCache: readonly CacheRecord[] | null;
};

/** A row of `docker system df`. */
export type UsageRow = {
  readonly type: string;
  readonly total: number;
  readonly active: number;
  /** Bytes. */
  readonly size: number;
  readonly reclaimable: string;
};

const unknown = -1;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** With the part of the whole that it is, where there is a whole. */
const reclaimableText = (size: number, whole: number): string => {
  if (whole <= 0) return humanSize(size);
  return `${humanSize(size)} (${Math.trunc((size * 100) / whole)}%)`;
};

const imagesRow = (images: readonly ListedImage[], size: number): UsageRow => {
  const used = images.filter(
    ({ Containers, VirtualSize, SharedSize }) =>
      Containers !== 0 && VirtualSize !== unknown && SharedSize !== unknown,
  );
  const usedSize = sum(used.map(({ VirtualSize, SharedSize }) => VirtualSize - SharedSize));
  return {
    type: 'Images',
    total: images.length,
    active: images.filter(({ Containers }) => Containers > 0).length,
    size,
    reclaimable: reclaimableText(size - usedSize, size),
  };
};

const isActive = ({ State }: ListedContainer): boolean => /running|paused|restarting/.test(State);

const containersRow = (containers: readonly ListedContainer[]): UsageRow => {
  const sizeOf = (some: readonly ListedContainer[]): number =>
    sum(some.map(({ SizeRw = 0 }) => SizeRw));
  const size = sizeOf(containers);
  const active = containers.filter(isActive);
  return {
    type: 'Containers',
    total: containers.length,
    active: active.length,
    size,
    reclaimable: reclaimableText(size - sizeOf(active), size),
  };
};

const volumesRow = (volumes: readonly ListedVolume[]): UsageRow => {
  const usages = volumes.flatMap(({ UsageData }) => (UsageData ? [UsageData] : []));
  const known = usages.filter(({ Size }) => Size !== unknown);
  const size = sum(known.map(({ Size }) => Size));
  const free = sum(known.filter(({ RefCount }) => RefCount === 0).map(({ Size }) => Size));
  return {
    type: 'Local Volumes',
    total: volumes.length,
    active: usages.filter(({ RefCount }) => RefCount > 0).length,
    size,
    reclaimable: reclaimableText(free, size),
  };
};

/** What records of the cache take that no other has as well. */
export const cacheSize = (records: readonly CacheRecord[]): number =>
  sum(records.filter(({ Shared }) => !Shared).map(({ Size }) => Size));

const cacheRow = (records: readonly CacheRecord[]): UsageRow => {
  const size = cacheSize(records);
  const used = records.filter(({ InUse }) => InUse);
  return {
    type: 'Build Cache',
    total: records.length,
    active: used.length,
    size,
    reclaimable: humanSize(size - cacheSize(used)),
  };
};

export const usageRows = (usage: DiskUsage): readonly UsageRow[] => [
  imagesRow(usage.Images ?? [], usage.LayersSize),
  containersRow(usage.Containers ?? []),
  volumesRow(usage.Volumes ?? []),
  cacheRow(usage.BuildCache ?? []),
];

/**
 * The genuine client has a context of its own for each row; complaints come from the first.
 *
 * @source docker/cli v20.10 cli/command/formatter/disk_usage.go
 */
export const usageFormat: ListFormat<UsageRow> = {
  context: '*formatter.diskUsageImagesContext',
  columns: {
    Type: { header: 'TYPE', value: ({ type }) => type },
    TotalCount: { header: 'TOTAL', value: ({ total }) => String(total) },
    Active: { header: 'ACTIVE', value: ({ active }) => String(active) },
    Size: { header: 'SIZE', value: ({ size }) => humanSize(size) },
    Reclaimable: { header: 'RECLAIMABLE', value: ({ reclaimable }) => reclaimable },
  },
  table: 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}',
  raw: `type: {{.Type}}
total: {{.TotalCount}}
active: {{.Active}}
size: {{.Size}}
reclaimable: {{.Reclaimable}}
`,
};
