import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { filtersJson } from '../format/units.ts';
import { printEmptyList } from '../swarm/empty-list.ts';
import type { ListHead } from '../swarm/empty-list.ts';
import { nodeOf, resolveSelf } from './node-api.ts';

/** @source docker/cli v20.10 cli/command/task/formatter.go */
const taskHead: ListHead = {
  context: '*task.taskContext',
  headers: {
    ID: 'ID',
    Name: 'NAME',
    Image: 'IMAGE',
    Node: 'NODE',
    DesiredState: 'DESIRED STATE',
    CurrentState: 'CURRENT STATE',
    Error: 'ERROR',
    Ports: 'PORTS',
  },
  table:
    'table {{.ID}}\t{{.Name}}\t{{.Image}}\t{{.Node}}\t{{.DesiredState}}\t{{.CurrentState}}\t' +
    '{{.Error}}\t{{.Ports}}',
};

/** @source docker/cli v20.10 cli/command/node/ps.go */
export const tasksOfNodes: Command = {
  words: atLeast(0),
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags, words } = call;
    const given = flags.list('filter');
    const tasks: unknown[] = [];
    const problems: string[] = [];
    // The client adds each node to the filters of the ones before it.
    const nodes: string[] = [];
    for (const reference of words.length === 0 ? ['self'] : words) {
      try {
        nodes.push(`node=${nodeOf(engine, resolveSelf(engine, reference)).ID}`);
        const filters = filtersJson([...given, ...nodes]);
        tasks.push(...(engine.get('/tasks', { filters }) as readonly unknown[]));
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        problems.push(error.message);
      }
    }
    if (problems.length === 0) printEmptyList(call, taskHead, tasks);
    else throw new ClientError(problems.join('\n'));
  },
};
