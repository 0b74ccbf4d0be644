// `npm run bench`: installs and builds what is missing, then measures.
import { join } from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { root } from './workspace.mjs';

ensureInstalled();
for (const app of ['netfold', 'gateway', 'commander', 'projector', 'scaled']) ensureBundle(app);
launch([
  '--conditions=@netfold/source',
  '--enable-source-maps',
  join(root, 'test/bench/main.ts'),
  ...process.argv.slice(2),
]);
