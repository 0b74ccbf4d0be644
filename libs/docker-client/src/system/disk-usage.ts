import { ClientError } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { containerFormat } from '../container/list-format.ts';
import type { ContainerRow } from '../container/list-format.ts';
import { contextOf, listText, parsedTemplate, printList, unescapedFormat } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { humanSize } from '../format/units.ts';
import { firstRow, imageFormat } from '../image/list-format.ts';
import type { ImageRow } from '../image/list-format.ts';
import type { GoValue } from '../template/go-value.ts';
import { volumeFormat } from '../volume/list.ts';
import type { ListedVolume } from '../volume/list.ts';
import { buildCacheFormat, inOrderOfUse } from './build-cache-format.ts';
import type { CacheRow } from './build-cache-format.ts';
import { cacheSize, usageFormat, usageRows } from './disk-usage-format.ts';
import type { DiskUsage } from './disk-usage-format.ts';

/** What the tables of `--verbose` show. */
type Rows = {
  readonly images: readonly ImageRow[];
  readonly containers: readonly ContainerRow[];
  readonly volumes: readonly ListedVolume[];
  readonly records: readonly CacheRow[];
};

/** @source docker/cli v20.10 cli/command/system/df.go */
export const diskUsage: Command = {
  words: noWords,
  run: (call) => {
    const { engine, flags } = call;
    const usage = engine.get('/system/df') as DiskUsage;
    if (flags.isOn('verbose')) printVerbosely(call, usage);
    else printList(call, usageFormat, usageRows(usage));
  },
};

/** @source docker/cli v20.10 cli/command/formatter/disk_usage.go verboseWrite */
const printVerbosely = ({ flags, now, out }: CommandCall, usage: DiskUsage): void => {
  const format = flags.text('format') === '' ? 'table' : flags.text('format');
  const isTrunc = format.startsWith('table');
  const looks = { isTrunc, now };
  const rows: Rows = {
    images: (usage.Images ?? []).flatMap((image) => firstRow(image, looks) ?? []),
    // What an image takes is not counted with its containers.
    containers: (usage.Containers ?? []).map((container) => ({
      container: { ...container, SizeRootFs: 0 },
      ...looks,
    })),
    volumes: usage.Volumes ?? [],
    records: (usage.BuildCache ?? [])
      .toSorted(inOrderOfUse)
      .map((record) => ({ record, ...looks })),
  };
  if (format === 'table') {
    out.print(tables(rows, cacheSize(usage.BuildCache ?? [])));
    return;
  }
  const source = unescapedFormat(format === 'raw' ? rawFormat : format);
  const template = parsedTemplate(source, 'template parsing error');
  const { text, problem } = template.printed(contextOfAll(rows));
  out.print(text);
  if (problem !== null) throw new ClientError(problem);
};

const imageTable =
  'table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.VirtualSize}}\t' +
  '{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}';

const containerTable =
  'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t' +
  '{{.Status}}\t{{.Names}}';

const volumeTable = 'table {{.Name}}\t{{.Links}}\t{{.Size}}';

const tables = ({ images, containers, volumes, records }: Rows, cached: number): string =>
  [
    'Images space usage:\n',
    listText(imageFormat(false), imageTable, images),
    'Containers space usage:\n',
    listText(containerFormat(false), containerTable, containers),
    'Local Volumes space usage:\n',
    listText(volumeFormat, volumeTable, volumes),
    `Build cache usage: ${humanSize(cached)}\n`,
    listText(buildCacheFormat, buildCacheFormat.table, records),
  ].join('\n');

const rawFormat = (
  [
    ['Images', 'Image', imageFormat(true).raw],
    ['Containers', 'Container', containerFormat(true).raw],
    ['Volumes', 'Volume', volumeFormat.raw],
    ['BuildCache', 'Build Cache', buildCacheFormat.raw],
  ] as const
)
  .map(([list, type, raw]) => `{{range .${list}}}type: ${type}\n${raw ?? ''}\n{{end -}}`)
  .join('\n');

const listOf = <Row>(format: ListFormat<Row>, rows: readonly Row[]): GoValue => ({
  kind: 'list',
  type: `[]${format.context}`,
  items: rows.map((row) => contextOf(format, row)),
});

const contextOfAll = ({ images, containers, volumes, records }: Rows): GoValue => ({
  kind: 'pointer',
  type: '*formatter.diskUsageContext',
  to: {
    kind: 'struct',
    type: 'formatter.diskUsageContext',
    fields: new Map([
      ['Images', listOf(imageFormat(true), images)],
      ['Containers', listOf(containerFormat(true), containers)],
      ['Volumes', listOf(volumeFormat, volumes)],
      ['BuildCache', listOf(buildCacheFormat, records)],
    ]),
  },
});
