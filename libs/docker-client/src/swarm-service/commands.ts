import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly, noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { refusalOf, removeEach } from '../command/each.ts';
import { pathWith, refusalText } from '../command/engine.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { summaryOf, usageLineOf } from '../command/flag-table.ts';
import { objectPath } from '../command/object-path.ts';
import type { Inspected } from '../format/inspect.ts';
import { filtersJson } from '../format/units.ts';
import { printEmptyList } from '../swarm/empty-list.ts';
import type { ListHead } from '../swarm/empty-list.ts';
import { printWithStatus } from '../swarm/status-inspect.ts';
import { create } from './create.ts';

/** @source docker/cli v20.10 cli/command/service/formatter.go */
const serviceHead: ListHead = {
  context: '*service.serviceContext',
  headers: {
    ID: 'ID',
    Name: 'NAME',
    Mode: 'MODE',
    Replicas: 'REPLICAS',
    Image: 'IMAGE',
    Ports: 'PORTS',
  },
  table: 'table {{.ID}}\t{{.Name}}\t{{.Mode}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}',
};

const notPlayed = (name: string): ClientError =>
  new ClientError(`netfold: \`docker ${name}\` cannot be played: a lab host runs no services`);

/** Services by these filters. @throws ClientError */
export const servicesBy = (
  { engine }: CommandCall,
  filters: readonly string[],
  hasStatus = false,
): readonly unknown[] =>
  engine.get('/services', {
    filters: filtersJson(filters),
    status: hasStatus ? 'true' : undefined,
  }) as readonly unknown[];

/** @source docker/cli v20.10 cli/command/service/list.go */
const list: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { flags } = call;
    printEmptyList(call, serviceHead, servicesBy(call, flags.list('filter'), !flags.isOn('quiet')));
  },
};

/** @source docker/cli v20.10 cli/command/service/inspect.go */
const inspect: Command = {
  words: atLeast(1),
  run: (call) => {
    const { engine, flags } = call;
    if (flags.isOn('pretty') && flags.text('format') !== '') {
      throw new ClientError('--format is incompatible with human friendly format');
    }
    const read = (ref: string): Inspected => {
      const path = objectPath(`/services/${ref}`);
      const reply =
        ref === ''
          ? null
          : engine.reply({ method: 'GET', path: pathWith(path, { insertDefaults: 'true' }) });
      if (reply === null || reply.status === 404) {
        throw new ClientError(`Error: no such service: ${ref}`);
      }
      if (reply.status >= 400) throw new ClientError(refusalText(reply));
      return { raw: reply.text, type: 'swarm.Service', isTypeAll: true };
    };
    printWithStatus(call, { read, formatOf: (format) => format.replace(/^raw/, '') });
  },
};

/** @source docker/cli v20.10 cli/command/service/remove.go */
const remove: Command = {
  words: atLeast(1),
  run: (call) => {
    removeEach(call, 'service', (service) =>
      call.engine.reply({ method: 'DELETE', path: objectPath(`/services/${service}`) }),
    );
  },
};

/** @source docker/cli v20.10 cli/command/service/ps.go */
const tasks: Command = {
  words: atLeast(1),
  checks: { filter: filterProblem },
  run: (call) => {
    const { name, words } = call;
    const found = ['id', 'name'].flatMap((by) =>
      servicesBy(
        call,
        words.map((word) => `${by}=${word}`),
      ),
    );
    if (found.length > 0) throw notPlayed(name);
    throw new ClientError(words.map((word) => `no such service: ${word}`).join('\n'));
  },
};

/** @throws ClientError as the client refuses to change a service that is not there */
const demandService = ({ engine, name }: CommandCall, service: string): never => {
  if (service === '') throw new ClientError('Error: No such service: ');
  const path = pathWith(objectPath(`/services/${service}`), { insertDefaults: 'false' });
  const reply = engine.reply({ method: 'GET', path });
  throw reply.status < 400
    ? notPlayed(name)
    : new ClientError(refusalOf(reply, 'service', service));
};

const changeOne: Command = {
  words: exactly(1),
  run: (call) => demandService(call, call.words[0] ?? ''),
};

/** @source docker/cli v20.10 cli/command/service/scale.go */
const scale: Command = {
  words: atLeast(1),
  run: (call) => {
    const { name, words } = call;
    const bad = words.find((word) => !word.includes('='));
    if (bad !== undefined) {
      throw new ClientError(
        `Invalid scale specifier '${bad}'.\nSee 'docker ${name} --help'.\n\n` +
          `Usage:  ${usageLineOf(name)}\n\n${summaryOf(name)}`,
      );
    }
    const problems = words.map((word) => {
      const at = word.indexOf('=');
      const [service, count] = [word.slice(0, at), word.slice(at + 1)];
      return `${service}: ${scaleProblem(call, service, count)}`;
    });
    throw new ClientError(problems.join('\n'));
  },
};

const scaleProblem = (call: CommandCall, service: string, count: string): string => {
  if (!/^\d+$/.test(count)) {
    const cause = `strconv.ParseUint: parsing ${JSON.stringify(count)}: invalid syntax`;
    return `invalid replicas value ${count}: ${cause}`;
  }
  try {
    return demandService(call, service);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return error.message;
  }
};

/** @source docker/cli v20.10 cli/command/service/logs.go */
const logs: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, name, words } = call;
    const [subject = ''] = words;
    const path = pathWith(objectPath(`/services/${subject}`), { insertDefaults: 'false' });
    const service = engine.reply({ method: 'GET', path });
    if (service.status < 400) throw notPlayed(name);
    if (service.status !== 404) throw new ClientError(refusalText(service));
    const task = engine.reply({ method: 'GET', path: objectPath(`/tasks/${subject}`) });
    if (task.status < 400) throw notPlayed(name);
    if (task.status !== 404) throw new ClientError(refusalText(task));
    throw new ClientError(`no such task or service: ${subject}`);
  },
};

export const serviceCommands: Readonly<Record<string, Command>> = {
  'service create': create,
  'service inspect': inspect,
  'service logs': logs,
  'service ls': list,
  'service ps': tasks,
  'service rm': remove,
  'service rollback': changeOne,
  'service scale': scale,
  'service update': changeOne,
};
