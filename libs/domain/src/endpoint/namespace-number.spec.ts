import type { SingleCommand } from '@netfold/contracts';
import {
  connectContainer,
  containerIn,
  createNetwork,
  disconnectContainer,
  hostIn,
  labAfter,
  run,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const restart: SingleCommand = {
  type: 'RestartContainer',
  host: 'h1',
  container: 'c1',
  timeoutSeconds: null,
};

function numberOf(scene: Scene, name: string): number | undefined {
  const { sandboxId } = containerIn(scene, name);
  return hostIn(scene).sandboxes.get(sandboxId ?? '')?.namespaceNumber;
}

describe('the host numbers the stack of a container', () => {
  test('with the lowest number that is free', () => {
    const scene = labAfter(...run('c1'), ...run('c2'), stopContainer('c1'), ...run('c3'));
    expect(numberOf(scene, 'c2')).toBe(1);
    expect(numberOf(scene, 'c3')).toBe(0);
  });

  // Transcript none-and-host-refusals.
  test('only when something leads into it', () => {
    const scene = labAfter(...run('no', { networkMode: 'none' }), ...run('c1'));
    expect(numberOf(scene, 'no')).toBe(-1);
    expect(numberOf(scene, 'c1')).toBe(0);
    const later = scene
      .when(createNetwork('n'))
      .when(disconnectContainer('none', 'no'))
      .when(connectContainer('n', 'no'));
    expect(numberOf(later, 'no')).toBe(1);
  });

  // Transcripts network-gateway-choice, restart-order: the kernel frees the old number later.
  test('with another number when it restarts at once, the old one when it starts later', () => {
    const scene = labAfter(...run('c1'), restart);
    expect(numberOf(scene, 'c1')).toBe(1);
    const later = scene.when(stopContainer('c1')).when(startContainer('c1'));
    expect(numberOf(later, 'c1')).toBe(0);
  });

  // Transcript container-mode.
  test('which stays taken while another container is left in the stack', () => {
    const scene = labAfter(
      ...run('c1'),
      ...run('side', { networkMode: 'container:c1' }),
      stopContainer('c1'),
      ...run('c2'),
    );
    expect(numberOf(scene, 'side')).toBe(0);
    expect(numberOf(scene, 'c2')).toBe(1);
    const alone = scene.when(stopContainer('side')).when(startContainer('c1'));
    expect(numberOf(alone, 'c1')).toBe(0);
  });
});
