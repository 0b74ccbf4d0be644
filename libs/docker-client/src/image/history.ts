import { exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { isTrue } from '../command/flags.ts';
import { objectPath } from '../command/object-path.ts';
import { noHeader, printList } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { ellipsis, humanDuration, humanSize, shortId } from '../format/units.ts';
import { decoded } from '../template/go-json.ts';
import { rfc3339 } from '../template/go-time.ts';
import { goBool } from '../template/go-value.ts';

type Layer = {
  readonly Id: string;
  /** Seconds since the epoch. */
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Size: number;
  readonly Comment: string;
};

type LayerRow = {
  readonly layer: Layer;
  readonly isTrunc: boolean;
  readonly isHuman: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const createdByWidth = 45;
const sizeDigits = 3;

const createdAt = ({ layer }: LayerRow): string =>
  rfc3339({ nanoseconds: BigInt(layer.Created) * 1_000_000_000n, offsetMinutes: 0 });

const createdBy = ({ layer, isTrunc }: LayerRow): string => {
  const text = layer.CreatedBy.replaceAll('\t', ' ');
  return isTrunc ? ellipsis(text, createdByWidth) : text;
};

const restOfTable = '{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}';

/** @source docker/cli v20.10 cli/command/image/formatter_history.go */
const historyFormat = (isHuman: boolean): ListFormat<LayerRow> => ({
  context: '*image.historyContext',
  columns: {
    ID: {
      header: 'IMAGE',
      value: ({ layer, isTrunc }) => (isTrunc ? shortId(layer.Id) : layer.Id),
    },
    CreatedAt: { header: 'CREATED AT', value: createdAt },
    CreatedSince: {
      header: 'CREATED',
      value: (row) =>
        row.isHuman ? `${humanDuration(row.now - row.layer.Created * 1000)} ago` : createdAt(row),
    },
    CreatedBy: { header: 'CREATED BY', value: createdBy },
    Size: {
      header: 'SIZE',
      value: ({ layer }) => (isHuman ? humanSize(layer.Size, sizeDigits) : String(layer.Size)),
    },
    Comment: { header: 'COMMENT', value: ({ layer }) => layer.Comment },
  },
  table: `table {{.ID}}\t{{.${isHuman ? 'CreatedSince' : 'CreatedAt'}}}\t${restOfTable}`,
  inside: ({ layer, isTrunc }) => [
    noHeader,
    goBool(isTrunc),
    goBool(isHuman),
    decoded(JSON.stringify(layer), 'image.HistoryResponseItem'),
  ],
});

/** @source docker/cli v20.10 cli/command/image/history.go */
export const history: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, flags, now, words } = call;
    const layers = engine.get(objectPath(`/images/${words[0] ?? ''}/history`)) as readonly Layer[];
    const isHuman = isTrue(flags.text('human', 'true'));
    const isTrunc = !flags.isOn('no-trunc');
    const rows = layers.map((layer): LayerRow => ({ layer, isTrunc, isHuman, now }));
    printList(call, historyFormat(isHuman), rows);
  },
};
