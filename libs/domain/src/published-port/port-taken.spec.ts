import {
  containerIn,
  createContainer,
  hostIn,
  labAfter,
  run,
  startContainer,
} from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

describe('a server that finds its port taken ends at once', () => {
  const images = { image: 'nginx' };

  // Transcript tutorial-004-host.
  test("by another server in the host's stack", () => {
    const web = { ...images, networkMode: 'host' };
    const scene = labAfter(
      createContainer('w1', web),
      startContainer('w1'),
      createContainer('w2', web),
      startContainer('w2'),
    );
    expect(containerIn(scene, 'w1').status).toBe('running');
    expect(containerIn(scene, 'w2')).toMatchObject({ status: 'exited', exitCode: 1 });
    expect(containerIn(scene, 'w2').output).toMatchObject([
      { stream: 'stderr', text: expect.stringMatching(/^[a-z]+: bind: Address already in use\n$/) },
    ]);
  });

  test('by a published port of the host', () => {
    const scene = labAfter(
      ...run('p1', { portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '80' }] }),
      createContainer('w1', { ...images, networkMode: 'host' }),
      startContainer('w1'),
    );
    expect(containerIn(scene, 'w1')).toMatchObject({ status: 'exited', exitCode: 1 });
  });

  test('by its partner in container mode; elsewhere the same port is free', () => {
    const scene = labAfter(
      createContainer('w1', images),
      startContainer('w1'),
      createContainer('w2', images),
      startContainer('w2'),
      createContainer('w3', { ...images, networkMode: 'container:w1' }),
      startContainer('w3'),
    );
    expect(containerIn(scene, 'w2').status).toBe('running');
    expect(containerIn(scene, 'w3')).toMatchObject({ status: 'exited', exitCode: 1 });
    expect(hostIn(scene).sandboxes.size).toBe(2);
  });
});
