// `npm test`, `npm run check`, `npm run golden`, `npm run e2e`: installs what is missing, then runs
// the lanes of test/lanes/lanes.ts.
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { launch } from './launch.mjs';
import { root } from './workspace.mjs';

ensureInstalled();
launch([join(root, 'test/lanes/run.ts'), ...process.argv.slice(2)]);
