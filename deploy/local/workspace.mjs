// Plain JavaScript for the system's Node (20 or newer): everything in this folder runs before
// anything is installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The pinned Node 24, which comes with the npm packages. */
export const pinnedNode = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

export const folderOf = (app) => join(root, 'apps', app);

/** Ends this program with a message in three parts on stderr and exit code 1. */
export function refuse({ problem, cause, fix }) {
  process.stderr.write(`error: ${problem}\n  cause: ${cause}\n  fix:   ${fix}\n`);
  process.exit(1);
}
