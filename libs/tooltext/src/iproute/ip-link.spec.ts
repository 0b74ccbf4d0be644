import { hostIn, labAfter } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { hostWorld } from '../world/host-world.ts';
import { ip } from './ip.ts';

const scene = labAfter();
const world = hostWorld({ lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 });

/** As recorded with iproute2 6.1. */
it('finds no master that is not there', () => {
  const argv = ['ip', 'link', 'show', 'master', 'nosuch'];
  expect(ip(world, argv, { text: '' })).toMatchObject({
    stderr: 'Error: argument "nosuch" is wrong: Device does not exist\n\n',
    exitCode: 255,
  });
});
