import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly, noWords } from '../command/command.ts';
import type { Command, CommandCall, WordCount } from '../command/command.ts';
import { removeEach } from '../command/each.ts';
import { filterProblem, labelProblem } from '../command/flag-checks.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectBody } from '../format/inspect.ts';
import { filtersJson } from '../format/units.ts';
import { bytesOf } from '../image/bytes.ts';
import { printEmptyList } from '../swarm/empty-list.ts';
import type { ListHead } from '../swarm/empty-list.ts';
import { printWithStatus } from '../swarm/status-inspect.ts';
import { mapOf } from '../value/key-value-file.ts';
import { base64Of } from './base64.ts';

/** What the commands of secrets and of configs differ in. */
type Kind = {
  readonly kind: 'secret' | 'config';
  readonly head: ListHead;
  readonly goType: string;
  readonly createWords: WordCount;
  /** @throws ClientError */
  readonly dataOf: (call: CommandCall) => string | undefined;
};

const textIn = ({ readFile, stdin }: CommandCall, file: string): string => {
  const text = file === '-' ? stdin.text : readFile(file);
  if (text === null) throw new ClientError(`open ${file}: no such file or directory`);
  return text;
};

/** @source docker/cli v20.10 cli/command/secret/create.go */
const secretData = (call: CommandCall): string | undefined => {
  const [, file = ''] = call.words;
  if (call.flags.text('driver') !== '' && file !== '') {
    throw new ClientError('When using secret driver secret data must be empty');
  }
  if (file === '') return undefined;
  try {
    return textIn(call, file);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    throw new ClientError(`Error reading content from ${JSON.stringify(file)}: ${error.message}`);
  }
};

const headers = { ID: 'ID', Name: 'NAME', CreatedAt: 'CREATED', UpdatedAt: 'UPDATED' };

const secrets: Kind = {
  kind: 'secret',
  head: {
    context: '*secret.secretContext',
    headers: { ...headers, Driver: 'DRIVER', Labels: 'LABELS' },
    table: 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.CreatedAt}}\t{{.UpdatedAt}}',
  },
  goType: 'swarm.Secret',
  createWords: { min: 1, max: 2 },
  dataOf: secretData,
};

const configs: Kind = {
  kind: 'config',
  head: {
    context: '*config.configContext',
    headers: { ...headers, Labels: 'LABELS' },
    table: 'table {{.ID}}\t{{.Name}}\t{{.CreatedAt}}\t{{.UpdatedAt}}',
  },
  goType: 'swarm.Config',
  createWords: exactly(2),
  dataOf: (call) => textIn(call, call.words[1] ?? ''),
};

const driverOf = (name: string): { readonly Name: string } | undefined =>
  name === '' ? undefined : { Name: name };

/** @source docker/cli v20.10 cli/command/{secret,config}/*.go */
const commandsOf = ({
  kind,
  head,
  goType,
  createWords,
  dataOf,
}: Kind): Readonly<Record<string, Command>> => ({
  [`${kind} create`]: {
    words: createWords,
    checks: { label: labelProblem },
    run: (call) => {
      const { engine, flags, out, words } = call;
      const data = dataOf(call);
      const body = {
        Name: words[0],
        Labels: mapOf(flags.list('label')),
        Data: data === undefined || data === '' ? undefined : base64Of(bytesOf(data)),
        Driver: driverOf(flags.text('driver')),
        Templating: driverOf(flags.text('template-driver')),
      };
      const { ID } = engine.post(`/${kind}s/create`, {}, body) as { readonly ID: string };
      out.line(ID);
    },
  },
  [`${kind} inspect`]: {
    words: atLeast(1),
    run: (call) => {
      printWithStatus(call, {
        read: (ref) => {
          const path = objectPath(`/${kind}s/${ref}`);
          return { raw: inspectBody(call, path, { object: kind, ref }), type: goType };
        },
        formatOf: (format) => (format === 'table' ? head.table : format),
      });
    },
  },
  [`${kind} ls`]: {
    words: noWords,
    checks: { filter: filterProblem },
    run: (call) => {
      const filters = filtersJson(call.flags.list('filter'));
      printEmptyList(call, head, call.engine.get(`/${kind}s`, { filters }) as readonly unknown[]);
    },
  },
  [`${kind} rm`]: {
    words: atLeast(1),
    run: (call) => {
      removeEach(call, kind, (name) =>
        call.engine.reply({ method: 'DELETE', path: objectPath(`/${kind}s/${name}`) }),
      );
    },
  },
});

export const secretCommands = commandsOf(secrets);
export const configCommands = commandsOf(configs);
