// `npm run chaos -- --minutes N [--seed S] [--out FILE]`: installs and builds what is missing, then
// hurts a scaled installation of its own for so long and writes what came of it.
import { join } from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { root } from './workspace.mjs';

ensureInstalled();
const apps = ['netfold', 'bootstrap', 'gateway', 'commander', 'projector'];
for (const app of apps) ensureBundle(app);
launch([
  '--conditions=@netfold/source',
  '--enable-source-maps',
  join(root, 'test/chaos/scaled/main.ts'),
  ...process.argv.slice(2),
]);
