import { hostIn, labAfter } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { hostWorld } from '../world/host-world.ts';
import { column } from './column.ts';

const scene = labAfter();
const host = hostWorld({ lab: scene.lab, labId: 'lab', host: hostIn(scene), now: 0 });

/** As util-linux 2.38 prints them. */
test.each([
  ['column -t', 'a bb c\nddd e\n\nx:y z\n', 'a    bb  c\nddd  e   \nx:y  z   \n'],
  ['column -t -s:', 'a:bb:c\nddd:e\n', 'a    bb  c\nddd  e   \n'],
  ['column -s : -t -o |', 'a:bb:c\nddd:e\n', 'a  |bb|c\nddd|e |\n'],
])('%s of %j', (line, text, table) => {
  expect(column(host, line.split(' '), { text }).stdout).toBe(table);
});
