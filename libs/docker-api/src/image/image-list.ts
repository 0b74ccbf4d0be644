import { defaultImages, familiarReference, imageIdOf } from '@netfold/domain';
import type { ActiveLab } from '@netfold/domain';
import type { ImageSpec } from '@netfold/contracts';
import { sortedMap } from '../http/fields.ts';

/** When all images were made: a lab has no build times. 2023-04-04. */
const createdSeconds = 1_680_566_400;

export type ImageSummary = {
  readonly Containers: number;
  readonly Created: number;
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly ParentId: string;
  readonly RepoDigests: readonly string[] | null;
  readonly RepoTags: readonly string[];
  readonly SharedSize: number;
  readonly Size: number;
  readonly VirtualSize: number;
};

/** Bytes that an image says it has: its layers are no part of a lab. */
const sizeOf = (spec: ImageSpec): number => 1_000_000 + 1_000 * JSON.stringify(spec).length;

/** Every image of the lab's catalogue: each host has them all. */
export const knownImages = (lab: ActiveLab): ImageSummary[] =>
  Object.entries(lab.images ?? defaultImages).map(([name, spec]) => ({
    Containers: -1,
    Created: createdSeconds,
    Id: imageIdOf(name),
    Labels: spec.labels === undefined ? null : sortedMap(Object.entries(spec.labels)),
    ParentId: '',
    RepoDigests: null,
    RepoTags: [familiarReference(name)],
    SharedSize: -1,
    Size: sizeOf(spec),
    VirtualSize: sizeOf(spec),
  }));

const emptyMap = (names: readonly string[]): Record<string, unknown> =>
  sortedMap(names.map((name) => [name, {}] as const));

/** `GET /images/{name}/json`. @source moby/moby v20.10 api/types/types.go (ImageInspect) */
export const imageJson = (reference: string, spec: ImageSpec): unknown => {
  const config = {
    Hostname: '',
    Domainname: '',
    User: spec.user ?? '',
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    ...(spec.expose.length === 0 ? {} : { ExposedPorts: emptyMap(spec.expose) }),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: spec.env ?? null,
    Cmd: spec.cmd,
    Image: '',
    Volumes: null,
    WorkingDir: spec.workingDir ?? '',
    Entrypoint: spec.entrypoint ?? null,
    OnBuild: null,
    Labels: spec.labels === undefined ? null : sortedMap(Object.entries(spec.labels)),
    ...(spec.stopSignal === undefined ? {} : { StopSignal: spec.stopSignal }),
  };
  const size = sizeOf(spec);
  return {
    Id: imageIdOf(reference),
    RepoTags: [familiarReference(reference)],
    RepoDigests: [],
    Parent: '',
    Comment: '',
    Created: new Date(createdSeconds * 1000).toISOString().replace('.000Z', 'Z'),
    Container: '',
    ContainerConfig: config,
    DockerVersion: '',
    Author: '',
    Config: config,
    Architecture: 'amd64',
    Os: 'linux',
    Size: size,
    VirtualSize: size,
    GraphDriver: { Data: null, Name: 'overlay2' },
    RootFS: { Type: 'layers', Layers: [imageIdOf(`layer ${reference}`)] },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
  };
};
