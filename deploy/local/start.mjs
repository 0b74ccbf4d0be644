// `npm start`: installs and builds what is missing, then serves.
import { join } from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { folderOf } from './workspace.mjs';

ensureInstalled();
ensureBundle();
launch([
  '--enable-source-maps',
  join(folderOf('netfold'), 'dist/main.js'),
  'up',
  ...process.argv.slice(2),
]);
