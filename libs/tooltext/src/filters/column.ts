import { failed, lines, printed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { linesOf, parseOptions, readInputs } from './input.ts';

const cellsOf = (line: string, separators: string | null): readonly string[] => {
  if (separators === null) return line.trim().split(/\s+/);
  const cells = [''];
  for (const letter of line) {
    if (separators.includes(letter)) cells.push('');
    else cells.push((cells.pop() ?? '') + letter);
  }
  return cells;
};

/**
 * `column -t [-s SEPARATORS] [-o SEPARATOR] [FILE...]`: lines as a table; empty ones go.
 * @source util-linux 2.38 text-utils/column.c, libsmartcols
 */
export const column: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'ts:o:');
  if (unknown !== null) return failed(1, `column: invalid option -- '${unknown}'\n`);
  if (!options.has('t')) {
    return failed(1, 'netfold: `column` is simulated with -t only\n');
  }
  const { inputs, errors } = readInputs(world, 'column', operands, stdin);
  const separators = options.get('s')?.at(-1) ?? null;
  const between = options.get('o')?.at(-1) ?? '  ';
  const table = inputs
    .flatMap(({ text }) => linesOf(text))
    .filter((line) => line.trim() !== '')
    .map((line) => cellsOf(line, separators));
  const count = Math.max(0, ...table.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...table.map((cells) => cells[at]?.length ?? 0)),
  );
  const text = table.map((cells) =>
    widths
      .map((width, at) => (at === count - 1 ? (cells[at] ?? '') : (cells[at] ?? '').padEnd(width)))
      .join(between),
  );
  return errors === '' ? printed(lines(text)) : failed(1, errors, lines(text));
};
