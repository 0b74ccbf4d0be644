import { failed, lines, printed } from '../tool.ts';
import type { StackView, ToolOutput } from '../tool.ts';
import type { IpOptions } from './ip-options.ts';
import { jsonText } from './json-text.ts';

const valueAfter = (words: readonly string[], name: string): string | null => {
  const at = words.indexOf(name);
  return at < 0 ? null : (words[at + 1] ?? '');
};

/** `ip neigh show [dev DEV] [nud STATE] [ADDRESS]`. */
export const showNeighbours = (
  stack: StackView,
  words: readonly string[],
  options: IpOptions,
): ToolOutput => {
  const device = valueAfter(words, 'dev');
  if (device !== null && !stack.interfaces.some((row) => row.name === device)) {
    return failed(1, `Cannot find device "${device}"\n`);
  }
  const state = valueAfter(words, 'nud');
  const family = options.family;
  const rows = stack.neighbours.filter(
    (row) =>
      (device === null || row.device === device) &&
      (state === null || state === 'all' || row.state.toLowerCase() === state.toLowerCase()) &&
      (family === null || row.address.includes(':') === (family === 6)),
  );
  if (options.isJson) {
    const values = rows.map((row) => ({
      dst: row.address,
      ...(device === null ? { dev: row.device } : {}),
      lladdr: row.mac,
      state: [row.state],
    }));
    return printed(jsonText(values, options.isPretty));
  }
  return printed(
    lines(
      rows.map((row) => {
        const dev = device === null ? `dev ${row.device} ` : '';
        return `${row.address} ${dev}lladdr ${row.mac} ${row.state} `;
      }),
    ),
  );
};
