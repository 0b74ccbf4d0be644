import { containerIn, hostIn, labAfter, run } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { grep } from './grep.ts';

const scene = labAfter(...run('c1'));
const place = { lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 };
const world = containerWorld(place, containerIn(scene, 'c1'), asContainer);

const found = (line: string): string =>
  grep(world, line.split(' '), { text: 'a1\nb\nb\na2\nb\na3\n' }).stdout;

it('parts lines that do not touch only where those around them were asked for', () => {
  expect(found('grep a')).toBe('a1\na2\na3\n');
  expect(found('grep -v b')).toBe('a1\na2\na3\n');
  expect(found('grep -B1 a2')).toBe('b\na2\n');
  expect(found('grep -A0 -B1 a')).toBe('a1\n--\nb\na2\nb\na3\n');
});
