import { imageIdOf, imageOf, imagesOn } from '@netfold/domain';
import type { ActiveLab, HostImage, LabHost } from '@netfold/domain';
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

/** The images of a host. @source moby/moby v20.10 api/types/image_summary.go; recorded engine */
export const imageSummaries = (lab: ActiveLab, host: LabHost): ImageSummary[] =>
  imagesOn(lab, host).flatMap(({ reference, id, tags }) => {
    const spec = imageOf(lab, reference);
    if (spec === null) return [];
    const isDangling = tags.length === 0;
    return {
      Containers: -1,
      Created: createdSeconds,
      Id: id,
      Labels: spec.labels === undefined ? null : sortedMap(Object.entries(spec.labels)),
      ParentId: '',
      RepoDigests: isDangling ? ['<none>@<none>'] : null,
      RepoTags: isDangling ? ['<none>:<none>'] : tags,
      SharedSize: -1,
      Size: sizeOf(spec),
      VirtualSize: sizeOf(spec),
    };
  });

const comment = (text: string): string => `/bin/sh -c #(nop)  ${text}`;

/**
 * How an image came to be, the last step first: what its row in the catalogue says.
 * @source moby/moby v20.10 api/types/image/image_history.go; recorded engine
 */
export const historyJson = (image: HostImage, spec: ImageSpec): readonly unknown[] => {
  const steps = [
    ...(spec.env ?? []).map((one) => `ENV ${one}`),
    ...(spec.workingDir === undefined ? [] : [`WORKDIR ${spec.workingDir}`]),
    ...spec.expose.map((port) => `EXPOSE ${port.replace(/\/tcp$/, '')}`),
    ...(spec.stopSignal === undefined ? [] : [`STOPSIGNAL ${spec.stopSignal}`]),
    ...(spec.entrypoint === undefined ? [] : [`ENTRYPOINT ${JSON.stringify(spec.entrypoint)}`]),
    `CMD ${JSON.stringify(spec.cmd)}`,
  ];
  const rows = ['', ...steps.map(comment)].map((CreatedBy, at) => ({
    Comment: at === 0 ? 'Imported from -' : '',
    Created: createdSeconds,
    CreatedBy,
    Id: at === steps.length ? image.id : '<missing>',
    Size: at === 0 ? sizeOf(spec) : 0,
    Tags: at === steps.length && image.tags.length > 0 ? image.tags : null,
  }));
  return rows.toReversed();
};

const emptyMap = (names: readonly string[]): Record<string, unknown> =>
  sortedMap(names.map((name) => [name, {}] as const));

/** `GET /images/{name}/json`. @source moby/moby v20.10 api/types/types.go (ImageInspect) */
export const imageJson = (image: HostImage, spec: ImageSpec): unknown => {
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
    Id: image.id,
    RepoTags: image.tags,
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
    RootFS: { Type: 'layers', Layers: [imageIdOf(`layer ${image.reference}`)] },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
  };
};
