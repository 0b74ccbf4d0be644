import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly, noWords } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { printInspect } from '../format/inspect.ts';
import { printList } from '../format/list.ts';
import type { ListFormat } from '../format/list.ts';
import { goBool } from '../template/go-value.ts';

const endpoint = 'unix:///var/run/docker.sock';

/** The only context of a lab host. */
const context = {
  Name: 'default',
  Metadata: { StackOrchestrator: 'swarm' },
  Endpoints: { docker: { Host: endpoint, SkipTLSVerify: false } },
  TLSMaterial: {},
  Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
};

const namePattern = '^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$';

const listFormat: ListFormat<typeof context> = {
  context: '*formatter.clientContextContext',
  columns: {
    Current: { value: () => goBool(true) },
    Description: {
      header: 'DESCRIPTION',
      value: () => 'Current DOCKER_HOST based configuration',
    },
    DockerEndpoint: { header: 'DOCKER ENDPOINT', value: () => endpoint },
    KubernetesEndpoint: { header: 'KUBERNETES ENDPOINT', value: () => '' },
    Name: { header: 'NAME', value: ({ Name }) => Name },
    StackOrchestrator: {
      header: 'ORCHESTRATOR',
      value: ({ Metadata }) => Metadata.StackOrchestrator,
    },
  },
  table:
    'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t' +
    '{{.KubernetesEndpoint}}\t{{.StackOrchestrator}}',
  quiet: '{{.Name}}',
};

const missing = (name: string): ClientError =>
  new ClientError(`context ${JSON.stringify(name)} does not exist`);

/** @source docker/cli v20.10 cli/context/store/store.go ValidateContextName */
const refuseBadName = (name: string): void => {
  if (name === '') throw new ClientError('context name cannot be empty');
  if (name === 'default') {
    throw new ClientError('"default" is a reserved context name');
  }
  if (new RegExp(namePattern).test(name)) return;
  throw new ClientError(
    `context name ${JSON.stringify(name)} is invalid, names are validated against regexp ` +
      JSON.stringify(namePattern),
  );
};

/** @source docker/cli v20.10 cli/command/context/list.go */
const list: Command = {
  words: noWords,
  run: (call) => {
    printList(call, listFormat, [context]);
  },
};

/** @source docker/cli v20.10 cli/command/context/inspect.go */
const inspect: Command = {
  words: atLeast(0),
  run: (call) => {
    const refs = call.words.length === 0 ? ['default'] : call.words;
    printInspect(call, refs, (ref) => {
      if (ref !== 'default') throw missing(ref);
      const raw = JSON.stringify(context).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
      return { raw, type: 'interface {}' };
    });
  },
};

/** @source docker/cli v20.10 cli/command/context/use.go */
const use: Command = {
  words: atLeast(0),
  run: ({ out, words }) => {
    const [name = ''] = words;
    if (words.length !== 1) {
      throw new ClientError(`accepts 1 arg(s), received ${words.length}`);
    }
    if (name !== 'default') {
      refuseBadName(name);
      throw missing(name);
    }
    out.line(name);
    out.warn(`Current context is now ${JSON.stringify(name)}`);
  },
};

/** @source docker/cli v20.10 cli/command/context/remove.go */
const remove: Command = {
  words: atLeast(1),
  run: ({ words }) => {
    const problems = words.map((name) =>
      name === 'default'
        ? 'default: context "default" cannot be removed'
        : `${name}: ${missing(name).message}`,
    );
    throw new ClientError(problems.join('\n'));
  },
};

const notKept = new ClientError(
  'netfold: a lab host keeps no files, so it has no context but its own',
);

/** @source docker/cli v20.10 cli/command/context/create.go */
const create: Command = {
  words: exactly(1),
  run: ({ words: [name = ''] }) => {
    refuseBadName(name);
    throw notKept;
  },
};

/** @source docker/cli v20.10 cli/command/context/update.go */
const update: Command = {
  words: exactly(1),
  run: ({ words: [name = ''] }) => {
    refuseBadName(name);
    throw missing(name);
  },
};

/** @source docker/cli v20.10 cli/command/context/export.go */
const exportContext: Command = {
  words: { min: 1, max: 2 },
  run: ({ words: [name = ''] }) => {
    if (name !== 'default') {
      refuseBadName(name);
      throw missing(name);
    }
    throw notKept;
  },
};

/** @source docker/cli v20.10 cli/command/context/import.go */
const importContext: Command = {
  words: exactly(2),
  run: ({ words: [name = ''] }) => {
    refuseBadName(name);
    throw notKept;
  },
};

export const contextCommands: Readonly<Record<string, Command>> = {
  'context create': create,
  'context export': exportContext,
  'context import': importContext,
  'context inspect': inspect,
  'context ls': list,
  'context rm': remove,
  'context update': update,
  'context use': use,
};
