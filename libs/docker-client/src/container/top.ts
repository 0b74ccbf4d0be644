import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { tabulated } from '../format/table.ts';

/** @source docker/cli v20.10 cli/command/container/top.go */
const layout = { minWidth: 20, padding: 3 };

/** @source docker/cli v20.10 cli/command/container/top.go; docker/docker client/container_top.go */
export const top: Command = {
  words: atLeast(1),
  stopsAtWord: true,
  run: ({ engine, out, words }) => {
    const [container = '', ...options] = words;
    const path = pathWith(objectPath(`/containers/${container}/top`), {
      ps_args: options.length === 0 ? undefined : options.join(' '),
    });
    const { Titles, Processes } = JSON.parse(engine.done({ method: 'GET', path }).text) as {
      readonly Titles: readonly string[] | null;
      readonly Processes: readonly (readonly string[])[] | null;
    };
    const lines = [Titles ?? [], ...(Processes ?? [])].map((cells) => `${cells.join('\t')}\n`);
    out.print(tabulated(lines.join(''), layout));
  },
};
