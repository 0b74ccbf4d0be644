type Layout = {
  /** Columns of the narrowest cell. */
  readonly minWidth: number;
  /** Columns behind the longest one. */
  readonly padding: number;
};

/** How lists are laid out. @source docker/cli v20.10 cli/command/formatter/formatter.go */
export const listLayout: Layout = { minWidth: 10, padding: 3 };

type Block = {
  readonly lines: readonly (readonly string[])[];
  /** Widths of the columns to the left. */
  readonly widths: readonly number[];
};

/**
 * Lines whose cells end with tabs, as a table. A column reaches over the lines that follow each
 * other and have it; behind the last tab of a line nothing is laid out.
 *
 * @source Go text/tabwriter tabwriter.go
 */
export const tabulated = (text: string, layout: Layout): string => {
  const lines = text.split('\n').map((line) => line.split('\t'));
  return laidOut({ lines, widths: [] }, layout).join('\n');
};

const widthOf = (text: string): number => Array.from(text).length;

const laidOut = ({ lines, widths }: Block, layout: Layout): readonly string[] => {
  const column = widths.length;
  const done: string[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? [];
    if (column >= line.length - 1) {
      done.push(written(line, widths));
      at += 1;
      continue;
    }
    let end = at;
    while (end < lines.length && column < (lines[end]?.length ?? 0) - 1) end += 1;
    const block = lines.slice(at, end);
    const cells = block.map((one) => widthOf(one[column] ?? '') + layout.padding);
    const width = Math.max(layout.minWidth, ...cells);
    done.push(...laidOut({ lines: block, widths: [...widths, width] }, layout));
    at = end;
  }
  return done;
};

const written = (line: readonly string[], widths: readonly number[]): string =>
  line
    .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell))))
    .join('');
