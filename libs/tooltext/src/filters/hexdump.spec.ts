import { containerIn, hostIn, labAfter, run, testEpoch } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { hexdump } from './hexdump.ts';

/** As BusyBox 1.35 and bsdmainutils print it. */
it('hexdump shows bytes and letters, and rows that are the same once', () => {
  const scene = labAfter(...run('box', { image: 'alpine' }));
  const place = {
    lab: scene.lab,
    labId: 'lab-00000001',
    host: hostIn(scene),
    now: testEpoch,
  } as const;
  const world = containerWorld(place, containerIn(scene, 'box'), asContainer);
  const dump = (text: string): string => hexdump(world, ['hexdump', '-C'], { text }).stdout;
  expect(dump('hello world, how are you\n')).toBe(
    '00000000  68 65 6c 6c 6f 20 77 6f  72 6c 64 2c 20 68 6f 77  |hello world, how|\n' +
      '00000010  20 61 72 65 20 79 6f 75  0a                       | are you.|\n' +
      '00000019\n',
  );
  expect(dump('a'.repeat(64))).toBe(
    '00000000  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|\n' +
      '*\n00000040\n',
  );
  expect(dump('')).toBe('');
});
