import type { GivenMap } from '@netfold/contracts';
import type { Container, Volume } from '@netfold/domain';
import { sortedMap } from '../http/fields.ts';

const mapJson = (value: GivenMap): Record<string, string> | null =>
  value === null ? null : sortedMap(Object.entries(value));

const mountpoint = (name: string): string => `/var/lib/docker/volumes/${name}/_data`;

/** @source moby/moby v20.10 api/types/volume.go (Volume); recorded engine */
export const volumeJson = (volume: Volume): Readonly<Record<string, unknown>> => ({
  CreatedAt: new Date(volume.createdAt).toISOString().replace(/\.\d+Z$/, 'Z'),
  Driver: 'local',
  Labels: mapJson(volume.labels),
  Mountpoint: mountpoint(volume.name),
  Name: volume.name,
  Options: mapJson(volume.options),
  Scope: 'local',
});

/**
 * What a container has mounted, as `docker inspect` lists it. The engine's order is by chance;
 * here it is that of the paths.
 *
 * @source moby/moby v20.10 api/types/types.go (MountPoint); recorded engine
 */
export const mountsJson = ({ mounts }: Container): readonly unknown[] =>
  mounts
    .toSorted((a, b) => (a.destination < b.destination ? -1 : 1))
    .map((mount) => ({
      Type: mount.type,
      ...(mount.type === 'volume' ? { Name: mount.name } : {}),
      Source: mount.type === 'volume' ? mountpoint(mount.name) : mount.source,
      Destination: mount.destination,
      ...(mount.type === 'volume' ? { Driver: 'local' } : {}),
      Mode: mount.mode,
      RW: mount.isWritable,
      Propagation: mount.propagation,
    }));
