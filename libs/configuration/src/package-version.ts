import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The version of the package that a module is of, bundled or not: it stands in no source.
 * @param moduleUrl  `import.meta.url`
 */
export function packageVersion(moduleUrl: string): string {
  // Not `findPackageJSON`: Node 20, on which the command line prints its help, does not have it.
  for (let folder = dirname(fileURLToPath(moduleUrl)); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) return versionIn(path);
    if (folder === dirname(folder)) throw new Error(`no package.json above ${moduleUrl}`);
  }
}

const versionIn = (path: string): string =>
  (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
