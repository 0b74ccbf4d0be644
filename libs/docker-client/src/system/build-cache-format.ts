import type { ListFormat } from '../format/list.ts';
import { humanDuration, humanSize, shortId } from '../format/units.ts';
import { byBytes } from '../template/go-quote.ts';
import { timeOf, timeText } from '../template/go-time.ts';

/** A record of the build cache as `GET /system/df` lists it. */
export type CacheRecord = {
  readonly ID: string;
  readonly Parent?: string;
  readonly Type: string;
  readonly Description: string;
  readonly InUse: boolean;
  readonly Shared: boolean;
  readonly Size: number;
  readonly CreatedAt: string;
  readonly LastUsedAt?: string | null;
  readonly UsageCount: number;
};

export type CacheRow = {
  readonly record: CacheRecord;
  readonly isTrunc: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const sizeDigits = 3;
const nanosPerMs = 1_000_000n;

const sinceText = (time: string | null | undefined, now: number): string => {
  const found = timeOf(time ?? '');
  return found === null ? '' : `${humanDuration(now - Number(found.nanoseconds / nanosPerMs))} ago`;
};

const dateText = (time: string | null | undefined): string => {
  const found = timeOf(time ?? '');
  return found === null ? '' : timeText(found);
};

const idOf = (id: string, isTrunc: boolean): string => (isTrunc ? shortId(id) : id);

/** What was used longest ago first. */
export const inOrderOfUse = (a: CacheRecord, b: CacheRecord): number => {
  const usedAt = ({ LastUsedAt }: CacheRecord): bigint | null =>
    timeOf(LastUsedAt ?? '')?.nanoseconds ?? null;
  const [left, right] = [usedAt(a), usedAt(b)];
  if (left === right) return byBytes(a.ID, b.ID);
  if (left === null || right === null) return left === null ? -1 : 1;
  return left < right ? -1 : 1;
};

/** @source docker/cli v20.10 cli/command/formatter/buildcache.go */
export const buildCacheFormat: ListFormat<CacheRow> = {
  context: '*formatter.buildCacheContext',
  columns: {
    ID: {
      header: 'CACHE ID',
      value: ({ record, isTrunc }) => idOf(record.ID, isTrunc) + (record.InUse ? '*' : ''),
    },
    Parent: {
      header: 'PARENT',
      value: ({ record, isTrunc }) => idOf(record.Parent ?? '', isTrunc),
    },
    CacheType: { header: 'CACHE TYPE', value: ({ record }) => record.Type },
    Description: { header: 'DESCRIPTION', value: ({ record }) => record.Description },
    Size: { header: 'SIZE', value: ({ record }) => humanSize(record.Size, sizeDigits) },
    CreatedAt: { value: ({ record }) => dateText(record.CreatedAt) },
    CreatedSince: {
      header: 'CREATED',
      value: ({ record, now }) => sinceText(record.CreatedAt, now),
    },
    LastUsedAt: { value: ({ record }) => dateText(record.LastUsedAt) },
    LastUsedSince: {
      header: 'LAST USED',
      value: ({ record, now }) => sinceText(record.LastUsedAt, now),
    },
    UsageCount: { header: 'USAGE', value: ({ record }) => String(record.UsageCount) },
    InUse: { header: 'IN USE', value: ({ record }) => String(record.InUse) },
    Shared: { header: 'SHARED', value: ({ record }) => String(record.Shared) },
  },
  table:
    'table {{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t' +
    '{{.UsageCount}}\t{{.Shared}}',
  raw: `build_cache_id: {{.ID}}
parent_id: {{.Parent}}
build_cache_type: {{.CacheType}}
description: {{.Description}}
created_at: {{.CreatedAt}}
created_since: {{.CreatedSince}}
last_used_at: {{.LastUsedAt}}
last_used_since: {{.LastUsedSince}}
usage_count: {{.UsageCount}}
in_use: {{.InUse}}
shared: {{.Shared}}
`,
};
