import { containerIn, hostIn, labAfter, placeIn, run } from '@netfold/testkit';
import { expect, test } from 'vitest';
import type { ToolWorld } from '../tool.ts';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { sed } from './sed.ts';

const scene = labAfter(...run('box', { image: 'alpine', command: ['sleep', '1d'] }));
const none = { text: '' };
const boxAs = (user = ''): ToolWorld =>
  containerWorld(placeIn(scene), containerIn(scene, 'box'), { ...asContainer, user });
const typed = (world: ToolWorld, ...words: string[]) => sed(world, ['sed', ...words], none);

/** As BusyBox 1.35 in a container of a recorded engine. */
test('edits a file in its place, and keeps the old one where it is asked to', () => {
  const world = boxAs();
  world.files?.write('/f', 'one\ntwo\nthree', false);
  expect(typed(world, '-i', 's/t/T/', '/f')).toMatchObject({ exitCode: 0, stdout: '' });
  expect(world.readFile('/f')).toBe('one\nTwo\nThree');
  typed(world, '-i.bak', '2d', '/f');
  expect([world.readFile('/f'), world.readFile('/f.bak')]).toEqual([
    'one\nThree',
    'one\nTwo\nThree',
  ]);
  typed(world, '-i', '-e', 's/o/0/', '-e', 's/T/t/g', '/f');
  typed(world, '-n', '-i', '1p', '/f');
  expect(world.readFile('/f')).toBe('0ne\n');
});

test.each([
  ["sed: can't move '/etc/hostsXXXXXX' to '/etc/hosts': Device or resource busy", '/etc/hosts'],
  ['sed: /nosuch: No such file or directory', '/nosuch'],
])('%s', (message, path) => {
  expect(typed(boxAs(), '-i', 's/a/b/', path)).toMatchObject({
    exitCode: 1,
    stderr: `${message}\n`,
  });
});

test('needs a file, the right to it, and a place that keeps files', () => {
  expect(typed(boxAs(), '-i', 's/a/b/').stderr).toBe('sed: -i requires an argument\n');
  const stranger = boxAs('1000');
  expect(typed(stranger, '-i', 's/a/b/', '/etc/os-release').stderr).toMatch(
    /^sed: can't create temp file '\/etc\/os-releaseXXXXXX': Permission denied\n$/,
  );
  const host = hostWorld({ ...placeIn(scene), host: hostIn(scene) });
  expect(typed(host, '-i', 's/a/b/', '/etc/hosts').exitCode).toBe(4);
});
