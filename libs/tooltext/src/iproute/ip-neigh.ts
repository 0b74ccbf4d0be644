import { neighbourStateAt } from '@netfold/dataplane';
import type { NeighbourState } from '@netfold/dataplane';
import { failed, lines, printed } from '../tool.ts';
import type { ToolOutput, ToolWorld } from '../tool.ts';
import type { IpOptions } from './ip-options.ts';
import { jsonText } from './json-text.ts';

const valueAfter = (words: readonly string[], name: string): string | null => {
  const at = words.indexOf(name);
  return at < 0 ? null : (words[at + 1] ?? '');
};

const valued = ['dev', 'nud', 'to', 'proto', 'vrf'];

/** `ip neigh show 172.17.0.2` */
const bareWord = (words: readonly string[]): string | null =>
  words.find((word, index) => !valued.includes(word) && !valued.includes(words[index - 1] ?? '')) ??
  null;

/** Whether an entry in that state has a MAC to show. */
export const isResolved = (state: NeighbourState): boolean =>
  state !== 'INCOMPLETE' && state !== 'FAILED';

/** `ip neigh show [dev DEV] [nud STATE] [ADDRESS]`. */
export const showNeighbours = (
  { stack, now }: ToolWorld,
  words: readonly string[],
  options: IpOptions,
): ToolOutput => {
  const device = valueAfter(words, 'dev');
  if (device !== null && !stack.interfaces.some((row) => row.name === device)) {
    return failed(1, `Cannot find device "${device}"\n`);
  }
  const state = valueAfter(words, 'nud');
  const family = options.family;
  const address = valueAfter(words, 'to') ?? bareWord(words);
  const rows = stack.neighbours
    .map((row) => ({ ...row, state: neighbourStateAt(row, now) }))
    .filter(
      (row) =>
        (device === null || row.device === device) &&
        (address === null || row.address === address) &&
        (state === null || state === 'all' || row.state.toLowerCase() === state.toLowerCase()) &&
        (family === null || row.address.includes(':') === (family === 6)),
    );
  if (options.isJson) {
    const values = rows.map((row) => ({
      dst: row.address,
      ...(device === null ? { dev: row.device } : {}),
      ...(isResolved(row.state) ? { lladdr: row.mac } : {}),
      state: [row.state],
    }));
    return printed(jsonText(values, options.isPretty));
  }
  return printed(
    lines(
      rows.map((row) => {
        const dev = device === null ? `dev ${row.device} ` : '';
        const mac = isResolved(row.state) ? `lladdr ${row.mac} ` : '';
        return `${row.address} ${dev}${mac}${row.state} `;
      }),
    ),
  );
};
