import { ClientError } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { contextOf, parsedTemplate, printList } from '../format/list.ts';
import { filtersJson } from '../format/units.ts';
import { containerFormat } from './list-format.ts';
import type { ContainerRow, ListedContainer } from './list-format.ts';

const noLimit = '-1';

/**
 * @source docker/cli v20.10 cli/command/container/list.go; docker/docker
 *   client/container_list.go
 */
export const list: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags, now } = call;
    const last = String(flags.number('last', Number(noLimit)));
    const limit = flags.isOn('latest') && last === noLimit ? '1' : last;
    const hasSize = flags.isOn('size') || usesSize(call);
    const containers = engine.get('/containers/json', {
      all: flags.isOn('all') ? '1' : undefined,
      limit: limit === noLimit ? undefined : limit,
      size: hasSize ? '1' : undefined,
      filters: filtersJson(flags.list('filter')),
    }) as readonly ListedContainer[];
    const isTrunc = !flags.isOn('no-trunc');
    const rows = containers.map((container): ContainerRow => ({ container, isTrunc, now }));
    printList(call, containerFormat(hasSize), rows);
  },
};

const noContainer: ListedContainer = {
  Id: '',
  Names: null,
  Image: '',
  ImageID: '',
  Command: '',
  Created: 0,
  Ports: null,
  Labels: null,
  State: '',
  Status: '',
  Mounts: null,
};

/** Sizes cost the engine time: it is asked for them where a template shows them alone. */
const usesSize = ({ flags, now }: CommandCall): boolean => {
  const source = flags.text('format');
  if (source === '') return false;
  const template = parsedTemplate(source, 'failed to parse template');
  const format = containerFormat(false);
  let isUsed = false;
  const size = {
    value: () => {
      isUsed = true;
      return '0B';
    },
  };
  const seen = { ...format, columns: { ...format.columns, Size: size } };
  const row: ContainerRow = { container: noContainer, isTrunc: false, now };
  const { problem } = template.printed(contextOf(seen, row));
  if (problem !== null) throw new ClientError(`failed to execute template: ${problem}`);
  return isUsed;
};
