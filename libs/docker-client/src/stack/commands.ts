import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly, noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { refusalOf } from '../command/each.ts';
import { commaListProblem, filterProblem } from '../command/flag-checks.ts';
import { filtersJson } from '../format/units.ts';
import { servicesBy } from '../swarm-service/commands.ts';
import { printEmptyList } from '../swarm/empty-list.ts';
import type { ListHead } from '../swarm/empty-list.ts';
import { readCommaList } from '../value/comma-list.ts';

/** What Docker puts on all that belongs to a stack. */
const stackLabel = 'com.docker.stack.namespace';

const hidden = ['      --kubeconfig string', '      --namespace string'].join('\n');

const stackHead: ListHead = {
  context: '*formatter.stackContext',
  headers: {
    Name: 'NAME',
    Services: 'SERVICES',
    Orchestrator: 'ORCHESTRATOR',
    Namespace: 'NAMESPACE',
  },
  table: 'table {{.Name}}\t{{.Services}}\t{{.Orchestrator}}',
};

const filterOf = (stack: string): string => `label=${stackLabel}=${stack}`;

/**
 * What is to run a stack. It is looked at before the words of a line are.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/orchestrator.go, cli/command/stack/cmd.go
 */
const orchestratorOf = ({ flags }: CommandCall): string => {
  const wanted = flags.text('orchestrator');
  if (!['', 'unset', 'swarm', 'kubernetes', 'all'].includes(wanted)) {
    throw new ClientError(
      `specified orchestrator ${JSON.stringify(wanted)} is invalid, please use either ` +
        'kubernetes, swarm or all',
    );
  }
  const isKubernetes = wanted === 'kubernetes' || wanted === 'all';
  const alone = ['kubeconfig', 'namespace'].find((one) => flags.isSet(one));
  if (!isKubernetes && alone !== undefined) {
    throw new ClientError(
      `"--${alone}" is only supported on a Docker cli with kubernetes features enabled`,
    );
  }
  return wanted;
};

/** @throws ClientError: a lab has no Kubernetes */
const demandSwarm = ({ environment }: CommandCall, orchestrator: string): void => {
  if (orchestrator === 'all') {
    throw new ClientError('no orchestrator specified: use either "kubernetes" or "swarm"');
  }
  if (orchestrator === 'kubernetes') throw noKubernetes(environment);
};

const noKubernetes = (environment: ReadonlyMap<string, string>): ClientError => {
  const path = `${environment.get('HOME') ?? ''}/.kube/config`;
  const cause = `stat ${path}: no such file or directory`;
  return new ClientError(`unable to load configuration file: ${cause}`);
};

const refuseBadNames = (names: readonly string[]): void => {
  const bad = names.find((name) => name.replaceAll(/["'\s]/g, '') === '');
  if (bad !== undefined) {
    throw new ClientError(`invalid stack name: ${JSON.stringify(bad)}`);
  }
};

/** @source docker/cli v20.10 cli/command/stack/list.go */
const list: Command = {
  words: noWords,
  hidden: `${hidden}\n      --all-namespaces`,
  run: (call) => {
    const orchestrator = orchestratorOf(call);
    const isSwarm = orchestrator !== 'kubernetes';
    const stacks = isSwarm ? servicesBy(call, [`label=${stackLabel}`]) : [];
    if (!isSwarm || orchestrator === 'all') throw noKubernetes(call.environment);
    printEmptyList(call, stackHead, stacks);
  },
};

/** @source docker/cli v20.10 cli/command/stack/ps.go */
const tasks: Command = {
  words: exactly(1),
  hidden,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags, words } = call;
    const [stack = ''] = words;
    const orchestrator = orchestratorOf(call);
    refuseBadNames(words);
    demandSwarm(call, orchestrator);
    const filters = filtersJson([...flags.list('filter'), filterOf(stack)]);
    const found = engine.get('/tasks', { filters }) as readonly unknown[];
    if (found.length > 0) throw notPlayed(call);
    throw new ClientError(`nothing found in stack: ${stack}`);
  },
};

/** @source docker/cli v20.10 cli/command/stack/services.go */
const services: Command = {
  words: exactly(1),
  hidden,
  checks: { filter: filterProblem },
  run: (call) => {
    const { flags, out, words } = call;
    const [stack = ''] = words;
    const orchestrator = orchestratorOf(call);
    refuseBadNames(words);
    demandSwarm(call, orchestrator);
    const filters = [...flags.list('filter'), filterOf(stack)];
    if (servicesBy(call, filters, !flags.isOn('quiet')).length > 0) throw notPlayed(call);
    out.warn(`Nothing found in stack: ${stack}`);
  },
};

/**
 * Whatever is deployed, services are: a compose file is looked for, and not read.
 * @source docker/cli v20.10 cli/command/stack/deploy.go, stack/loader/loader.go
 */
const deploy: Command = {
  words: exactly(1),
  hidden,
  checks: { 'compose-file': commaListProblem },
  run: (call) => {
    const { flags, readFile, words } = call;
    const orchestrator = orchestratorOf(call);
    refuseBadNames(words);
    const files = readCommaList(flags.list('compose-file'));
    if (files.length === 0) {
      throw new ClientError('Please specify a Compose file (with --compose-file)');
    }
    const missing = files.find((file) => file !== '-' && readFile(file) === null);
    if (missing !== undefined) {
      throw new ClientError(`open ${missing}: no such file or directory`);
    }
    demandSwarm(call, orchestrator);
    throw notPlayed(call);
  },
};

type Named = { readonly Id: string; readonly Name: string };

/** @source docker/cli v20.10 cli/command/stack/swarm/remove.go */
const remove: Command = {
  words: atLeast(1),
  hidden,
  run: (call) => {
    const { engine, out, words } = call;
    const orchestrator = orchestratorOf(call);
    refuseBadNames(words);
    demandSwarm(call, orchestrator);
    const problems: string[] = [];
    for (const stack of words) {
      const filters = filtersJson([filterOf(stack)]);
      const kept = servicesBy(call, [filterOf(stack)]).length;
      const networks = engine.get('/networks', { filters }) as readonly Named[];
      const others = ['/secrets', '/configs'].flatMap(
        (path) => engine.get(path, { filters }) as readonly unknown[],
      );
      if (kept + others.length > 0) throw notPlayed(call);
      if (networks.length === 0) {
        out.warn(`Nothing found in stack: ${stack}`);
      } else if (!removeNetworks(call, networks)) {
        problems.push(`Failed to remove some resources from stack: ${stack}`);
      }
    }
    if (problems.length > 0) throw new ClientError(problems.join('\n'));
  },
};

const removeNetworks = ({ engine, out }: CommandCall, networks: readonly Named[]): boolean => {
  let isDone = true;
  for (const { Id, Name } of networks) {
    out.line(`Removing network ${Name}`);
    const reply = engine.reply({ method: 'DELETE', path: `/networks/${Id}` });
    if (reply.status < 400) continue;
    isDone = false;
    out.warn(`Failed to remove network ${Id}: ${refusalOf(reply, 'network', Id)}`);
  }
  return isDone;
};

const notPlayed = ({ name }: CommandCall): ClientError =>
  new ClientError(`netfold: \`docker ${name}\` cannot be played: a lab host runs no services`);

export const stackCommands: Readonly<Record<string, Command>> = {
  'stack deploy': deploy,
  'stack ls': list,
  'stack ps': tasks,
  'stack rm': remove,
  'stack services': services,
};
