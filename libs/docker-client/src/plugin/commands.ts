import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly, noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { refusalOf } from '../command/each.ts';
import { pathWith } from '../command/engine.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { inNaturalOrder } from '../command/natural-order.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectBody, printInspect } from '../format/inspect.ts';
import { printList } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { ellipsis, filtersJson, shortId } from '../format/units.ts';
import {
  askRegistry,
  defaultRegistryOf,
  referenceOf,
  refuseContentTrust,
} from '../image/registry-access.ts';
import {
  familiarName,
  fullReference,
  isOfDefaultRegistry,
  withDefaultTag,
} from '../image/reference.ts';
import { goBool } from '../template/go-value.ts';

type Plugin = {
  readonly Id: string;
  readonly Name: string;
  readonly Enabled: boolean;
  readonly Config: { readonly Description: string };
  readonly PluginReference?: string;
};

const descriptionWidth = 45;

/** @source docker/cli v20.10 cli/command/plugin/formatter.go */
const listFormat: ListFormat<Plugin> = {
  context: '*plugin.pluginContext',
  columns: {
    Description: { header: 'DESCRIPTION', value: ({ Config }) => Config.Description },
    Enabled: { header: 'ENABLED', value: ({ Enabled }) => goBool(Enabled) },
    ID: { header: 'ID', value: ({ Id }) => Id },
    Name: { header: 'NAME', value: ({ Name }) => Name },
    PluginReference: { value: ({ PluginReference = '' }) => PluginReference },
  },
  table: 'table {{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}',
  raw:
    'plugin_id: {{.ID}}\\nname: {{.Name}}\\ndescription: {{.Description}}\\n' +
    'enabled: {{.Enabled}}\\n',
  rawQuiet: 'plugin_id: {{.ID}}',
};

/** @source docker/cli v20.10 cli/command/plugin/list.go */
const list: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags } = call;
    const filters = filtersJson(flags.list('filter'));
    const plugins = engine.get('/plugins', { filters }) as readonly Plugin[];
    const isCut = !flags.isOn('no-trunc');
    const rows = plugins
      .toSorted((a, b) => inNaturalOrder(a.Name, b.Name))
      .map((plugin) => {
        const told = plugin.Config.Description.replaceAll(/[\n\r]/g, ' ');
        const Description = isCut ? ellipsis(told, descriptionWidth) : told;
        return { ...plugin, Id: isCut ? shortId(plugin.Id) : plugin.Id, Config: { Description } };
      });
    printList(call, listFormat, rows);
  },
};

const detailsOf = (call: CommandCall, ref: string): string =>
  inspectBody(call, objectPath(`/plugins/${ref}/json`), { object: 'plugin', ref });

/** @source docker/cli v20.10 cli/command/plugin/inspect.go */
const inspect: Command = {
  words: atLeast(1),
  run: (call) => {
    printInspect(call, call.words, (ref) => ({ raw: detailsOf(call, ref), type: '*types.Plugin' }));
  },
};

/** @source docker/cli v20.10 cli/command/plugin/enable.go */
const enable: Command = {
  words: exactly(1),
  run: ({ engine, flags, out, words: [name = ''] }) => {
    const timeout = flags.number('timeout', 30);
    if (timeout < 0) throw new ClientError(`negative timeout ${timeout} is invalid`);
    const path = objectPath(`/plugins/${name}/enable`);
    engine.done({ method: 'POST', path: pathWith(path, { timeout: String(timeout) }) });
    out.line(name);
  },
};

/** @source docker/cli v20.10 cli/command/plugin/disable.go */
const disable: Command = {
  words: exactly(1),
  run: ({ engine, flags, out, words: [name = ''] }) => {
    const force = flags.isOn('force') ? '1' : undefined;
    const path = objectPath(`/plugins/${name}/disable`);
    engine.done({ method: 'POST', path: pathWith(path, { force }) });
    out.line(name);
  },
};

/** @source docker/cli v20.10 cli/command/plugin/remove.go */
const remove: Command = {
  words: atLeast(1),
  run: ({ engine, flags, out, words }) => {
    const force = flags.isOn('force') ? '1' : undefined;
    const problems: string[] = [];
    for (const name of words) {
      const path = pathWith(objectPath(`/plugins/${name}`), { force });
      const reply = engine.reply({ method: 'DELETE', path });
      if (reply.status < 400) out.line(name);
      else problems.push(refusalOf(reply, 'plugin', name));
    }
    if (problems.length > 0) throw new ClientError(problems.join(', '));
  },
};

/** @source docker/cli v20.10 cli/command/plugin/set.go */
const set: Command = {
  words: atLeast(2),
  run: ({ engine, words: [name = '', ...settings] }) => {
    engine.done({ method: 'POST', path: objectPath(`/plugins/${name}/set`), body: settings });
  },
};

const notPlayed = new ClientError('netfold: the engine of a lab host has no plugins');

/** @source docker/cli v20.10 cli/command/plugin/install.go */
const install: Command = {
  words: atLeast(1),
  run: (call) => {
    const { engine, words } = call;
    const image = referenceOf(words[0] ?? '');
    refuseContentTrust(call);
    if (isOfDefaultRegistry(image)) defaultRegistryOf(engine);
    const path = pathWith('/plugins/privileges', { remote: fullReference(image) });
    askRegistry(call, { method: 'GET', path }, 'plugin install');
    throw notPlayed;
  },
};

/** @source docker/cli v20.10 cli/command/plugin/push.go */
const push: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, words } = call;
    const given = referenceOf(words[0] ?? '');
    if (given.digest !== '') throw new ClientError(`invalid name: ${words[0] ?? ''}`);
    const image = withDefaultTag(given);
    if (isOfDefaultRegistry(image)) defaultRegistryOf(engine);
    const path = objectPath(`/plugins/${familiarName(image)}:${image.tag}/push`);
    askRegistry(call, { method: 'POST', path }, 'plugin push');
    throw notPlayed;
  },
};

/** @source docker/cli v20.10 cli/command/plugin/upgrade.go */
const upgrade: Command = {
  words: { min: 1, max: 2 },
  run: (call) => {
    try {
      detailsOf(call, call.words[0] ?? '');
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      throw new ClientError(`error reading plugin data: ${error.message}`);
    }
    throw notPlayed;
  },
};

export const pluginCommands: Readonly<Record<string, Command>> = {
  'plugin disable': disable,
  'plugin enable': enable,
  'plugin inspect': inspect,
  'plugin install': install,
  'plugin ls': list,
  'plugin push': push,
  'plugin rm': remove,
  'plugin set': set,
  'plugin upgrade': upgrade,
};
