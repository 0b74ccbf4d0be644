import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/**
 * The version of the package that a module is of, bundled or not: it stands in no source.
 * @param moduleUrl  `import.meta.url`
 */
export function packageVersion(moduleUrl: string): string {
  const path = findPackageJSON(moduleUrl);
  if (path === undefined) throw new Error(`no package.json stands above ${moduleUrl}`);
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
  return version;
}
