import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Found through the package, so that it also works from a bundle that stands elsewhere.
const root = dirname(createRequire(import.meta.url).resolve('@netfold/auth/sql/roles.sql'));

export const readSql = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The texts of a folder's files, in order of their names. */
export const readFolder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => readSql(join(folder, name)));
