import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { folderOf, pinnedNode, refuse, root } from './workspace.mjs';

const oldChunkHours = 24;

/** Builds the `dist` of an app from its sources and the libs' unless it is up to date. */
export function ensureBundle(app = 'netfold') {
  const appFolder = folderOf(app);
  const distFolder = join(appFolder, 'dist');
  const stampFile = join(distFolder, '.sources');
  // Taken before the build: an edit that arrives meanwhile makes the next start build again.
  const sources = fingerprint(appFolder);
  if (readStamp(stampFile) === sources) return;
  // Built aside and moved, so that two starts at once never run half a bundle.
  const next = join(distFolder, `.next-${process.pid}`);
  mkdirSync(next, { recursive: true });
  const rolldown = join(root, 'node_modules/rolldown/bin/cli.mjs');
  const build = spawnSync(pinnedNode, [rolldown, '-c', '-d', next], {
    cwd: appFolder,
    encoding: 'utf8',
    env: process.stderr.isTTY ? process.env : { ...process.env, NO_COLOR: '1' },
  });
  if (build.status !== 0) {
    process.stderr.write(build.stdout + build.stderr);
    rmSync(next, { recursive: true, force: true });
    refuse({
      problem: 'the application could not be built from its sources',
      cause: 'rolldown printed the reason above',
      fix: 'mend the source, or check out a released version',
    });
  }
  const built = readdirSync(next);
  const isChunk = (name) => !/^(?:main|cli)\.js/.test(name);
  // Entries last: they name the chunks.
  for (const name of [...built.filter(isChunk), ...built.filter((name) => !isChunk(name))]) {
    renameSync(join(next, name), join(distFolder, name));
  }
  rmSync(next, { recursive: true, force: true });
  removeOldChunks(distFolder, built);
  writeFileSync(stampFile, sources);
}

/** A server that runs since before this build may still load a chunk of its own. */
function removeOldChunks(distFolder, built) {
  const keptSinceMs = Date.now() - oldChunkHours * 3_600_000;
  for (const entry of readdirSync(distFolder, { withFileTypes: true })) {
    const path = join(distFolder, entry.name);
    if (!entry.isFile() || built.includes(entry.name)) continue;
    if (statSync(path).mtimeMs < keptSinceMs) rmSync(path, { force: true });
  }
}

function readStamp(stampFile) {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return null; // Never built: the same as built from something else.
  }
}

/** Path, time and size of every source; a deletion shows as well as a change. */
function fingerprint(appFolder) {
  const hash = createHash('sha1');
  const look = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.endsWith('.spec.ts')) look(path);
    }
  };
  walk(join(appFolder, 'src'));
  look(join(appFolder, 'rolldown.config.ts'));
  for (const name of readdirSync(join(root, 'libs'))) walk(join(root, 'libs', name, 'src'));
  for (const name of ['package-lock.json', 'tsconfig.base.json']) look(join(root, name));
  return hash.digest('hex');
}
