import { readFileSync, readdirSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What tools make; the same names stand in .gitignore. */
const generated = new Set(['.git', 'node_modules', 'dist', '.nx', 'coverage', '.netfold']);

/** All files of the repository, as paths from its root; read from the disk, so no git is needed. */
export const files: readonly string[] = walk('');

function walk(folder: string): readonly string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name)) return [];
    const path = folder + entry.name;
    if (entry.isDirectory()) return walk(`${path}/`);
    return /\.(?:log|tsbuildinfo)$/.test(path) ? [] : [path];
  });
}

export function filesLike(
  globs: readonly string[],
  not: readonly string[] = [],
): readonly string[] {
  return files.filter((path) => isLike(path, globs) && !isLike(path, not));
}

export function isLike(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(path, glob));
}

export function textOf(path: string): string {
  return readFileSync(root + path, 'utf8');
}

/** The workspaces: every folder of apps, libs and test with a package.json. */
export const packages = filesLike(['{apps,libs,test}/*/package.json']).map((path) => ({
  path: path.slice(0, -'/package.json'.length),
  json: JSON.parse(textOf(path)) as {
    readonly name: string;
    readonly version: string;
    readonly private?: boolean;
    readonly license?: string;
    readonly nx?: { readonly tags?: readonly string[] };
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  },
}));
