import type { Engine } from '../command/engine.ts';
import { pathWith } from '../command/engine.ts';
import { filtersJson } from '../format/units.ts';

export type PruneKind = keyof typeof kinds;

export type PruneWishes = {
  /** As they were typed: `until=1h`. */
  readonly filters: readonly string[];
  /** Not only what is dangling. */
  readonly isAll: boolean;
  /** Bytes of the build cache to keep. */
  readonly keepBytes?: number;
};

export type Pruned = { readonly text: string; readonly reclaimedBytes: number };

type Report = Readonly<Record<string, unknown>> & { readonly SpaceReclaimed?: number };

type Image = { readonly Untagged?: string; readonly Deleted?: string };

const names = (list: unknown): readonly string[] => (list as readonly string[] | null) ?? [];

const plainQuery = ({ filters }: PruneWishes) => ({ filters: filtersJson(filters) });

const kinds = {
  containers: {
    path: '/containers/prune',
    title: 'Deleted Containers:',
    query: plainQuery,
    deleted: (report: Report) => names(report['ContainersDeleted']),
  },
  networks: {
    path: '/networks/prune',
    title: 'Deleted Networks:',
    query: plainQuery,
    deleted: (report: Report) => names(report['NetworksDeleted']),
  },
  volumes: {
    path: '/volumes/prune',
    title: 'Deleted Volumes:',
    query: plainQuery,
    deleted: (report: Report) => names(report['VolumesDeleted']),
  },
  images: {
    path: '/images/prune',
    title: 'Deleted Images:',
    query: ({ filters, isAll }: PruneWishes) => ({
      filters: filtersJson([...filters, `dangling=${String(!isAll)}`]),
    }),
    deleted: (report: Report) =>
      ((report['ImagesDeleted'] as readonly Image[] | null) ?? []).map(({ Untagged, Deleted }) =>
        Untagged ? `untagged: ${Untagged}` : `deleted: ${Deleted ?? ''}`,
      ),
  },
  cache: {
    path: '/build/prune',
    title: 'Deleted build cache objects:',
    query: ({ filters, isAll, keepBytes = 0 }: PruneWishes) => ({
      all: isAll ? '1' : undefined,
      filters: filtersJson(filters) ?? '',
      'keep-storage': String(keepBytes),
    }),
    deleted: (report: Report) => names(report['CachesDeleted']),
  },
} as const;

/**
 * Removes what nothing uses.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/{container,network,volume,image,builder}/prune.go
 */
export const prune = (engine: Engine, kind: PruneKind, wishes: PruneWishes): Pruned => {
  const { path, title, query, deleted } = kinds[kind];
  const report = engine.post(pathWith(path, query(wishes))) as Report;
  const lines = deleted(report);
  if (lines.length === 0) return { text: '', reclaimedBytes: 0 };
  const text = [title, ...lines].map((line) => `${line}\n`).join('');
  return { text, reclaimedBytes: report.SpaceReclaimed ?? 0 };
};
