import { healthcheckJson, imageIdOf, imageOf, imageOn, imagesOn } from '@netfold/domain';
import type { ActiveLab, HostImage, LabHost } from '@netfold/domain';
import type { FileEntry, ImageSpec } from '@netfold/contracts';
import { quotedList } from '../build/healthcheck.ts';
import { engineProfile } from '../engine/engine-profile.ts';
import { sortedMap } from '../http/fields.ts';
import { goTime } from '../http/go-time.ts';

/** When all images were made: a lab has no build times. 2023-04-04. */
const createdSeconds = 1_680_566_400;

/** When an image was built; those of the catalogue were all made at once. */
export const createdOf = (lab: ActiveLab, reference: string): number => {
  const built = lab.builtImages.get(reference);
  return built === undefined ? createdSeconds : Math.floor(built.createdAt / 1000);
};

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
export const sizeOf = (spec: ImageSpec): number => 1_000_000 + 1_000 * JSON.stringify(spec).length;

/** As lists have them. */
export const newestFirst = (images: readonly ImageSummary[]): readonly ImageSummary[] =>
  images.toSorted((a, b) => b.Created - a.Created);

/** The images of a host. @source moby/moby v20.10 api/types/image_summary.go; recorded engine */
export const imageSummaries = (lab: ActiveLab, host: LabHost): ImageSummary[] =>
  imagesOn(lab, host).flatMap(({ reference, id, tags }) => {
    const spec = imageOf(lab, reference);
    if (spec === null) return [];
    const isDangling = tags.length === 0;
    return {
      Containers: -1,
      Created: createdOf(lab, reference),
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

/** A row of the catalogue, step by step. */
const rowSteps = (spec: ImageSpec): readonly string[] => [
  ...(spec.env ?? []).map((one) => `ENV ${one}`),
  ...(spec.workingDir === undefined ? [] : [`WORKDIR ${spec.workingDir}`]),
  ...spec.expose.map((port) => `EXPOSE ${port.replace(/\/tcp$/, '')}`),
  ...(spec.stopSignal === undefined ? [] : [`STOPSIGNAL ${spec.stopSignal}`]),
  ...(spec.entrypoint === undefined ? [] : [`ENTRYPOINT ${quotedList(spec.entrypoint)}`]),
  `CMD ${quotedList(spec.cmd)}`,
];

type HistoryRow = {
  readonly Comment: string;
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Id: string;
  readonly Size: number;
  readonly Tags: readonly string[] | null;
};

/**
 * How an image came to be, the last step first: what its row in the catalogue says, or how it was
 * built, and its base before that.
 * @source moby/moby v20.10 api/types/image/image_history.go; recorded engine
 */
export const historyJson = (
  lab: ActiveLab,
  host: LabHost,
  image: HostImage,
): readonly HistoryRow[] => {
  const spec = imageOf(lab, image.reference);
  if (spec === null) return [];
  const Tags = image.tags.length > 0 ? image.tags : null;
  const { steps, base = '' } = spec;
  if (steps === undefined) {
    const texts = rowSteps(spec);
    const rows = ['', ...texts.map(comment)].map((CreatedBy, at) => ({
      Comment: at === 0 ? 'Imported from -' : '',
      Created: createdSeconds,
      CreatedBy,
      Id: at === texts.length ? image.id : '<missing>',
      Size: at === 0 ? sizeOf(spec) : 0,
      Tags: at === texts.length ? Tags : null,
    }));
    return rows.toReversed();
  }
  const Created = createdOf(lab, image.reference);
  const rows = steps.map((step) => ({
    Comment: step.comment ?? '',
    Created,
    CreatedBy: step.createdBy,
    Id: step.image === '' ? image.id : step.image,
    Size: bytesOf(step.container === undefined ? (step.wrote?.files ?? []) : ownFiles(lab, spec)),
    Tags: step.image === '' ? Tags : null,
  }));
  const before =
    imageOf(lab, base) === null ? [] : historyJson(lab, host, imageOn(lab, host, base));
  return [...rows.toReversed(), ...before];
};

/** Files that its base does not have so. */
const ownFiles = (lab: ActiveLab, { base = '', files = [] }: ImageSpec): readonly FileEntry[] => {
  const before = new Map(imageOf(lab, base)?.files?.map((file) => [file.path, file.content]));
  return files.filter(({ path, content }) => before.get(path) !== content);
};

const bytesOf = (files: readonly FileEntry[]): number =>
  files.reduce((sum, { content }) => sum + content.length, 0);

const emptyMap = (names: readonly string[]): Record<string, unknown> =>
  sortedMap(names.map((name) => [name, {}] as const));

/** The image before the last step, where there is one on the host. */
const parentOf = ({ steps = [], base = '' }: ImageSpec): string => {
  const before = steps.at(-2)?.image;
  return before ?? (base === '' ? '' : imageIdOf(base));
};

/** `GET /images/{name}/json`. @source moby/moby v20.10 api/types/types.go (ImageInspect) */
export const imageJson = (image: HostImage, spec: ImageSpec, created: number): unknown => {
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
    ...(spec.healthcheck === undefined ? {} : { Healthcheck: healthcheckJson(spec.healthcheck) }),
    Image: '',
    Volumes: spec.volumes === undefined ? null : emptyMap(spec.volumes),
    WorkingDir: spec.workingDir ?? '',
    Entrypoint: spec.entrypoint ?? null,
    OnBuild: null,
    Labels: spec.labels === undefined ? null : sortedMap(Object.entries(spec.labels)),
    ...(spec.stopSignal === undefined ? {} : { StopSignal: spec.stopSignal }),
  };
  const size = sizeOf(spec);
  const last = spec.steps?.at(-1);
  return {
    Id: image.id,
    RepoTags: image.tags,
    RepoDigests: [],
    Parent: parentOf(spec),
    Comment: last?.comment ?? (spec.steps === undefined ? 'Imported from -' : ''),
    Created: goTime(created * 1000),
    Container: last?.container ?? '',
    ContainerConfig: config,
    DockerVersion: engineProfile.version,
    Author: spec.author ?? '',
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
