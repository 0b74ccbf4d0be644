import { humanDuration, humanSize, shortId } from '../format/units.ts';
import { noHeader } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { decoded } from '../template/go-json.ts';
import { momentText } from '../template/go-time.ts';
import { goBool, goString } from '../template/go-value.ts';
import { familiarName, readReference } from './reference.ts';

/** An image as `GET /images/json` lists it. */
export type ListedImage = {
  readonly Id: string;
  readonly RepoTags: readonly string[] | null;
  readonly RepoDigests: readonly string[] | null;
  /** Seconds since the epoch. */
  readonly Created: number;
  readonly Size: number;
  readonly VirtualSize: number;
  readonly SharedSize: number;
  /** -1: nobody counted. */
  readonly Containers: number;
};

/** A row of `docker images`: an image has one for each of its names. */
export type ImageRow = {
  readonly image: ListedImage;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly isTrunc: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

type Looks = Pick<ImageRow, 'isTrunc' | 'now'>;

const none = '<none>';
const unknown = -1;
const sizeDigits = 3;
/** The engine's word for an image without a date: the start of the year 1. */
const yearOneSeconds = -62_135_596_800;

const orUnknown = (isKnown: boolean, text: () => string): string => (isKnown ? text() : 'N/A');

const isDangling = ({ RepoTags, RepoDigests }: ListedImage): boolean => {
  const [tags, digests] = [RepoTags ?? [], RepoDigests ?? []];
  if (tags.length === 0 && digests.length === 0) return true;
  const isNone = (texts: readonly string[], text: string): boolean =>
    texts.length === 1 && texts[0] === text;
  return isNone(tags, `${none}:${none}`) && isNone(digests, `${none}@${none}`);
};

/** What stands behind the names of several references, by the familiar name. */
const byName = (
  references: readonly string[] | null,
  part: 'tag' | 'digest',
): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const text of references ?? []) {
    const read = readReference(text);
    if ('problem' in read || read[part] === '') continue;
    const name = familiarName(read);
    found.set(name, [...(found.get(name) ?? []), read[part]]);
  }
  return found;
};

/**
 * @param shows  `digests`: a row for each digest, `inTemplate`: digests beside tags alone
 * @source docker/cli v20.10 cli/command/formatter/image.go imageFormat
 */
export const imageRows = (
  image: ListedImage,
  shows: { readonly digests: boolean; readonly inTemplate: boolean },
  looks: Looks,
): readonly ImageRow[] => {
  const row = (repository: string, tag: string, digest: string): ImageRow => ({
    image,
    repository,
    tag,
    digest,
    ...looks,
  });
  if (isDangling(image)) return [row(none, none, none)];
  const digests = byName(image.RepoDigests, 'digest');
  const rows: ImageRow[] = [];
  for (const [name, tags] of byName(image.RepoTags, 'tag')) {
    const own = shows.digests || shows.inTemplate ? (digests.get(name) ?? []) : [];
    digests.delete(name);
    const shown = own.length === 0 ? [none] : own;
    rows.push(...tags.flatMap((tag) => shown.map((digest) => row(name, tag, digest))));
  }
  for (const [name, own] of digests) {
    const shown = shows.digests ? own : [''];
    rows.push(...shown.map((digest) => row(name, none, digest)));
  }
  return rows;
};

/** An image by its first name, for a table that shows each once; `null`: it cannot be read. */
export const firstRow = (image: ListedImage, looks: Looks): ImageRow | null => {
  const [first] = image.RepoTags ?? [];
  const bare = { image, repository: none, tag: none, digest: '', ...looks };
  if (first === undefined || isDangling(image)) return bare;
  const read = readReference(first);
  if ('problem' in read) return null;
  return read.tag === '' ? bare : { ...bare, repository: familiarName(read), tag: read.tag };
};

const age = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}';

const rawFormat = (hasDigest: boolean): string => `repository: {{ .Repository }}
tag: {{.Tag}}
${hasDigest ? 'digest: {{.Digest}}\n' : ''}image_id: {{.ID}}
created_at: {{.CreatedAt}}
virtual_size: {{.Size}}
`;

/** @source docker/cli v20.10 cli/command/formatter/image.go */
export const imageFormat = (hasDigest: boolean): ListFormat<ImageRow> => ({
  context: '*formatter.imageContext',
  columns: {
    ID: {
      header: 'IMAGE ID',
      value: ({ image, isTrunc }) => (isTrunc ? shortId(image.Id) : image.Id),
    },
    Repository: { header: 'REPOSITORY', value: ({ repository }) => repository },
    Tag: { header: 'TAG', value: ({ tag }) => tag },
    Digest: { header: 'DIGEST', value: ({ digest }) => digest },
    CreatedSince: {
      header: 'CREATED',
      value: ({ image: { Created }, now }) =>
        Created === yearOneSeconds ? '' : `${humanDuration(now - Created * 1000)} ago`,
    },
    CreatedAt: { header: 'CREATED AT', value: ({ image }) => momentText(image.Created) },
    Size: { header: 'SIZE', value: ({ image }) => humanSize(image.Size, sizeDigits) },
    Containers: {
      header: 'CONTAINERS',
      value: ({ image: { Containers } }) =>
        orUnknown(Containers !== unknown, () => String(Containers)),
    },
    VirtualSize: { header: 'SIZE', value: ({ image }) => humanSize(image.VirtualSize) },
    SharedSize: {
      header: 'SHARED SIZE',
      value: ({ image: { SharedSize } }) =>
        orUnknown(SharedSize !== unknown, () => humanSize(SharedSize)),
    },
    UniqueSize: {
      header: 'UNIQUE SIZE',
      value: ({ image: { VirtualSize, SharedSize } }) =>
        orUnknown(VirtualSize !== unknown && SharedSize !== unknown, () =>
          humanSize(VirtualSize - SharedSize),
        ),
    },
  },
  table: hasDigest
    ? `table {{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t${age}\t{{.Size}}`
    : `table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t${age}\t{{.Size}}`,
  raw: rawFormat(hasDigest),
  rawQuiet: 'image_id: {{.ID}}',
  inside: ({ image, isTrunc, repository, tag, digest }) => [
    noHeader,
    goBool(isTrunc),
    decoded(JSON.stringify(image), 'types.ImageSummary'),
    goString(repository),
    goString(tag),
    goString(digest),
  ],
});
