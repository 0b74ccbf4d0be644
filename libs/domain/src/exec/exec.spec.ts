import type { SingleCommand } from '@netfold/contracts';
import {
  containerIn,
  createContainer,
  disconnectContainer,
  hostIn,
  labAfter,
  removeContainer,
  run,
  stopContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const createExec = (
  container: string,
  command: readonly string[] = ['ip', 'addr'],
): SingleCommand => ({
  type: 'CreateExec',
  host: 'h1',
  container,
  command,
  environment: [],
  user: '',
  workingDir: '',
  tty: false,
  attachStdin: false,
  attachStdout: true,
  attachStderr: true,
  privileged: false,
  detachKeys: '',
});
const startExec = (execId: string): SingleCommand => ({ type: 'StartExec', host: 'h1', execId });
const endExec = (execId: string, exitCode = 0): SingleCommand => ({
  type: 'EndExec',
  host: 'h1',
  execId,
  exitCode,
});
const pause: SingleCommand = { type: 'PauseContainer', host: 'h1', container: 'c1' };

describe('an exec', () => {
  const made = labAfter(...run('c1', { user: 'www-data', workingDir: '/srv' }), createExec('c1'));
  const { execId } = made.fact('ExecCreated');

  test('is created, started and dies; a second word of its end changes nothing', () => {
    expect(made.thenAnswer().ids).toEqual({ execId });
    expect(made.fact('ExecCreated')).toMatchObject({ user: 'www-data', workingDir: '/srv' });
    const started = made.when(startExec(execId)).thenFacts('ExecStarted');
    const ended = started.when(endExec(execId, 3)).thenFacts('ExecDied');
    expect(hostIn(ended).execs.get(execId)).toMatchObject({ status: 'died', exitCode: 3 });
    ended.when(endExec(execId, 4)).thenAccepted().thenFacts();
  });

  test('runs once', () => {
    const started = made.when(startExec(execId));
    started
      .when(startExec(execId))
      .thenRefused('conflict', `Error: Exec command ${execId} is already running`);
    started
      .when(endExec(execId))
      .when(startExec(execId))
      .thenRefused('conflict', `Error: Exec command ${execId} has already run`);
  });

  test('is forgotten with its container', () => {
    const scene = made.when(removeContainer('c1'));
    expect(hostIn(scene).execs.size).toBe(0);
    scene.when(startExec(execId)).thenRefused('notFound', `No such exec instance: ${execId}`);
  });

  test('does not start once its container stopped', () => {
    const { id } = containerIn(made, 'c1');
    made
      .when(stopContainer('c1'))
      .when(startExec(execId))
      .thenRefused(
        'internal',
        `Container ${id} is not running: Exited (137) Less than a second ago`,
      );
  });

  test('does not start while its container is paused', () => {
    const { id } = containerIn(made, 'c1');
    made
      .when(pause)
      .when(startExec(execId))
      .thenRefused('conflict', `Container ${id} is paused, unpause the container before exec`);
  });
});

describe('an exec is refused', () => {
  test('without a command', () => {
    labAfter(...run('c1'), createExec('c1', [])).thenRefused(
      'invalidParameter',
      'No exec command specified',
    );
  });

  test('in nobody', () => {
    labAfter(createExec('nosuch')).thenRefused('notFound', 'No such container: nosuch');
  });

  test('in a container that does not run', () => {
    const scene = labAfter(createContainer('c1'), createExec('c1'));
    scene.thenRefused('conflict', `Container ${containerIn(scene, 'c1').id} is not running`);
  });

  test('in a paused container, by the name that was typed', () => {
    labAfter(...run('c1'), pause, createExec('c1')).thenRefused(
      'conflict',
      'Container c1 is paused, unpause the container before exec',
    );
  });

  test('in a container whose link leads to one that stopped', () => {
    labAfter(
      ...run('db'),
      ...run('c1', { links: ['db'] }),
      stopContainer('db'),
      createExec('c1'),
    ).thenRefused('internal', 'Cannot link to a non running container: /db AS /c1/db');
  });

  test('in a container whose link leads to one that left the default bridge', () => {
    const scene = labAfter(
      ...run('db'),
      ...run('c1', { links: ['db'] }),
      disconnectContainer('bridge', 'db'),
      createExec('c1'),
    );
    scene.thenRefused(
      'internal',
      `container ${containerIn(scene, 'db').id} not attached to default bridge network`,
    );
  });

  test('when it is unknown', () => {
    labAfter(startExec('x')).thenRefused('notFound', 'No such exec instance: x');
    labAfter(endExec('x')).thenRefused('notFound', 'No such exec instance: x');
  });

  test('beyond the limit of a container', () => {
    const commands = Array.from({ length: 1_000 }, () => createExec('c1'));
    labAfter(...run('c1'), { type: 'ApplyBatch', commands }, createExec('c1')).thenRefused(
      'unavailable',
      'the lab has reached its limit of 1000 execs of a container',
    );
  });
});
