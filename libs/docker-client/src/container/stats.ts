import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { formatNamed, listText } from '../format/list.ts';
import { filtersJson } from '../format/units.ts';
import { statsFormat } from './stats-format.ts';
import type { StatsRow, Usage } from './stats-format.ts';

/** How often it looks at what it has, milliseconds. */
const lookMs = 500;
/** Looks that a line without an end is shown of: the last stays as it is. */
const looksShown = 4;
const shortIdLength = 12;

const cleared = '\u001B[2J\u001B[H';

/** @source docker/cli v20.10 cli/command/container/stats.go */
export const stats: Command = {
  words: atLeast(0),
  run: (call) => {
    const { engine, flags, out, words } = call;
    engine.get('/version');
    const names = words.length > 0 ? [...new Set(words)] : listed(call);
    const readings = readAll(call, names);
    const source = flags.text('format') === '' ? 'table' : flags.text('format');
    const format = formatNamed(statsFormat, source, false);
    const textAt = (look: number): string => {
      const rows = readings.flatMap(({ container, usages }): StatsRow[] => {
        const usage = usages[Math.min(Math.floor((look * lookMs) / 1000), usages.length - 1)];
        const isTrunc = !flags.isOn('no-trunc');
        return usage === undefined ? [] : [{ container, usage, isTrunc }];
      });
      return listText(statsFormat, format, rows);
    };
    if (flags.isOn('no-stream')) {
      out.print(textAt(0));
      return;
    }
    const looks = Array.from({ length: looksShown }, (_, look) => ({
      stream: 'stdout' as const,
      text: cleared + textAt(look),
      atMs: (look + 1) * lookMs,
    }));
    out.pass(looks, true);
  },
};

/** Those of the host; it listens for new ones as well, as long as it runs. */
const listed = ({ engine, flags }: CommandCall): readonly string[] => {
  const path = pathWith('/events', { filters: filtersJson(['type=container']) });
  engine.reply({ method: 'GET', path, isAbandoned: true });
  const all = flags.isOn('all') ? '1' : undefined;
  const found = engine.get('/containers/json', { all, limit: '0' }) as readonly {
    readonly Id: string;
  }[];
  return found.map(({ Id }) => Id.slice(0, shortIdLength));
};

type Readings = { readonly container: string; readonly usages: readonly Usage[] };

/** @throws ClientError with all that was refused, where the line names the containers */
const readAll = (
  { engine, flags, words }: CommandCall,
  names: readonly string[],
): readonly Readings[] => {
  const problems: string[] = [];
  const stream = flags.isOn('no-stream') ? '0' : '1';
  const readings = names.map((container): Readings => {
    const path = pathWith(objectPath(`/containers/${container}/stats`), { stream });
    const reply = engine.reply({ method: 'GET', path });
    if (reply.status >= 400) {
      problems.push(refusalText(reply));
      return { container, usages: [] };
    }
    const lines = reply.text.split('\n').filter((line) => line.trim().endsWith('}'));
    return { container, usages: lines.map((line) => JSON.parse(line) as Usage) };
  });
  if (words.length > 0 && problems.length > 0) throw new ClientError(problems.join('\n'));
  return readings;
};
