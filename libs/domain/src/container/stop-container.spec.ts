import type { SingleCommand } from '@netfold/contracts';
import {
  containerIn,
  createContainer,
  createNetwork,
  hostIn,
  labAfter,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const at = { host: 'h1', container: 'c1' } as const;
const kill = (signal: string, container = 'c1'): SingleCommand => ({
  type: 'KillContainer',
  host: 'h1',
  container,
  signal,
});
const restart: SingleCommand = { type: 'RestartContainer', ...at, timeoutSeconds: 0 };
const pause: SingleCommand = { type: 'PauseContainer', ...at };
const unpause: SingleCommand = { type: 'UnpauseContainer', ...at };
const remove = (force: boolean, link = false): SingleCommand => ({
  type: 'RemoveContainer',
  ...at,
  force,
  link,
});
const rename = (container: string, name: string): SingleCommand => ({
  type: 'RenameContainer',
  host: 'h1',
  container,
  name,
});

describe('stopping', () => {
  test('kills what does not heed the stop signal: 137', () => {
    const scene = labAfter(...run('c1'), stopContainer('c1'));
    expect(scene.fact('ContainerExited')).toMatchObject({
      exitCode: 137,
      cause: 'stopped',
      signal: 15,
    });
    expect(containerIn(scene, 'c1')).toMatchObject({
      status: 'exited',
      processId: 0,
      isStoppedByUser: true,
    });
  });

  test('ends what heeds it, with its own exit code', () => {
    const scene = labAfter(...run('c1', { image: 'nginx', command: null }), stopContainer('c1'));
    expect(scene.fact('ContainerExited')).toMatchObject({ exitCode: 0, signal: 3 });
  });

  test('a container that does not run changes nothing', () => {
    labAfter(createContainer('c1'), stopContainer('c1')).thenRefused(
      'notModified',
      'Container is already stopped',
    );
  });

  test('removes what was to be removed at its end', () => {
    const scene = labAfter(...run('c1', { autoRemove: true }), stopContainer('c1'));
    expect(scene.events.at(-1)?.type).toBe('ContainerRemoved');
    expect(hostIn(scene).containers.size).toBe(0);
    expect(hostIn(scene).containerNames.size).toBe(0);
  });

  test('takes the running execs along', () => {
    const made = labAfter(...run('c1')).when({
      type: 'CreateExec',
      ...at,
      command: ['sh'],
      environment: [],
      user: '',
      workingDir: '',
      tty: true,
      attachStdin: true,
      attachStdout: true,
      attachStderr: true,
      privileged: false,
      detachKeys: '',
    });
    const { execId } = made.fact('ExecCreated');
    const scene = made.when({ type: 'StartExec', host: 'h1', execId }).when(stopContainer('c1'));
    expect(scene.fact('ExecDied')).toMatchObject({ execId, exitCode: 137 });
    expect(scene.events[0]?.type).toBe('ExecDied');
  });
});

describe('killing', () => {
  test('ends a container at once', () => {
    const scene = labAfter(...run('c1'), kill('SIGKILL'));
    expect(scene.fact('ContainerExited')).toMatchObject({
      exitCode: 137,
      cause: 'killed',
      signal: 9,
    });
  });

  test('with a signal that its process does not handle changes nothing', () => {
    labAfter(...run('c1'), kill('TERM'))
      .thenAccepted()
      .thenFacts();
  });

  test('with a signal that its process handles ends it', () => {
    const scene = labAfter(...run('c1', { image: 'nginx', command: null }), kill('15'));
    expect(scene.fact('ContainerExited')).toMatchObject({ exitCode: 0, signal: 15 });
  });

  test('reaches a paused container', () => {
    const scene = labAfter(...run('c1'), pause, kill(''));
    expect(containerIn(scene, 'c1').status).toBe('exited');
  });

  test('is refused for what does not run', () => {
    const scene = labAfter(createContainer('c1'), kill('KILL'));
    scene.thenRefused(
      'conflict',
      `Cannot kill container: c1: Container ${containerIn(scene, 'c1').id} is not running`,
    );
    labAfter(kill('KILL', 'nosuch')).thenRefused(
      'notFound',
      'Cannot kill container: nosuch: No such container: nosuch',
    );
  });

  test('is refused for a signal that does not exist', () => {
    labAfter(...run('c1'), kill('FOO')).thenRefused('invalidParameter', 'Invalid signal: FOO');
    labAfter(...run('c1'), kill('99')).thenRefused(
      'internal',
      'Cannot kill container: c1: The linux daemon does not support signal 99',
    );
  });
});

describe('restarting', () => {
  test('stops, starts and says so', () => {
    const scene = labAfter(...run('c1'), restart);
    expect(scene.events[0]).toMatchObject({
      type: 'ContainerExited',
      data: { cause: 'restarted' },
    });
    expect(scene.events.at(-1)).toMatchObject({
      type: 'ContainerRestarted',
      data: { byPolicy: false },
    });
    expect(containerIn(scene, 'c1')).toMatchObject({ status: 'running', restartCount: 0 });
  });

  test('starts what did not run, and removes nothing', () => {
    labAfter(createContainer('c1', { tty: true, autoRemove: true }), restart).thenAccepted();
    const scene = labAfter(...run('c1', { autoRemove: true }), restart);
    expect(containerIn(scene, 'c1').status).toBe('running');
  });

  test('names the container in what it is refused for', () => {
    labAfter(createContainer('c1', { networkMode: 'nosuch' }), restart).thenRefused(
      'internal',
      'Cannot restart container c1: network nosuch not found',
    );
  });
});

describe('pausing', () => {
  test('keeps address and ports', () => {
    const scene = labAfter(...run('c1'), pause).thenFacts('ContainerPaused');
    expect(hostIn(scene).endpoints.size).toBe(1);
    scene.when(unpause).thenFacts('ContainerUnpaused');
  });

  test('is refused where it changes nothing', () => {
    const created = labAfter(createContainer('c1'), pause);
    const { id } = containerIn(created, 'c1');
    created.thenRefused('conflict', `Container ${id} is not running`);
    const paused = labAfter(...run('c1'), pause, pause);
    const other = containerIn(paused, 'c1').id;
    paused.thenRefused('conflict', `Container ${other} is already paused`);
    created.when(unpause).thenRefused('internal', `Container ${id} is not paused`);
  });

  test('a paused container can be stopped', () => {
    expect(
      labAfter(...run('c1'), pause, stopContainer('c1')).fact('ContainerExited'),
    ).toMatchObject({
      exitCode: 137,
    });
  });
});

describe('removing', () => {
  test('frees the name', () => {
    labAfter(createContainer('c1'), remove(false)).thenFacts('ContainerRemoved');
    labAfter(createContainer('c1'), remove(false), createContainer('c1')).thenAccepted();
  });

  test('what is up is refused without force', () => {
    const scene = labAfter(...run('c1'), remove(false));
    const { id } = containerIn(scene, 'c1');
    scene.thenRefused(
      'conflict',
      `You cannot remove a running container ${id}. ` +
        'Stop the container before attempting removal or force remove',
    );
    scene
      .when(pause)
      .when(remove(false))
      .thenRefused(
        'conflict',
        `You cannot remove a paused container ${id}. ` +
          'Unpause and then stop the container before attempting removal or force remove',
      );
  });

  test('by force ends it first', () => {
    const scene = labAfter(...run('c1'), remove(true));
    expect(scene.fact('ContainerExited')).toMatchObject({ cause: 'removed', exitCode: 137 });
    expect(scene.events.at(-1)?.type).toBe('ContainerRemoved');
    expect(hostIn(scene).endpoints.size).toBe(0);
  });

  test('its own name is no link to remove', () => {
    labAfter(createContainer('c1'), remove(false, true)).thenRefused(
      'internal',
      'Conflict, cannot remove the default link name of the container',
    );
  });

  test('nobody is refused', () => {
    labAfter(remove(true)).thenRefused('notFound', 'No such container: c1');
  });
});

describe('pruning', () => {
  const prune = (filters: Readonly<Record<string, readonly string[]>> = {}): SingleCommand => ({
    type: 'PruneContainers',
    host: 'h1',
    filters,
  });

  test('removes what is not up, by label when asked', () => {
    const scene = labAfter(
      ...run('c1'),
      createContainer('c2', { labels: { keep: 'yes' } }),
      createContainer('c3'),
    );
    const some = scene.when(prune({ 'label!': ['keep'] }));
    expect(some.thenAnswer().data).toEqual({ containersDeleted: [containerIn(scene, 'c3').id] });
    expect(hostIn(some.when(prune())).containers.size).toBe(1);
  });

  test('refuses a filter it does not know', () => {
    labAfter(prune({ name: ['x'] })).thenRefused('invalidParameter', /Invalid filter 'name'/i);
  });
});

describe('renaming', () => {
  test('changes the name, running or not', () => {
    const scene = labAfter(...run('c1'), rename('c1', 'new')).thenFacts('ContainerRenamed');
    expect(containerIn(scene, 'new').name).toBe('new');
    scene.when(createContainer('c1')).thenAccepted();
  });

  test.each([
    ['c1', 'c1', /^Renaming a container with the same name as its current name$/],
    ['c1', '', /^Neither old nor new names may be empty$/],
    [
      'c1',
      'bad name',
      /^Error when allocating new name: Invalid container name \(\/bad name\), only \[a-zA-Z0-9\]/,
    ],
  ])('%s to %j is refused', (from, to, message) => {
    labAfter(createContainer('c1'), rename(from, to)).thenRefused('invalidParameter', message);
  });

  test('to a name in use is refused with its holder', () => {
    const scene = labAfter(createContainer('c1'), createContainer('c2'), rename('c1', 'c2'));
    scene.thenRefused(
      'conflict',
      'Error when allocating new name: Conflict. The container name "/c2" is already in use by ' +
        `container "${containerIn(scene, 'c2').id}". You have to remove (or rename) that ` +
        'container to be able to reuse that name.',
    );
  });
});

describe('several networks', () => {
  test('are all left at a stop and joined again at a start', () => {
    const scene = labAfter(
      createNetwork('n1'),
      createNetwork('n2'),
      ...run('c1', { networkMode: 'n1' }),
      { type: 'ConnectContainer', ...at, network: 'n2', endpoint: null },
      stopContainer('c1'),
    );
    expect(scene.facts('EndpointDeleted')).toHaveLength(2);
    expect(scene.when(startContainer('c1')).facts('EndpointJoined')).toHaveLength(2);
  });
});
