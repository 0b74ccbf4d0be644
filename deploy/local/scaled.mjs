// `npm run scaled`: installs and builds what is missing, then brings a scaled installation up.
import { join } from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { folderOf } from './workspace.mjs';

ensureInstalled();
for (const app of ['gateway', 'commander', 'projector', 'scaled']) ensureBundle(app);
launch([
  '--enable-source-maps',
  join(folderOf('scaled'), 'dist/main.js'),
  ...process.argv.slice(2),
]);
