import { ellipsis, humanDuration, humanSize, shortId } from '../format/units.ts';
import { labelsText } from '../format/labels.ts';
import { noHeader } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { familiarName, readReference } from '../image/reference.ts';
import { decoded } from '../template/go-json.ts';
import { quoted } from '../template/go-quote.ts';
import { momentText } from '../template/go-time.ts';
import { goBool, goTexts } from '../template/go-value.ts';
import { portsText } from './ports-text.ts';
import type { ListedPort } from './ports-text.ts';

/** A container as `GET /containers/json` lists it. */
export type ListedContainer = {
  readonly Id: string;
  readonly Names: readonly string[] | null;
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  /** Seconds since the epoch. */
  readonly Created: number;
  readonly Ports: readonly ListedPort[] | null;
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly State: string;
  readonly Status: string;
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly Mounts: readonly Mount[] | null;
};

type Mount = {
  readonly Name?: string;
  readonly Source?: string;
  readonly Driver?: string;
};

/** A row of `docker ps`. */
export type ContainerRow = {
  readonly container: ListedContainer;
  readonly isTrunc: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const commandWidth = 20;
const mountWidth = 15;
const sizeDigits = 3;

const namesOf = ({ container, isTrunc }: ContainerRow): string => {
  const names = (container.Names ?? []).map((name) => name.slice(1));
  const own = isTrunc ? names.find((name) => !name.includes('/')) : undefined;
  return own ?? names.join(',');
};

const imageOf = ({ container: { Image, ImageID }, isTrunc }: ContainerRow): string => {
  if (Image === '') return '<no image>';
  if (!isTrunc) return Image;
  if (shortId(ImageID) === shortId(Image)) return shortId(ImageID);
  const read = readReference(Image);
  if ('problem' in read) return Image;
  return familiarName(read) + (read.tag === '' ? '' : `:${read.tag}`);
};

const mountsOf = ({ container, isTrunc }: ContainerRow): string =>
  (container.Mounts ?? [])
    .map(({ Name = '', Source = '' }) => (Name === '' ? Source : Name))
    .map((name) => (isTrunc ? ellipsis(name, mountWidth) : name))
    .join(',');

const sizeOf = ({ container: { SizeRw = 0, SizeRootFs = 0 } }: ContainerRow): string => {
  const own = humanSize(SizeRw, sizeDigits);
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, sizeDigits)})` : own;
};

const commandOf = ({ container: { Command }, isTrunc }: ContainerRow): string =>
  quoted(isTrunc ? ellipsis(Command, commandWidth) : Command);

const standardTable =
  'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';

const standardRaw = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`;

/** @source docker/cli v20.10 cli/command/formatter/container.go */
export const containerFormat = (hasSize: boolean): ListFormat<ContainerRow> => ({
  context: '*formatter.ContainerContext',
  columns: {
    ID: {
      header: 'CONTAINER ID',
      value: ({ container, isTrunc }) => (isTrunc ? shortId(container.Id) : container.Id),
    },
    Names: { header: 'NAMES', value: namesOf },
    Image: { header: 'IMAGE', value: imageOf },
    Command: { header: 'COMMAND', value: commandOf },
    CreatedAt: {
      header: 'CREATED AT',
      value: ({ container }) => momentText(container.Created),
    },
    RunningFor: {
      header: 'CREATED',
      value: ({ container, now }) => `${humanDuration(now - container.Created * 1000)} ago`,
    },
    Ports: { header: 'PORTS', value: ({ container }) => portsText(container.Ports ?? []) },
    State: { header: 'STATE', value: ({ container }) => container.State },
    Status: { header: 'STATUS', value: ({ container }) => container.Status },
    Size: { header: 'SIZE', value: sizeOf },
    Labels: { header: 'LABELS', value: ({ container }) => labelsText(container.Labels) },
    Mounts: { header: 'MOUNTS', value: mountsOf },
    LocalVolumes: {
      header: 'LOCAL VOLUMES',
      value: ({ container }) =>
        String((container.Mounts ?? []).filter(({ Driver }) => Driver === 'local').length),
    },
    Networks: {
      header: 'NETWORKS',
      value: ({ container }) => Object.keys(container.NetworkSettings?.Networks ?? {}).join(','),
    },
  },
  table: hasSize ? `${standardTable}\t{{.Size}}` : standardTable,
  raw: hasSize ? `${standardRaw}size: {{.Size}}\\n` : standardRaw,
  rawQuiet: 'container_id: {{.ID}}',
  labels: ({ container }) => container.Labels ?? {},
  inside: ({ container, isTrunc }) => [
    noHeader,
    goBool(isTrunc),
    decoded(JSON.stringify(container), 'types.Container'),
    goTexts({}),
  ],
});
