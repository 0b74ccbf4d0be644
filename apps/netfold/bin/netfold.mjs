#!/usr/bin/env node
// The `netfold` command for whatever Node the system has; it continues on the pinned one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBundle } from '../../../deploy/local/bundle.mjs';
import { launch } from '../../../deploy/local/launch.mjs';
import { folderOf, pinnedNode, refuse } from '../../../deploy/local/workspace.mjs';

/** Commands that open the database themselves; all others talk to a server. */
const serverCommands = ['up', 'verify', 'rebuild', 'parked'];

if (!existsSync(pinnedNode)) {
  refuse({
    problem: 'the npm packages are not installed',
    cause: `${pinnedNode} is missing`,
    fix: 'run `npm ci` in the folder of Netfold',
  });
}
ensureBundle();
const args = process.argv.slice(2);
const entry = serverCommands.includes(args[0] ?? '') ? 'main.js' : 'cli.js';
if (onlyPrints(args)) {
  // Help and completion are typed often and need nothing of Node 24: no second start.
  await import(join(folderOf('netfold'), 'dist/cli.js'));
} else {
  launch(['--enable-source-maps', join(folderOf('netfold'), 'dist', entry), ...args]);
}

function onlyPrints(words) {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  return (
    own.length === 0 ||
    own.some((word) => ['--help', '-h', '--version', 'completion'].includes(word))
  );
}
