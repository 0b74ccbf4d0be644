import { noWords } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { inNaturalOrder } from '../command/natural-order.ts';
import { labelsText } from '../format/labels.ts';
import { printList } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { filtersJson, humanSize } from '../format/units.ts';

/** A volume as `GET /volumes` lists it. */
export type ListedVolume = {
  readonly Name: string;
  readonly Driver: string;
  readonly Scope: string;
  readonly Mountpoint: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly UsageData?: { readonly RefCount: number; readonly Size: number } | null;
};

/** @source docker/cli v20.10 cli/command/formatter/volume.go */
export const volumeFormat: ListFormat<ListedVolume> = {
  context: '*formatter.volumeContext',
  columns: {
    Driver: { header: 'DRIVER', value: ({ Driver }) => Driver },
    Labels: { header: 'LABELS', value: ({ Labels }) => labelsText(Labels) },
    Links: {
      header: 'LINKS',
      value: ({ UsageData }) => (UsageData ? String(UsageData.RefCount) : 'N/A'),
    },
    Mountpoint: { header: 'MOUNTPOINT', value: ({ Mountpoint }) => Mountpoint },
    Name: { header: 'VOLUME NAME', value: ({ Name }) => Name },
    Scope: { header: 'SCOPE', value: ({ Scope }) => Scope },
    Size: {
      header: 'SIZE',
      value: ({ UsageData }) => (UsageData ? humanSize(UsageData.Size) : 'N/A'),
    },
  },
  table: 'table {{.Driver}}\t{{.Name}}',
  quiet: '{{.Name}}',
  raw: 'name: {{.Name}}\\ndriver: {{.Driver}}\\n',
  rawQuiet: 'name: {{.Name}}',
  labels: ({ Labels }) => Labels ?? {},
};

/** @source docker/cli v20.10 cli/command/volume/list.go */
export const list: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const filters = filtersJson(call.flags.list('filter'));
    const { Volumes } = call.engine.get('/volumes', { filters }) as {
      readonly Volumes: readonly ListedVolume[] | null;
    };
    const rows = (Volumes ?? []).toSorted((a, b) => inNaturalOrder(a.Name, b.Name));
    printList(call, volumeFormat, rows);
  },
};
