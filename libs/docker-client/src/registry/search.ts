import { exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { printList } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { ellipsis, filtersJson } from '../format/units.ts';
import { askRegistry, defaultRegistryOf } from '../image/registry-access.ts';

type Found = {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  readonly is_official: boolean;
  readonly is_automated: boolean;
};

const descriptionWidth = 45;

const listFormat: ListFormat<Found> = {
  context: '*registry.searchContext',
  columns: {
    Name: { header: 'NAME', value: ({ name }) => name },
    Description: { header: 'DESCRIPTION', value: ({ description }) => description },
    StarCount: { header: 'STARS', value: (row) => String(row.star_count) },
    IsOfficial: { header: 'OFFICIAL', value: (row) => (row.is_official ? '[OK]' : '') },
    IsAutomated: { header: 'AUTOMATED', value: (row) => (row.is_automated ? '[OK]' : '') },
  },
  table: 'table {{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}\t{{.IsAutomated}}',
};

/** @source docker/cli v20.10 cli/command/registry/search.go */
export const search: Command = {
  words: exactly(1),
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags, words } = call;
    const [term = ''] = words;
    if (isOfDefaultRegistry(term)) defaultRegistryOf(engine);
    const path = pathWith('/images/search', {
      term,
      limit: String(flags.number('limit', 25)),
      filters: filtersJson(flags.list('filter')),
    });
    const { text } = askRegistry(call, { method: 'GET', path }, 'search');
    const found = JSON.parse(text) as readonly Found[];
    const rows = found
      .toSorted((a, b) => b.star_count - a.star_count)
      .map((row) => {
        const description = row.description.replaceAll(/[\n\r]/g, ' ');
        const isShort = !flags.isOn('no-trunc');
        return {
          ...row,
          description: isShort ? ellipsis(description, descriptionWidth) : description,
        };
      });
    printList(call, listFormat, rows);
  },
};

/** @source docker/cli v20.10 vendor/…/docker/registry/service.go splitReposSearchTerm */
const isOfDefaultRegistry = (term: string): boolean => {
  const [host = '', ...rest] = term.split('/');
  if (rest.length === 0) return true;
  const isHost = /[.:]/.test(host) || host === 'localhost';
  return !isHost || host === 'docker.io' || host === 'index.docker.io';
};
