import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, refuse, root } from './workspace.mjs';

const nodeMajorMin = 20;

/** Installs the npm packages of the lock file unless node_modules holds exactly these. */
export function ensureInstalled() {
  const nodeMajor = Number(process.versions.node.split('.')[0]);
  if (nodeMajor < nodeMajorMin) {
    refuse({
      problem: `Node ${process.versions.node} is too old`,
      cause: `the first step needs Node ${nodeMajorMin} or newer; the rest brings its own`,
      fix: 'install a current Node from https://nodejs.org',
    });
  }
  const reason = reasonToInstall();
  if (reason === null) return;
  process.stderr.write(`installing npm packages (${reason})\n`);
  const { status, error } = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      // The packages' own output goes to stderr: stdout belongs to the program that follows.
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  const left = status === 0 ? reasonToInstall() : `npm ci ended with ${error?.message ?? status}`;
  if (left === null) return;
  refuse({
    problem: 'the npm packages could not be installed',
    cause: left,
    fix: "run `npm ci` to see why; behind a proxy, set npm's `registry` or `proxy`",
  });
}

/**
 * Compares the lock file with the copy that npm leaves behind as its very last step of an install,
 * so an interrupted one counts as none, and one made by hand as good.
 *
 * @returns null when node_modules is as the lock file says, else the reason in a few words
 */
function reasonToInstall() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'nothing is installed yet';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedFile);
  for (const [path, wantedPackage] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) continue;
    const found = installed[path];
    // Optional packages are mostly binaries of other platforms.
    if (found === undefined && wantedPackage.optional === true) continue;
    if (found === undefined) return `${path} is missing`;
    if (found.version !== wantedPackage.version) return `${path} has another version`;
    if (found.integrity !== wantedPackage.integrity) return `${path} has other content`;
  }
  return existsSync(pinnedNode) ? null : 'the pinned Node is missing';
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}
